import type { Logger } from 'pino';
import { type ChannelPlace, type ThreadPlacement, threadReference } from './channel.ts';
import type { CardsOutcome, OutdatedCards, Outgoing, TicketStore } from './ticket-store.ts';

/** How a message or an edit ended; `ReplyOutcome` of the bot is one. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly activityId: string | null }
  | { readonly kind: 'later'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unknown' | 'refused'; readonly reason: string };

export type CardsChannel = {
  /** Null as long as the bot has heard nothing from the channel. */
  readonly place: () => Promise<ChannelPlace | null>;
  readonly placement: ThreadPlacement;
  readonly draw: (cards: OutdatedCards, mayStandTwice: boolean) => Promise<Outgoing>;
  /** Posts the first message of a new thread; its id is the root's. */
  readonly open: (place: ChannelPlace, activity: Outgoing) => Promise<SendOutcome>;
  readonly edit: (thread: Outgoing, activity: Outgoing) => Promise<SendOutcome>;
};

export type CardsParts = {
  readonly store: Pick<TicketStore, 'claimCards' | 'settleCards'>;
  /** Null where the helpdesk does not work in a channel. */
  readonly channel: CardsChannel | null;
  readonly drawStatus: (cards: OutdatedCards) => Promise<Outgoing>;
  readonly toPerson: (
    reference: Outgoing,
    reply: { readonly kind: 'send' | 'update'; readonly activity: Outgoing },
  ) => Promise<SendOutcome>;
  /** Does the command `post`: the ticket is in front of the helpdesk. */
  readonly posted: (ticketId: string) => Promise<unknown>;
  /** True where other systems bring tickets in front of the helpdesk, too. */
  readonly hasConnectors: boolean;
  readonly log: Pick<Logger, 'warn' | 'error'>;
};

const batch = 20;
/** Each change of a ticket that the worker makes itself brings one more round. */
const mostRounds = 20;

/**
 * Brings both cards of every ticket that is behind up to date, as the ticket is now: edits are merged, and what a
 * crash left undone is done. Returns how many tickets it took up.
 */
export async function refreshCards(parts: CardsParts, stop: AbortSignal): Promise<number> {
  let done = 0;
  for (let round = 0; round < mostRounds && !stop.aborted; round++) {
    const claimed = await parts.store.claimCards(batch);
    if (claimed.length === 0) break;
    for (const cards of claimed) await refresh(parts, cards, stop);
    done += claimed.length;
  }
  return done;
}

/** What became of one card. */
type Step = Omit<CardsOutcome, 'ticketId'>;

const nothing: Step = {};
const putBack: Step = { retryAfterSeconds: 0, reason: 'stopped' };

async function refresh(parts: CardsParts, cards: OutdatedCards, stop: AbortSignal): Promise<void> {
  const { id: ticketId, status } = cards.ticket;
  const root = stop.aborted ? putBack : await refreshRoot(parts, cards);
  // The status card waits for the next round, which comes at once: the ticket is about to be in the queue.
  const isNew = status.at === 'new';
  const isPosted =
    root.thread !== undefined || cards.rootId !== null || (!parts.channel && parts.hasConnectors);
  const card = stop.aborted || (isNew && isPosted) ? nothing : await refreshStatus(parts, cards);
  await parts.store.settleCards([{ ticketId, ...merged(root, card) }]);
  if (isNew && isPosted) await parts.posted(ticketId);
}

function merged(root: Step, card: Step): Step {
  const waits = [root, card].flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  const reasons = [root, card].flatMap(({ reason }) => reason ?? []);
  return {
    ...root,
    ...card,
    ...(waits.length > 0 ? { retryAfterSeconds: Math.min(...waits) } : {}),
    // A root that may stand there must not be forgotten over a status card that does not.
    ...(reasons.length > 0 ? { reason: reasons.toSorted((a, b) => doubt(b) - doubt(a))[0] as string } : {}),
  };
}

function doubt(reason: string): number {
  return reason.startsWith('unknown') ? 1 : 0;
}

const seconds = { unknown: 60, refused: 600, unconnected: 30, channelless: 3_600 } as const;

async function refreshRoot(parts: CardsParts, cards: OutdatedCards): Promise<Step> {
  const { channel } = parts;
  const { ticket, rootId, rootVersion } = cards;
  if (rootVersion >= ticket.version) return nothing;
  if (channel === null) return { retryAfterSeconds: seconds.channelless, reason: 'no channel' };
  const place = await channel.place();
  if (place === null) {
    parts.log.warn({ ticket: ticket.id }, "waits: the helpdesk's channel is not connected yet");
    return { retryAfterSeconds: seconds.unconnected, reason: 'channel not connected' };
  }
  if (rootId === null) return openThread(parts, channel, place, cards, cards.doubtful);
  const thread = threadReference(place, rootId, channel.placement);
  const activity = { ...(await channel.draw(cards, false)), id: rootId };
  const outcome = await channel.edit(thread, activity);
  if (outcome.kind === 'sent') return { root: { id: rootId, version: ticket.version } };
  // Somebody deleted the root, and the thread with it.
  if (isGone(outcome)) return openThread(parts, channel, place, cards, false);
  return again(parts, cards, outcome, 'root');
}

async function openThread(
  parts: CardsParts,
  channel: CardsChannel,
  place: ChannelPlace,
  cards: OutdatedCards,
  mayStandTwice: boolean,
): Promise<Step> {
  const outcome = await channel.open(place, await channel.draw(cards, mayStandTwice));
  if (outcome.kind !== 'sent') return again(parts, cards, outcome, 'root');
  const { activityId } = outcome;
  if (activityId === null) return again(parts, cards, { kind: 'unknown', reason: 'no id' }, 'root');
  return {
    root: { id: activityId, version: cards.ticket.version },
    thread: threadReference(place, activityId, channel.placement),
  };
}

async function refreshStatus(parts: CardsParts, cards: OutdatedCards): Promise<Step> {
  const { ticket, cardId, cardVersion, reference } = cards;
  if (cardVersion >= ticket.version) return nothing;
  const activity = await parts.drawStatus(cards);
  const isShown = cardId !== null && cardId !== '';
  const edited = isShown
    ? await parts.toPerson(reference, { kind: 'update', activity: { ...activity, id: cardId } })
    : null;
  const outcome =
    edited !== null && !isGone(edited) ? edited : await parts.toPerson(reference, { kind: 'send', activity });
  const { version } = ticket;
  if (outcome.kind === 'sent') return { card: { id: outcome.activityId ?? cardId ?? '', version } };
  if (outcome.kind !== 'refused') return again(parts, cards, outcome, 'status');
  // They have removed or blocked the bot: it is not shown until the ticket changes again.
  parts.log.warn({ ticket: ticket.id, reason: outcome.reason }, 'the person does not take the status card');
  return { card: { id: cardId ?? '', version } };
}

function isGone(outcome: SendOutcome): boolean {
  return outcome.kind === 'refused' && outcome.reason.startsWith('404');
}

function again(
  { log }: CardsParts,
  { ticket }: OutdatedCards,
  outcome: Exclude<SendOutcome, { kind: 'sent' }>,
  card: 'root' | 'status',
): Step {
  const about = { ticket: ticket.id, card, outcome };
  switch (outcome.kind) {
    case 'later':
      log.warn(about, 'a card has to wait');
      return { retryAfterSeconds: outcome.retryAfterSeconds, reason: 'throttled' };
    case 'unknown':
      log.warn(about, 'nobody knows whether a card arrived; it is tried again');
      // Only a second root would be a second thread.
      return {
        retryAfterSeconds: seconds.unknown,
        reason: `${card === 'root' ? 'unknown' : 'status'}: ${outcome.reason}`,
      };
    case 'refused':
      log.error(about, 'a card was refused; it is tried again');
      return { retryAfterSeconds: seconds.refused, reason: `refused: ${outcome.reason}` };
  }
}
