import type { JWTPayload } from 'jose';
import type { Logger } from 'pino';
import { createCards } from '../../src/cards/cards.ts';
import { reasonText } from '../../src/cards/notice-desk-kit.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Recipient } from '../../src/notices/people.ts';
import { openApiDocument } from '../../src/notices-api/openapi.ts';
import { type ApiOptions, createApi } from '../../src/notices-api/serve.ts';
import { createTokenCheck } from '../../src/notices-api/token.ts';
import { createPreview } from '../../src/notices-preview.ts';
import { createServer } from '../../src/server.ts';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { createRequestMemory } from '../../src/storage/request-memory.ts';
import { startTokenIssuer } from '../doubles/token-issuer.ts';
import { createNoticeWorld, crowd } from '../notices/notice-world.ts';
import { assertDocumented } from './documented.ts';

export const tenant = '0b5ad2f1-3f62-4c6e-9d50-7f1f2b0c0001';
export const audience = '7c0f6a55-52a5-4d0c-8a5e-1f6f3a9a0002';
const ids = {
  maria: '11111111-aaaa-4bbb-8ccc-000000000001',
  noah: '11111111-aaaa-4bbb-8ccc-000000000002',
  olga: '11111111-aaaa-4bbb-8ccc-000000000003',
  robot: '11111111-aaaa-4bbb-8ccc-000000000004',
} as const;
export type Who = keyof typeof ids;
const rolesOf: Readonly<Record<Who, readonly string[]>> = {
  maria: ['Notices.Author'],
  noah: ['Notices.Approver'],
  olga: ['Notices.Auditor'],
  robot: ['Notices.Author', 'Notices.Approver'],
};

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly body: any;
};

export type Asking = {
  readonly as?: Who;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

const wording = loadWording('en');
const cards = createCards(wording);
const about = { organisation: 'Contoso', helpdesk: { name: null, contact: 'extension 4711' } };

export type ApiWorld = Awaited<ReturnType<typeof startApiWorld>>;

/** The API behind the real server, over a real database, with tokens of an issuer on loopback. */
export async function startApiWorld(
  given: Partial<ApiOptions> = {},
  people: readonly Recipient[] = crowd(60),
  database?: Database,
) {
  const opened = database ?? (await openDatabase('pglite:memory://'));
  const issuer = await startTokenIssuer();
  const notices = createNoticeWorld(opened, people);
  const logged: { readonly text: string; readonly about: object }[] = [];
  const note = (about: object, text: string) => {
    logged.push({ about, text });
  };
  const log = { warn: note, error: note } as unknown as Pick<Logger, 'warn' | 'error'>;
  const entra = `${issuer.url}/${tenant}/v2.0`;
  const options: ApiOptions = {
    desk: notices.desk,
    preview: createPreview({ config: about, desk: notices.desk, cards, wording }),
    sayReason: (reason) => reasonText(wording, reason),
    checkToken: createTokenCheck({
      ...{
        issuer: entra,
        keysUrl: `${issuer.url}/${tenant}/discovery/v2.0/keys`,
        tenantId: tenant,
        audience,
      },
    }),
    memory: createRequestMemory(opened),
    document: JSON.stringify(openApiDocument()),
    now: notices.now,
    log,
    ...given,
  };
  const server = createServer({
    config: { mode: 'teams', host: '127.0.0.1', port: 0, trustedProxyHops: 0 },
    adapter: { receive: async () => ({ status: 404 }) },
    onTurn: async () => undefined,
    scripts: [],
    isReady: async () => true,
    api: createApi(options),
    log,
  });
  const { port } = await server.listen();

  function claims(who: Who, more: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1_000);
    const scopes = who === 'robot' ? { idtyp: 'app' } : { scp: 'access_as_user', name: who };
    return {
      ...{ iss: entra, aud: audience, tid: tenant, oid: ids[who], roles: [...rolesOf[who]], ver: '2.0' },
      ...{ nbf: now - 60, exp: now + 3_600, ...scopes },
      ...more,
    };
  }

  async function ask(method: string, path: string, asking: Asking = {}): Promise<Reply> {
    const token = asking.token ?? (asking.as && (await issuer.sign(claims(asking.as))));
    const isRaw = typeof asking.body === 'string';
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(asking.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...asking.headers,
      },
      ...(asking.body === undefined
        ? {}
        : { body: isRaw ? (asking.body as string) : JSON.stringify(asking.body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    const type = headers.get('content-type') ?? '';
    const body = type.includes('json') ? JSON.parse(text) : null;
    assertDocumented(method, path, status, type, body);
    return { status, headers, text, body };
  }

  return {
    ...{ issuer, notices, claims, ask, logged, ids },
    /** A notice in a state, as its author left it. */
    async write(given: object = {}) {
      return (await ask('POST', '/api/notices', { as: 'maria', body: { ...someDraft, ...given } })).body;
    },
    act: (id: string, body: object, as: Who, version = '*') =>
      ask('POST', `/api/notices/${id}/actions`, { as, body, headers: { 'If-Match': version } }),
    async close() {
      await server.close();
      await issuer.close();
      await opened.close();
    },
  };
}

export const someDraft = {
  name: 'DHE goes',
  subject: {
    kind: 'policy',
    before: '2026-03-31',
    after: '2026-04-01',
    source: 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers',
  },
  audience: { impact: ['will-break'] },
  texts: { all: { en: { title: 'Your PC needs a change', body: 'Please run the check.' } } },
};
