import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { isPeerAddress } from '../addresses.ts';
import type {
  ConnectorEvent,
  ConnectorHealth,
  Delivery,
  HelpdeskConnector,
  Inbound,
  InboundCall,
} from '../connector.ts';
import { defineConnector } from '../connector-kind.ts';
import { callOnce, failureOf, type HttpAnswer } from '../http-call.ts';
import { readCall } from './webhook-call.ts';

/**
 * Signed calls in both directions, as https://www.standardwebhooks.com says: an id that stays the same when an
 * event comes again, by which the receiver knows it; the time; a signature of each secret.
 */
export const webhook = defineConnector({
  name: 'webhook',
  prefix: 'HELPDESK_WEBHOOK_',
  settings: z.object({
    URL: z.string().refine(isPeerAddress),
    SECRETS: z
      .string()
      .transform((text) => text.split(',').map((secret) => secret.trim()))
      .refine((secrets) => secrets.every(isSecret)),
  }),
  expectations: {
    URL: 'the https address that takes the calls',
    SECRETS: 'whsec_ and at least 24 bytes in Base64; while secrets change, two of them with a comma between',
  },
  create: ({ URL: url, SECRETS: secrets }) => createWebhook({ url: new URL(url), secrets, within: 15_000 }),
});

function isSecret(text: string): boolean {
  return (
    /^whsec_[A-Za-z0-9+/]{32,120}={0,2}$/.test(text) && Buffer.from(text.slice(6), 'base64').length >= 24
  );
}

export type WebhookOptions = {
  readonly url: URL;
  /** Each as `whsec_…`. Calls go out signed with all of them, and come in signed with any. */
  readonly secrets: readonly string[];
  /** Milliseconds to wait for an answer. */
  readonly within: number;
};

export function createWebhook({ url, secrets, within }: WebhookOptions): HelpdeskConnector {
  const keys = secrets.map((secret) => new Webhook(secret));
  /** 410: the receiver wants no more calls. Holds until the program starts again. */
  let gone = false;

  async function call(id: string, payload: unknown): Promise<HttpAnswer> {
    const answer = await callOnce(url, { ...signed(keys, id, JSON.stringify(payload)), within });
    gone ||= answer.kind === 'answer' && answer.status === 410;
    return answer;
  }

  return {
    name: 'webhook',
    async deliver(event): Promise<Delivery> {
      if (gone) return { kind: 'refused', reason: 'http-410' };
      const answer = await call(event.id, payloadOf(event));
      return isTaken(answer)
        ? { kind: 'done', remote: { id: event.ticket.id, url: null } }
        : failureOf(answer);
    },
    poll: null,
    receive: async (inbound) => receive(keys, inbound),
    async check(): Promise<ConnectorHealth> {
      if (gone) return { kind: 'unwell', reason: 'http-410: the receiver wants no more calls' };
      const answer = await call(`check-${crypto.randomUUID()}`, { type: 'handshake.check', data: {} });
      return isTaken(answer) ? { kind: 'well' } : { kind: 'unwell', reason: failureOf(answer).reason };
    },
  };
}

function isTaken(answer: HttpAnswer): boolean {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status < 300;
}

function signed(keys: readonly Webhook[], id: string, body: string) {
  const now = new Date();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Handshake',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': keys.map((key) => key.sign(id, now, body)).join(' '),
  };
  return { method: 'POST' as const, headers, body };
}

/** docs/helpdesk.md shows it; every event carries the whole ticket, so that a receiver may miss earlier ones. */
function payloadOf({ id, at, ticket, what }: ConnectorEvent): unknown {
  const data = { event: id, ticket };
  switch (what.kind) {
    case 'opened':
      return { type: 'ticket.opened', timestamp: at, data };
    case 'status':
      return { type: 'ticket.changed', timestamp: at, data };
    case 'line': {
      const { from, by, text } = what;
      return { type: 'ticket.line', timestamp: at, data: { ...data, line: { from, by, text } } };
    }
    case 'file': {
      const { name, contentType, content } = what.file;
      const file = { name, contentType, base64: Buffer.from(content).toString('base64') };
      return { type: 'ticket.file', timestamp: at, data: { ...data, file } };
    }
  }
}

/** The signature is over bytes, so nothing is read before it was verified. */
function receive(keys: readonly Webhook[], { headers, body }: InboundCall): Inbound {
  const bytes = Buffer.from(body);
  const id = headers['webhook-id'] ?? '';
  const given = {
    'webhook-id': id,
    'webhook-timestamp': headers['webhook-timestamp'] ?? '',
    'webhook-signature': headers['webhook-signature'] ?? '',
  };
  if (!keys.some((key) => isSignedWith(key, bytes, given))) {
    return { kind: 'refused', status: 401, reason: 'signature or time is wrong' };
  }
  return readCall(id, bytes);
}

function isSignedWith(key: Webhook, bytes: Buffer, headers: Record<string, string>): boolean {
  try {
    key.verify(bytes, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}
