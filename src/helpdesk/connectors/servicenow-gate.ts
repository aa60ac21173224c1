import { z } from 'zod';
import { type Asked, addressOf, askFor, basicAuth, type RestCall } from '../http-call.ts';

export type ServiceNowLogin =
  | { readonly kind: 'basic'; readonly password: string }
  /** Client credentials; ServiceNow lets them act as the user that its registry names. */
  | { readonly kind: 'oauth'; readonly clientId: string; readonly clientSecret: string };

export type ServiceNowAccess = {
  readonly url: URL;
  /** Name of the user that we are over there. */
  readonly user: string;
  readonly login: ServiceNowLogin;
  /** Milliseconds for one request. */
  readonly within: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });

/** A token is asked for anew a minute before it runs out. */
const margin = 60_000;

export type ServiceNowGate = {
  /** What the header `Authorization` says. */
  pass(): Promise<Asked<string>>;
  /** Drops a pass that did not count; false where there is no other to be had. */
  renew(): boolean;
};

export function createServiceNowGate({ url, user, login, within, now }: ServiceNowAccess): ServiceNowGate {
  if (login.kind === 'basic') {
    const pass = { kind: 'ok' as const, value: basicAuth(user, login.password), headers: {} };
    return { pass: async () => pass, renew: () => false };
  }
  const { clientId, clientSecret } = login;
  let held: { readonly value: string; readonly until: number } | null = null;
  return {
    async pass() {
      if (held !== null && now() < held.until) return { kind: 'ok', value: held.value, headers: {} };
      const call: RestCall = {
        method: 'POST',
        name: 'token',
        changes: false,
        url: addressOf(url, '/oauth_token.do'),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
        }).toString(),
        within,
      };
      const asked = await askFor(call, tokenAnswer);
      // Nothing was done, and whoever mends the registry lets all through that waits.
      if (asked.kind !== 'ok') return { kind: 'later', retryAfterSeconds: null, reason: asked.reason };
      const value = `Bearer ${asked.value.access_token}`;
      held = { value, until: now() + asked.value.expires_in * 1000 - margin };
      return { ...asked, value };
    },
    renew() {
      const had = held !== null;
      held = null;
      return had;
    },
  };
}
