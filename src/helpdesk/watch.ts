import type { Logger } from 'pino';
import { ownerOf, type TicketState } from '../domain/handoff.ts';
import { type Alike, findAlike } from './alike.ts';
import { type ChangeParts, changeTicket, composeChange } from './change.ts';
import { isClose, type Targets } from './targets.ts';
import type { Actor, StoredTicket, TicketStore } from './ticket-store.ts';

export type WatchParts = {
  readonly store: TicketStore;
  readonly handoff: ChangeParts;
  readonly targets: Targets;
  /** So many people with one cause within an hour are told as one. */
  readonly manyAlike: number;
  /** Words for a ticket that is about to miss its target. */
  readonly closeText: (stored: StoredTicket) => string;
  readonly alikeText: (alike: Alike) => string;
  /** `HH:MM`; null for no digest. */
  readonly digestAt: string | null;
  /** Where the helpdesk is; IANA. */
  readonly timeZone: string;
  /** Posts to the channel, outside of any ticket's thread; false when it did not go out. */
  readonly post: (what: 'digest' | { readonly text: string }) => Promise<boolean>;
  /** True for the first one ever to claim the key, whichever process it is in. */
  readonly claim: (key: string) => Promise<boolean>;
  readonly release: (key: string) => Promise<void>;
  readonly changed: () => void;
  readonly log: Pick<Logger, 'warn'>;
};

const bot: Actor = { side: 'bot', id: 'handshake', name: 'Handshake' };
const open: readonly TicketState[] = ['new', 'queued', 'assigned', 'waiting-for-user', 'solved'];
const most = 1_000;

/** What the helpdesk is told by the clock, each once: targets about to be missed, one cause of many, the digest. */
export async function watchTickets(parts: WatchParts): Promise<void> {
  const now = parts.handoff.now();
  const tickets = await parts.store.list({ states: open, limit: most });
  const warned = await Promise.all(
    tickets.filter(({ ticket }) => isClose(ticket, parts.targets, now)).map((stored) => warn(parts, stored)),
  );
  const linked: number[] = [];
  for (const alike of findAlike(tickets, parts.manyAlike, now)) linked.push(await join(parts, alike));
  if (warned.includes(true) || linked.some((count) => count > 0)) parts.changed();
  await tellDigest(parts, now);
}

/** Into the thread, with the change that keeps it: the same source has one effect. */
async function warn({ store, handoff, closeText }: WatchParts, stored: StoredTicket): Promise<boolean> {
  const text = closeText(stored);
  const by = ownerOf(stored.ticket) ?? { id: bot.id, name: bot.name };
  const source = { conversation: 'helpdesk/clock', activityId: `close/${stored.ticket.id}` };
  const composed = composeChange(handoff, stored, { do: 'note', by, text }, bot, source);
  if (composed.kind === 'refused') return false;
  const activity = { type: 'message', text, textFormat: 'plain' };
  const messages = [...composed.change.messages, { to: 'thread', activity, line: null } as const];
  return (await store.save({ ...composed.change, messages })) === 'saved';
}

async function join(parts: WatchParts, alike: Alike): Promise<number> {
  const parentId = alike.parent.ticket.id;
  for (const { ticket } of alike.children) {
    const source = { conversation: 'helpdesk/alike', activityId: `${parentId}/${ticket.id}` };
    await changeTicket(
      { ...parts.handoff, store: parts.store },
      ticket.id,
      { do: 'link', parentId },
      bot,
      source,
    );
  }
  await once(parts, `helpdesk-alike/${parentId}`, { text: parts.alikeText(alike) });
  return alike.children.length;
}

async function tellDigest(parts: WatchParts, now: Date): Promise<void> {
  const { digestAt, timeZone } = parts;
  if (digestAt === null) return;
  // Swedish writes dates and times as ISO does.
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(now)
    .split(' ');
  if (time >= digestAt) await once(parts, `helpdesk-digest/${date}`, 'digest');
}

/** What did not go out is tried again at the next round. */
async function once(parts: WatchParts, key: string, what: Parameters<WatchParts['post']>[0]): Promise<void> {
  if (!(await parts.claim(key))) return;
  if (await parts.post(what)) return;
  parts.log.warn({ key }, 'could not be told in the channel yet');
  await parts.release(key);
}
