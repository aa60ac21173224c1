import {
  createRemoteJWKSet,
  decodeJwt,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { Cloud } from '../clouds.ts';

export type InboundActivity = {
  readonly channelId?: unknown;
  readonly serviceUrl?: unknown;
};

/** Why a request is not from the channel; `code` goes to the log, never to the caller. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(`The request does not prove that it comes from the channel: ${code}.`, { cause });
    this.code = code;
  }
}

/** The channel's keys cannot be had; the request may well be genuine and should come again. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  readonly code = 'keys-unavailable';
}

export type VerifyInbound = (authorization: string, activity: InboundActivity) => Promise<JWTPayload>;

const longestHeader = 8 * 1024;
const day = 24 * 3600 * 1000;

/**
 * Checks that the channel signed a request, more strictly than the SDK does. The SDK's own check would also
 * take tokens without expiry, activities without serviceUrl, keys without endorsements and, by way of the
 * Emulator's and skills' paths, tokens of other issuers, whose unverified claims it keeps for ever.
 */
export function createInboundCheck(
  cloud: Pick<Cloud, 'issuer' | 'metadataUrl'>,
  appId: string,
): VerifyInbound {
  const keys = createKeys(cloud.metadataUrl);
  return async (authorization, activity) => {
    const token = readBearer(authorization);
    // Before the keys are looked up: a stranger's token must not make the bot ask for anything.
    if (issuerOf(token) !== cloud.issuer) throw new TokenRefused('other-issuer');
    if (typeof activity.serviceUrl !== 'string') throw new TokenRefused('no-service-url');
    const { payload, protectedHeader } = await jwtVerify(token, keys.find, {
      issuer: cloud.issuer,
      audience: appId,
      algorithms: ['RS256', 'RS384', 'RS512'],
      clockTolerance: 300,
      requiredClaims: ['exp', 'serviceurl'],
    }).catch(refuse);
    if (payload.serviceurl !== activity.serviceUrl) throw new TokenRefused('service-url-mismatch');
    if (!keys.isEndorsed(protectedHeader.kid, activity.channelId)) throw new TokenRefused('not-endorsed');
    return payload;
  };
}

function readBearer(authorization: string): string {
  if (authorization.length > longestHeader) throw new TokenRefused('header-too-long');
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
  if (token === undefined) throw new TokenRefused('no-bearer-token');
  return token;
}

function issuerOf(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch {
    return null;
  }
}

function refuse(error: unknown): never {
  if (error instanceof KeysUnavailable) throw error;
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'invalid';
  throw new TokenRefused(code, error);
}

type Keys = {
  find(
    header: JWSHeaderParameters,
    token: FlattenedJWSInput,
  ): ReturnType<ReturnType<typeof createRemoteJWKSet>>;
  isEndorsed(kid: string | undefined, channelId: unknown): boolean;
};

const endorsedKey = z.object({ kid: z.string(), endorsements: z.array(z.string()) });
type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** Finds where the keys are once, then keeps them for a day; an unknown key asks again at most every 30 s. */
function createKeys(metadataUrl: string): Keys {
  let located: Promise<KeySet> | null = null;
  let current: KeySet | null = null;

  const locate = async (): Promise<KeySet> => {
    current = createRemoteJWKSet(await readKeysUrl(metadataUrl), {
      cacheMaxAge: day,
      cooldownDuration: 30_000,
      timeoutDuration: 5_000,
    });
    return current;
  };
  return {
    async find(header, token) {
      located ??= locate();
      const keySet = await located.catch((error: unknown) => {
        located = null;
        throw new KeysUnavailable('The metadata of the channel could not be read.', { cause: error });
      });
      return keySet(header, token).catch(rethrowUnlessUnavailable);
    },
    isEndorsed(kid, channelId) {
      return (current?.jwks()?.keys ?? []).some((key) => {
        const parsed = endorsedKey.safeParse(key);
        return (
          parsed.success &&
          parsed.data.kid === kid &&
          parsed.data.endorsements.some((one) => one === channelId)
        );
      });
    },
  };
}

async function readKeysUrl(metadataUrl: string): Promise<URL> {
  const response = await fetch(metadataUrl, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
  const body = z.object({ jwks_uri: z.url() }).parse(await response.json());
  return new URL(body.jwks_uri);
}

/** jose gives `ERR_JWKS_NO_MATCHING_KEY` for a stranger's key; anything else is trouble in fetching. */
function rethrowUnlessUnavailable(error: unknown): never {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS') throw error;
  if (code === 'ERR_JOSE_NOT_SUPPORTED' || code === 'ERR_JWS_INVALID') throw error;
  throw new KeysUnavailable('The keys of the channel could not be read.', { cause: error });
}
