import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { bodyOf, json, listen, send, type WireAnswer } from './http-double.ts';

export const channelIssuer = 'https://api.botframework.com';
const channelScope = 'https://api.botframework.com';
/** The issuer of the Bot Framework Emulator's tokens, which the SDK would also take. */
const emulatorIssuer = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';

export type TokenFor = { readonly appId: string; readonly serviceUrl: string };

export type HostileToken =
  | 'forged signature'
  | 'unknown key'
  | 'key without endorsements'
  | 'key endorsed for another channel'
  | 'expired'
  | 'not valid yet'
  | 'without exp'
  | 'other issuer'
  | 'emulator issuer'
  | 'other audience'
  | 'other serviceurl'
  | 'without serviceurl'
  | 'unsigned';

export type BadSignature =
  | 'forged signature'
  | 'unknown key'
  | 'unsigned'
  | 'public key as a secret'
  /** By the right key, in a way that Entra never signs; the published keys name no algorithm. */
  | 'another algorithm';

export type TokenIssuer = {
  readonly url: string;
  readonly metadataUrl: string;
  /** A token as the Bot Connector signs it for a bot. */
  token(target: TokenFor): Promise<string>;
  /** A token with one thing wrong. */
  hostileToken(kind: HostileToken, target: TokenFor): Promise<string>;
  /** Any claims, signed with the good key. */
  sign(claims: JWTPayload): Promise<string>;
  /** Any claims, signed as nobody may. */
  signBadly(how: BadSignature, claims: JWTPayload): Promise<string>;
  /** True for a header with a token that the bot got from this issuer's token endpoint. */
  isBotToken(authorization: string): Promise<boolean>;
  /** How often the bot asked for a token, and how often for the keys. */
  readonly counts: { tokens: number; keys: number };
  /** The next `count` requests for a token are answered with 503. */
  failTokens(count: number): void;
  /** All seven settings of the SDK: a single one would drop the defaults of the others. */
  settings(): Readonly<Record<string, string>>;
  close(): Promise<void>;
};

export async function startTokenIssuer(): Promise<TokenIssuer> {
  keysOfAll ??= createKeys();
  const keys = await keysOfAll;
  const counts = { tokens: 0, keys: 0 };
  let failing = 0;

  const answer = async (method: string, path: string): Promise<WireAnswer> => {
    if (path.endsWith('/openid-configuration')) return json(200, metadata(server.url));
    if (path.endsWith('/keys')) {
      counts.keys++;
      return json(200, { keys: keys.published });
    }
    if (method !== 'POST') return json(404, {});
    counts.tokens++;
    if (failing-- > 0) return json(503, { error: 'temporarily_unavailable' });
    const claims = { aud: channelScope, iss: server.url, exp: inSeconds(3600) };
    const token = await signed(keys, 'good', claims);
    return json(200, { token_type: 'Bearer', expires_in: 3600, access_token: token });
  };
  const server = await listen(async (request, response) => {
    await bodyOf(request);
    send(await answer(request.method ?? '', request.url?.split('?')[0] ?? ''), response);
  });

  return {
    url: server.url,
    metadataUrl: `${server.url}/v1/.well-known/openid-configuration`,
    counts,
    token: (target) => signed(keys, 'good', claimsFor(target)),
    hostileToken: async (kind, target) => hostile(keys, kind, target),
    sign: (claims) => signed(keys, 'good', claims),
    signBadly: async (how, claims) => badlySigned(keys, how, claims),
    async isBotToken(authorization) {
      const token = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
      return jwtVerify(token, keys.good.publicKey, { issuer: server.url, audience: channelScope }).then(
        () => true,
        () => false,
      );
    },
    failTokens(count) {
      failing = count;
    },
    settings: () => settingsOf(server.url),
    close: () => server.close(),
  };
}

/** Made once a process: keys take long to make, and issuers differ by their addresses anyway. */
let keysOfAll: Promise<Keys> | null = null;

type Key = Awaited<ReturnType<typeof generateKeyPair>>;
type KeyName = 'good' | 'unendorsed' | 'other-channel' | 'stranger';
type Keys = Readonly<Record<KeyName, Key>> & { readonly published: readonly object[] };

async function createKeys(): Promise<Keys> {
  const create = () => generateKeyPair('RS256', { extractable: true });
  const [good, unendorsed, other, stranger] = await Promise.all([create(), create(), create(), create()]);
  const published = await Promise.all([
    publish('good', good, { endorsements: ['msteams'] }),
    publish('unendorsed', unendorsed, {}),
    publish('other-channel', other, { endorsements: ['skype'] }),
  ]);
  return { good, unendorsed, 'other-channel': other, stranger, published };
}

async function publish(kid: KeyName, key: Key, more: object): Promise<object> {
  return { ...(await exportJWK(key.publicKey)), kid, use: 'sig', ...more };
}

function metadata(url: string): object {
  return {
    issuer: channelIssuer,
    authorization_endpoint: 'https://invalid.botframework.com',
    jwks_uri: `${url}/v1/.well-known/keys`,
    token_endpoint: `${url}/oauth2/v2.0/token`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  };
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

function claimsFor({ appId, serviceUrl }: TokenFor): JWTPayload {
  return {
    iss: channelIssuer,
    aud: appId,
    serviceurl: serviceUrl,
    nbf: inSeconds(-300),
    exp: inSeconds(3600),
  };
}

function signed(keys: Keys, name: KeyName, claims: JWTPayload, kid: string = name): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .sign(keys[name].privateKey);
}

function hostile(keys: Keys, kind: HostileToken, target: TokenFor): Promise<string> | string {
  const claims = claimsFor(target);
  switch (kind) {
    case 'forged signature':
      return signed(keys, 'stranger', claims, 'good');
    case 'unknown key':
      return signed(keys, 'stranger', claims);
    case 'key without endorsements':
      return signed(keys, 'unendorsed', claims);
    case 'key endorsed for another channel':
      return signed(keys, 'other-channel', claims);
    case 'expired':
      return signed(keys, 'good', { ...claims, exp: inSeconds(-3600) });
    case 'not valid yet':
      return signed(keys, 'good', { ...claims, nbf: inSeconds(1800) });
    case 'without exp':
      return signed(keys, 'good', without(claims, 'exp'));
    case 'other issuer':
      return signed(keys, 'good', { ...claims, iss: 'https://issuer.example' });
    case 'emulator issuer':
      return signed(keys, 'good', {
        ...claims,
        iss: emulatorIssuer,
        tid: 'd6d49420-f39b-4df7-a1dc-d59a935871db',
        ver: '1.0',
        appid: target.appId,
      });
    case 'other audience':
      return signed(keys, 'good', { ...claims, aud: '11111111-2222-4333-8444-555555555555' });
    case 'other serviceurl':
      return signed(keys, 'good', { ...claims, serviceurl: `${target.serviceUrl}x` });
    case 'without serviceurl':
      return signed(keys, 'good', without(claims, 'serviceurl'));
    case 'unsigned':
      return `${part({ alg: 'none', typ: 'JWT', kid: 'good' })}.${part(claims)}.`;
  }
}

async function badlySigned(keys: Keys, how: BadSignature, claims: JWTPayload): Promise<string> {
  switch (how) {
    case 'forged signature':
      return signed(keys, 'stranger', claims, 'good');
    case 'unknown key':
      return signed(keys, 'stranger', claims);
    case 'unsigned':
      return `${part({ alg: 'none', typ: 'JWT', kid: 'good' })}.${part(claims)}.`;
    case 'public key as a secret': {
      const secret = new TextEncoder().encode(await exportSPKI(keys.good.publicKey));
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'good' }).sign(secret);
    }
    case 'another algorithm': {
      const key = await importJWK(await exportJWK(keys.good.privateKey), 'PS256');
      return new SignJWT(claims).setProtectedHeader({ alg: 'PS256', typ: 'JWT', kid: 'good' }).sign(key);
    }
  }
}

function without(claims: JWTPayload, name: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function settingsOf(url: string): Readonly<Record<string, string>> {
  const metadataUrl = `${url}/v1/.well-known/openid-configuration`;
  return {
    ToChannelFromBotLoginUrl: url,
    ToChannelFromBotOAuthScope: channelScope,
    ToBotFromChannelTokenIssuer: channelIssuer,
    OAuthUrl: url,
    ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
    CallerId: '',
  };
}
