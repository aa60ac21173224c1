import type { Logger } from 'pino';
import type { Card } from './cards/card.ts';
import type { Cards } from './cards/cards.ts';
import { nameFinding } from './cards/finding-words.ts';
import { clip } from './cards/text.ts';
import { saySpan } from './cards/time-words.ts';
import type { Wording } from './cards/wording.ts';
import type { FindingCode } from './domain/diagnosis.ts';
import { ownerOf } from './domain/handoff.ts';
import type { Alike } from './helpdesk/alike.ts';
import type { ChangeParts } from './helpdesk/change.ts';
import { overviewOf } from './helpdesk/overview.ts';
import { targetOf } from './helpdesk/targets.ts';
import type { Outgoing, StoredTicket, TicketStore } from './helpdesk/ticket-store.ts';
import { watchTickets } from './helpdesk/watch.ts';
import type { PlaceKeeper } from './helpdesk-channel.ts';
import type { HelpdeskChannelConfig } from './helpdesk-config.ts';
import type { Database } from './storage/connection.ts';
import { claimOnce, releaseSetting } from './storage/settings.ts';

export type WatchLane = {
  readonly database: Database;
  readonly tickets: TicketStore;
  readonly handoff: ChangeParts;
  readonly channel: HelpdeskChannelConfig;
  readonly keeper: PlaceKeeper;
  readonly cards: Pick<Cards, 'deskQueue'>;
  readonly wording: Wording;
  /** Begins a thread of its own in the channel; false when that did not go out. */
  readonly begin: (activity: Outgoing) => Promise<boolean>;
  readonly withCard: (card: Card) => Outgoing;
  readonly changed: () => void;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
};

/** Tells the channel what the clock brings: targets about to be missed, one cause of many, the daily overview. */
export function watchChannel(lane: WatchLane): Promise<void> {
  const { database, tickets, handoff, channel, keeper, cards, wording, now } = lane;
  const digest = async () => {
    const about = { store: tickets, targets: channel.targets, place: await keeper.place(), now: now() };
    return lane.withCard(cards.deskQueue(await overviewOf(about, 'digest', '')));
  };
  return watchTickets({
    ...channel,
    ...{ store: tickets, handoff, changed: lane.changed, log: lane.log },
    closeText: (stored) => closeText(wording, stored, targetOf(stored.ticket, channel.targets), now()),
    alikeText: (alike) => alikeText(wording, alike),
    post: async (what) =>
      lane.begin(what === 'digest' ? await digest() : { type: 'message', textFormat: 'plain', ...what }),
    claim: (key) => claimOnce(database, key),
    release: (key) => releaseSetting(database, key),
  });
}

function closeText(wording: Wording, { ticket, details }: StoredTicket, target: Date, now: Date): string {
  const minutes = Math.max(1, Math.round((target.getTime() - now.getTime()) / 60_000));
  return wording.text('helpdesk.queue.close', {
    ticket: ticket.id,
    left: saySpan(minutes, wording.language),
    title: clip(details.title, 200),
    owner: ownerOf(ticket)?.name ?? 'none',
  });
}

function alikeText(wording: Wording, { parent, people, cause, tickets }: Alike): string {
  return wording.text('helpdesk.queue.alike', {
    count: people,
    cause: nameFinding(wording, { code: cause.code as FindingCode, variant: cause.variant }),
    site: cause.site === null ? 'none' : clip(cause.site, 100),
    parent: parent.ticket.id,
    tickets: tickets.join(', '),
  });
}
