import {
  type AccessToken,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  type TokenCredentialOptions,
} from '@azure/identity';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import type { TeamsConfig } from '../config.ts';
import { cloudOf } from './clouds.ts';
import { loopbackCredential } from './loopback-credential.ts';

/** Answers the bot's token for the channel, from memory while it is good. */
export type TokenSource = () => Promise<string>;

/** The bot could not get its own token, so nothing was sent yet. */
export class TokenUnavailable extends Error {
  override readonly name = 'TokenUnavailable';
  readonly code = 'token-unavailable';
}

type Registration = Pick<TeamsConfig, 'appId' | 'tenantId' | 'identity' | 'cloud' | 'testChannel'>;

/** The audience for which a managed identity vouches when an app registration trusts it. */
const exchangeScope = 'api://AzureADTokenExchange/.default';

/** `options` are for tests: an `httpClient` of their own. */
export function createCredential(
  registration: Registration,
  options: TokenCredentialOptions = {},
): TokenCredential {
  const { appId, tenantId, identity } = registration;
  const { authorityHost, loopback } = cloudOf(registration);
  // @azure/identity refuses an authority without https, which tests on loopback have not.
  if (loopback) return loopbackCredential(authorityHost, appId);
  const settings = { authorityHost, ...options };
  switch (identity.kind) {
    case 'secret':
      return new ClientSecretCredential(tenantId, appId, identity.secret, settings);
    case 'certificate':
      return new ClientCertificateCredential(tenantId, appId, { certificatePath: identity.path }, settings);
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: identity.clientId, ...options });
    case 'federated': {
      const machine = new ManagedIdentityCredential({ clientId: identity.clientId, ...options });
      const assertion = async () => (await machine.getToken(exchangeScope)).token;
      return new ClientAssertionCredential(tenantId, appId, assertion, settings);
    }
  }
}

const earlier = 5 * 60_000;
const deadline = 10_000;

/**
 * Keeps one token in memory: many turns that need one at once ask for it once, it is renewed five minutes
 * early, and while a renewal fails the old one is used as long as it holds.
 */
export function createTokenSource(
  credential: TokenCredential,
  scope: string,
  now: () => number = Date.now,
): TokenSource {
  let kept: AccessToken | null = null;
  let asking: Promise<AccessToken> | null = null;

  const renew = (): Promise<AccessToken> => {
    asking ??= request(credential, scope).finally(() => {
      asking = null;
    });
    return asking;
  };
  return async () => {
    if (kept !== null && kept.expiresOnTimestamp - earlier > now()) return kept.token;
    try {
      kept = await renew();
      return kept.token;
    } catch (error) {
      if (kept !== null && kept.expiresOnTimestamp > now()) return kept.token;
      throw new TokenUnavailable('The bot could not get a token for the channel.', { cause: error });
    }
  };
}

async function request(credential: TokenCredential, scope: string): Promise<AccessToken> {
  const signal = AbortSignal.timeout(deadline);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const token = await Promise.race([credential.getToken(scope, { abortSignal: signal }), late]);
  if (token === null) throw new Error(`The identity gave no token for ${scope}.`);
  return token;
}

type Signable = { readonly headers: { set(name: string, value: string): void } };

/** Signs the SDK's requests with the bot's token; without a source, in local mode, requests go unsigned. */
export class SignWithToken extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly #token: TokenSource | null;

  constructor(appId: string, token: TokenSource | null) {
    super();
    this.#appId = appId;
    this.#token = token;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return this.#token === null;
  }

  override async createCredentials(): ReturnType<ServiceClientCredentialsFactory['createCredentials']> {
    const token = this.#token;
    const signRequest = async <T extends Signable>(request: T): Promise<T> => {
      if (token !== null) request.headers.set('authorization', `Bearer ${await token()}`);
      return request;
    };
    return { signRequest };
  }
}
