import { z } from 'zod';
import type { Inbound, News } from '../connector.ts';

/** What the other side may say; docs/helpdesk.md shows it. Told apart from our own calls by its types. */
const about = { ticket: z.string().max(100), by: z.string().trim().min(1).max(100) };
const text = z.string().trim().min(1).max(10_000);

const call = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ticket.comment'), data: z.object({ ...about, text }) }),
  z.object({
    type: z.literal('ticket.status'),
    data: z.discriminatedUnion('status', [
      z.object({ ...about, status: z.enum(['taken', 'waiting']) }),
      z.object({
        ...about,
        status: z.enum(['solved', 'rejected']),
        text: z.string().max(10_000).default(''),
      }),
    ]),
  }),
]);

/** The body of a call whose signature is right. */
export function readCall(id: string, body: Uint8Array): Inbound {
  const parsed = call.safeParse(parseJson(body));
  if (!parsed.success) return { kind: 'refused', status: 400, reason: 'not an event that is known here' };
  const { ticket, by } = parsed.data.data;
  const news: News = { id, ticketId: ticket, remoteId: ticket, by, what: whatOf(parsed.data) };
  return { kind: 'news', news: [news] };
}

function whatOf(said: z.infer<typeof call>): News['what'] {
  if (said.type === 'ticket.comment') return { kind: 'comment', text: said.data.text };
  return 'text' in said.data ? { kind: said.data.status, text: said.data.text } : { kind: said.data.status };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
