import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { InboundCall, TicketSnapshot } from '../../src/helpdesk/connector.ts';
import { createWebhook } from '../../src/helpdesk/connectors/webhook.ts';
import { bodyOf } from '../doubles/http-double.ts';
import type { Fault, Peer, PeerTicket } from './connector-peer.ts';
import { startServer } from './restartable-server.ts';

export const secretOf = (seed: number) => `whsec_${Buffer.alloc(24, seed).toString('base64')}`;

/** A receiver as an organisation would write one: verifies with `standardwebhooks`, knows ids that it has seen. */
export async function startWebhookPeer(): Promise<Peer & { readonly url: string }> {
  const secret = secretOf(7);
  const key = new Webhook(secret);
  const held = new Map<string, Held>();
  const seen = new Set<string>();
  const calls: InboundCall[] = [];
  let fault: Fault | null = null;
  let calledTimes = 0;

  const server = await startServer(async (request, response) => {
    const body = await bodyOf(request);
    const outcome = refusalBy(fault, request, response, () => keep(held, seen, key, request, body));
    if (outcome === 'open') answer(response, keep(held, seen, key, request, body));
  });
  const call = async (type: string, data: object) => {
    const body = Buffer.from(JSON.stringify({ type, data }));
    calls.push(signedCall(key, `call-${calledTimes++}`, body));
  };
  const url = `${server.url}/hook`;
  return {
    url,
    connector: createWebhook({ url: new URL(url), secrets: [secret], within: 1_000 }),
    secrets: [secret, secret.slice(6), server.url],
    retryAfterSeconds: 7,
    tickets: async () => [...held.values()].map(shownOf),
    async setFault(next) {
      fault = next;
      await (next === 'no-connection' ? server.pause() : server.resume());
    },
    comment: (ticket, by, text) => call('ticket.comment', { ticket, by, text }),
    note: null,
    solve: (ticket, by) => call('ticket.status', { ticket, by, status: 'solved' }),
    calls: async () => calls.splice(0),
    close: server.close,
  };
}

/** A call of the other side, signed at this moment. */
export function signedCall(key: Webhook, id: string, body: Buffer, at = new Date()): InboundCall {
  return {
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': key.sign(id, at, body),
    },
    body,
    now: at.getTime(),
  };
}

type Held = {
  snapshot: TicketSnapshot;
  readonly comments: string[];
  readonly files: { readonly name: string; readonly content: Uint8Array }[];
};

function refusalBy(
  fault: Fault | null,
  request: IncomingMessage,
  response: ServerResponse,
  take: () => number,
): 'open' | 'struck' {
  switch (fault) {
    case null:
    case 'no-connection':
      return 'open';
    case 'lost-request':
      return 'struck';
    case 'lost-answer':
      take();
      request.socket.destroy();
      return 'struck';
    case 'busy':
      response.setHeader('Retry-After', '7');
      return answer(response, 429);
    case 'broken':
      return answer(response, 500);
    case 'locked-out':
      return answer(response, 401);
    case 'refusal':
      return answer(response, 400);
  }
}

function answer(response: ServerResponse, status: number): 'struck' {
  response.statusCode = status;
  response.end();
  return 'struck';
}

/** The status to answer with. */
function keep(
  held: Map<string, Held>,
  seen: Set<string>,
  key: Webhook,
  { headers }: IncomingMessage,
  body: Buffer,
): number {
  const { type, data } = key.verify(body, headers as Record<string, string>) as Call;
  const id = String(headers['webhook-id']);
  if (type === 'handshake.check' || seen.has(id)) return 204;
  seen.add(id);
  const ticket = held.get(data.ticket.id) ?? { snapshot: data.ticket, comments: [], files: [] };
  ticket.snapshot = data.ticket;
  held.set(data.ticket.id, ticket);
  if (data.line !== undefined) ticket.comments.push(`${data.line.by}: ${data.line.text}`);
  if (data.file !== undefined) {
    ticket.files.push({ name: data.file.name, content: Buffer.from(data.file.base64, 'base64') });
  }
  return 204;
}

type Call = {
  readonly type: string;
  readonly data: {
    readonly ticket: TicketSnapshot;
    readonly line?: { readonly by: string; readonly text: string };
    readonly file?: { readonly name: string; readonly base64: string };
  };
};

function shownOf({ snapshot, comments, files }: Held): PeerTicket {
  const { id, title, description, person, state } = snapshot;
  const over = state === 'solved' || state === 'closed' || state === 'withdrawn';
  return {
    id,
    title,
    description: `${id}\n${description}\n${person.name}, ${person.contact}`,
    stage: over ? 'done' : state === 'waiting-for-user' ? 'waiting' : 'open',
    comments,
    files,
  };
}
