import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';

const grant = z.object({ access_token: z.string(), expires_in: z.number() });

/** The client credentials grant over plain http, for a token issuer on this machine in tests. */
export function loopbackCredential(loginUrl: string, appId: string): TokenCredential {
  return {
    async getToken(scopes, options) {
      const response = await fetch(`${loginUrl}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: appId,
          scope: [scopes].flat().join(' '),
        }),
        redirect: 'error',
        signal: options?.abortSignal as AbortSignal,
      });
      if (!response.ok) throw new Error(`The token issuer answered ${response.status}.`);
      const { access_token: token, expires_in: seconds } = grant.parse(await response.json());
      return { token, expiresOnTimestamp: Date.now() + seconds * 1000 };
    },
  };
}
