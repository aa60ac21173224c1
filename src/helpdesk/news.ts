import type { Logger } from 'pino';
import type { Agent, HandoffCommand } from '../domain/handoff.ts';
import type { Changed } from './change.ts';
import type { HelpdeskConnector, InboundCall, News } from './connector.ts';
import type { Actor, DeliveryStore, Source } from './ticket-store.ts';

export type NewsParts = {
  readonly store: Pick<DeliveryStore, 'findTicket' | 'cursor' | 'saveCursor'>;
  readonly connectors: readonly HelpdeskConnector[];
  /** Does a command to a ticket; the same source has one effect. */
  readonly change: (ticketId: string, command: HandoffCommand, by: Actor, source: Source) => Promise<Changed>;
  /** What the person is told when the other side only says that it waits for them. */
  readonly waitingText: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
};

/** Asks every connector that is to be asked. Returns how many news changed a ticket. */
export async function pollNews(parts: NewsParts, stop?: AbortSignal): Promise<number> {
  const polls = await Promise.allSettled(parts.connectors.map((one) => pollOne(parts, one, stop)));
  const failed = polls.find((poll) => poll.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return polls.reduce((sum, poll) => sum + (poll.status === 'fulfilled' ? poll.value : 0), 0);
}

/** The cursor moves only when all before it was done: what a crash cuts short is asked for again. */
async function pollOne(parts: NewsParts, connector: HelpdeskConnector, stop?: AbortSignal): Promise<number> {
  if (connector.poll === null || stop?.aborted) return 0;
  const from = await parts.store.cursor(connector.name);
  const poll = await connector.poll(from);
  if (poll.kind === 'failed') {
    parts.log.warn({ connector: connector.name, reason: poll.reason }, 'no news could be had');
    return 0;
  }
  let changed = 0;
  for (const news of poll.news) {
    if ((await applyNews(parts, connector.name, news)) === 'changed') changed += 1;
  }
  if (poll.cursor !== from) await parts.store.saveCursor(connector.name, poll.cursor);
  return changed;
}

/** Answers a call of the other side: an HTTP status, 404 also where no connector takes calls. */
export async function receiveCall(parts: NewsParts, name: string, call: InboundCall): Promise<number> {
  const connector = parts.connectors.find((one) => one.name === name);
  if (connector?.receive == null) return 404;
  const inbound = await connector.receive(call);
  if (inbound.kind === 'refused') {
    parts.log.warn({ connector: name, reason: inbound.reason }, 'a call was refused');
    return inbound.status;
  }
  const ends: Applied[] = [];
  for (const news of inbound.news) ends.push(await applyNews(parts, name, news));
  if (ends.includes('refused')) return 409;
  return ends.includes('missing') ? 404 : 204;
}

type Applied = Changed['kind'];

async function applyNews(parts: NewsParts, connector: string, news: News): Promise<Applied> {
  const ticketId = news.ticketId ?? (await parts.store.findTicket(connector, news.remoteId));
  // Whoever keeps one queue for everything has tickets that are none of ours.
  if (ticketId === null) return 'missing';
  const by: Actor = { side: 'connector', id: `${connector}/${news.by}`, name: news.by };
  const source = { conversation: `connector/${connector}`, activityId: news.id };
  const change = () => parts.change(ticketId, commandOf(news, by, parts.waitingText), by, source);
  let changed = await change();
  if (isLateWord(news, changed)) {
    // Whoever writes into a closed ticket wants to be heard: it opens again, and the words reach the person.
    const reopening = { ...source, activityId: `${news.id}/reopen` };
    await parts.change(ticketId, { do: 'reopen' }, by, reopening);
    changed = await change();
  }
  if (changed.kind === 'refused') {
    const about = { connector, ticket: ticketId, news: news.what.kind, why: changed.refusal.why };
    parts.log.warn(about, 'news of another system do not fit the ticket');
  }
  return changed.kind;
}

function isLateWord({ what }: News, changed: Changed): boolean {
  return what.kind === 'comment' && changed.kind === 'refused' && changed.refusal.why === 'over';
}

/** Whoever acts over there acts here as an agent of that system. */
export function commandOf({ what }: News, { id, name }: Actor, waitingText: string): HandoffCommand {
  const by: Agent = { id, name };
  switch (what.kind) {
    case 'comment':
      return { do: 'reply', by, text: what.text };
    case 'taken':
      return { do: 'take', by };
    case 'waiting':
      return { do: 'ask', by, text: waitingText };
    case 'solved':
      return { do: 'solve', by, text: what.text };
    case 'rejected':
      return { do: 'reject', by, text: what.text };
  }
}
