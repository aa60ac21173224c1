import type { HelpdeskConnector } from '../../src/helpdesk/connector.ts';
import { createServiceNow, type ServiceNowOptions } from '../../src/helpdesk/connectors/servicenow.ts';
import { json } from '../doubles/http-double.ts';
import {
  createServiceNowDouble,
  type ServiceNowDouble,
  type ServiceNowSetup,
} from '../doubles/servicenow.ts';
import type { Peer, PeerTicket } from './connector-peer.ts';
import { busyAnswer, retryAfterSeconds, startFaultyPeer } from './faulty-peer.ts';

export type ServiceNowPeer = Peer & {
  readonly double: ServiceNowDouble;
  /** The same instance through a connector with other options. */
  connect(options: Partial<Omit<ServiceNowOptions, 'access'>>): HelpdeskConnector;
  /** What the fault `refusal` says from now on. */
  refuseWith(body: unknown): void;
};

export type LoginKind = ServiceNowOptions['access']['login']['kind'];

export const morning = Date.parse('2026-11-24T09:30:00Z');

const account = {
  user: 'handshake.bot',
  password: 'pw-of-the-bot',
  clientId: 'client-of-the-bot',
  clientSecret: 'secret-of-the-bot',
};

const dataPolicy: unknown = {
  error: { message: 'Operation Failed', detail: 'Data Policy Exception: Category is mandatory' },
  status: 'failure',
};

/** An instance, and a connector that signs in there in one of the two ways. */
export async function startServiceNowPeer(
  kind: LoginKind = 'basic',
  setup: Partial<ServiceNowSetup> = {},
): Promise<ServiceNowPeer> {
  const now = setup.now ?? (() => morning);
  const double = createServiceNowDouble({ ...account, ...setup, now });
  let refusal = dataPolicy;
  const server = await startFaultyPeer({
    answer: double.answer,
    changes: ({ method, path }) => method !== 'GET' && path !== '/oauth_token.do',
    // Source: docs "Inbound REST API rate limiting".
    busy: busyAnswer({ error: { message: 'Rate limit exceeded', detail: 'See X-RateLimit-Rule' } }),
    broken: json(500, { error: { message: 'Internal error', detail: null }, status: 'failure' }),
    get refusal() {
      return json(403, refusal);
    },
  });
  const { password, clientId, clientSecret } = account;
  const login: ServiceNowOptions['access']['login'] =
    kind === 'basic' ? { kind, password } : { kind, clientId, clientSecret };
  const access = { url: new URL(server.url), user: account.user, login, within: 1_000, now };
  const usual = { access, closeCode: 'Solution provided', caller: null, group: null };
  return {
    double,
    connect: (options) => createServiceNow({ ...usual, ...options }),
    refuseWith: (body) => {
      refusal = body;
    },
    connector: createServiceNow(usual),
    secrets: [password, clientSecret, Buffer.from(`${account.user}:${password}`).toString('base64')],
    retryAfterSeconds,
    tickets: async () => double.incidents.map((incident) => shownOf(double, incident.sys_id ?? '')),
    setFault: server.setFault,
    comment: async (id, by, text) => double.act(id, by, { comments: text }),
    note: async (id, by, text) => double.act(id, by, { work_notes: text }),
    solve: async (id, by) => double.act(id, by, { state: '6', close_notes: 'Turned TLS 1.2 on' }),
    calls: async () => [],
    close: server.close,
  };
}

const stages: Readonly<Record<string, PeerTicket['stage']>> = {
  1: 'open',
  2: 'open',
  3: 'waiting',
  6: 'done',
  7: 'done',
  8: 'done',
};

function shownOf(double: ServiceNowDouble, id: string): PeerTicket {
  const incident = double.incidents.find(({ sys_id }) => sys_id === id) ?? {};
  const comments = double.journal.filter((entry) => entry.element === 'comments' && entry.element_id === id);
  return {
    id,
    title: incident.short_description ?? '',
    description: incident.description ?? '',
    stage: stages[incident.state ?? ''] ?? 'open',
    comments: comments.map(({ value }) => value ?? ''),
    files: double.attachments
      .filter(({ row }) => row.table_sys_id === id)
      .map(({ row, content }) => ({ name: row.file_name ?? '', content })),
  };
}
