import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import type { Adapter } from './bot/adapter.ts';
import { type Binder, ticketShowing } from './bot/binding.ts';
import type { Deliver } from './bot/deliver.ts';
import type { DeskParts } from './bot/helpdesk/desk.ts';
import { createSealer, type Sealer } from './bot/helpdesk/seal.ts';
import type { Card } from './cards/card.ts';
import type { Cards } from './cards/cards.ts';
import type { Wording } from './cards/wording.ts';
import type { Config } from './config.ts';
import type { Diagnosis } from './domain/diagnosis.ts';
import type { QueueNow } from './domain/queue-now.ts';
import { type CardsParts, refreshCards } from './helpdesk/cards.ts';
import { type ChangeParts, changeTicket } from './helpdesk/change.ts';
import { channelReference, splitThread, threadLink, threadReference } from './helpdesk/channel.ts';
import { channelLimits, createLimiter, type Limit, type Limiter } from './helpdesk/limiter.ts';
import { overviewOf } from './helpdesk/overview.ts';
import { targetOf } from './helpdesk/targets.ts';
import type { OutdatedCards, Outgoing, TicketStore } from './helpdesk/ticket-store.ts';
import { transcriptToken } from './helpdesk/transcript-link.ts';
import { type Channel, createChannel, createPlaceKeeper, type PlaceKeeper } from './helpdesk-channel.ts';
import type { HelpdeskChannelConfig } from './helpdesk-config.ts';
import { watchChannel } from './helpdesk-watch.ts';
import { remediationFor } from './remediation/remediation.ts';
import type { Page } from './server.ts';
import { listReports } from './storage/cases.ts';
import type { Database } from './storage/connection.ts';
import { refuseThreadMessages } from './storage/housekeeping.ts';
import { findTranscript, transcriptPage } from './transcript-page.ts';

export type HelpdeskLaneDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly adapter: Pick<Adapter, 'connect'>;
  readonly deliver: Deliver;
  readonly tickets: TicketStore;
  readonly handoff: ChangeParts;
  readonly cards: Cards;
  readonly wording: Wording;
  readonly binder: Binder;
  /** Everything that the helpdesk's side signs is signed with keys made of it. */
  readonly secret: string;
  readonly queueNow: (ticketId: string) => Promise<QueueNow | null>;
  /** A ticket has changed: what follows can go out. */
  readonly changed: () => void;
  readonly channelLimits?: readonly Limit[];
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn' | 'error'>;
};

export type HelpdeskLane = {
  /** What comes from the channel; null where no channel is set. */
  readonly desk: DeskParts | null;
  /** Sends like the one that was given, within the limits of the channel. */
  readonly deliver: Deliver;
  readonly transcripts: Page;
  /** Brings the cards of all tickets up to date; returns how many it took up. */
  refreshCards(stop: AbortSignal): Promise<number>;
  /** Tells the channel what is due by the clock; without a channel, drops what was meant for its threads. */
  watch(): Promise<void>;
};

/** What the parts of the lane share. */
type Lane = HelpdeskLaneDependencies & {
  readonly limiter: Limiter;
  readonly sealer: Sealer;
  readonly transcriptSecret: string;
};

type DeskLane = Lane & {
  readonly channel: HelpdeskChannelConfig;
  readonly keeper: PlaceKeeper;
  readonly reached: Channel;
};

/** Connects the helpdesk's channel with tickets, cards and the bot. */
export function createHelpdeskLane(deps: HelpdeskLaneDependencies): HelpdeskLane {
  const { config, database, adapter, secret, now } = deps;
  const limiter = createLimiter(deps.channelLimits ?? channelLimits);
  const sealer = createSealer(keyOf(secret, 'helpdesk-card'));
  const lane: Lane = { ...deps, limiter, sealer, transcriptSecret: keyOf(secret, 'transcript') };
  const transcripts = transcriptPage({
    ...deps,
    secret: lane.transcriptSecret,
    find: (id) => findTranscript(deps.tickets, database, id),
  });
  const channel = config.helpdeskChannel;
  if (channel === null) {
    const parts = cardsParts(lane, null);
    const watch = () => refuseThreadMessages(database);
    const refresh = (stop: AbortSignal) => refreshCards(parts, stop);
    return { desk: null, deliver: deps.deliver, transcripts, refreshCards: refresh, watch };
  }
  const keeper = createPlaceKeeper(database, channel);
  const reached = createChannel(config, channel, adapter, keeper.place, now);
  const desk: DeskLane = {
    ...lane,
    deliver: limited(deps.deliver, channel.id, limiter, now),
    channel,
    keeper,
    reached,
  };
  const parts = cardsParts(desk, desk);
  return {
    desk: deskParts(desk),
    deliver: desk.deliver,
    transcripts,
    refreshCards: (stop) => refreshCards(parts, stop),
    watch: () => watchChannel({ ...desk, withCard, begin: (activity) => begin(desk, activity) }),
  };
}

function keyOf(secret: string, use: string): string {
  return createHmac('sha256', secret).update(use).digest('base64url');
}

/** A full channel is like a busy one: what does not fit comes later, in order. */
function limited(deliver: Deliver, channelId: string, limiter: Limiter, now: () => Date): Deliver {
  return async (reference, reply) => {
    if (splitThread(reference.conversation?.id ?? '').base !== channelId) return deliver(reference, reply);
    const retryAfterSeconds = limiter.take(reply.kind === 'update' ? 'card' : 'message', now());
    return retryAfterSeconds > 0 ? { kind: 'later', retryAfterSeconds } : deliver(reference, reply);
  };
}

function cardsParts(lane: Lane, desk: DeskLane | null): CardsParts {
  const { tickets, handoff, cards, binder, deliver, log } = lane;
  const bot = { side: 'bot', id: 'handshake', name: 'Handshake' } as const;
  return {
    store: tickets,
    channel: desk === null ? null : cardsChannel(desk),
    async drawStatus({ ticket, details }) {
      const binding = binder.sign(ticketShowing(details.conversation, ticket.id));
      const queue = await lane.queueNow(ticket.id);
      return withCard(cards.statusCard({ ticket, details }, { binding, queue }));
    },
    toPerson: (reference, reply) => deliver(reference, reply),
    posted: (id) => changeTicket({ ...handoff, store: tickets }, id, { do: 'post' }, bot, null),
    hasConnectors: handoff.connectors.length > 0,
    log,
  };
}

function cardsChannel(desk: DeskLane): CardsParts['channel'] {
  const { keeper, reached, channel, deliver, limiter, now } = desk;
  const budget = () => limiter.take('card', now());
  return {
    place: keeper.place,
    placement: channel.threads,
    draw: (outdated, mayStandTwice) => drawRoot(desk, outdated, mayStandTwice),
    async open(place, activity) {
      const retryAfterSeconds = budget();
      if (retryAfterSeconds > 0) return { kind: 'later', retryAfterSeconds };
      return reached.client.openThread(channelReference(place), activity);
    },
    edit: (thread, activity) => deliver(thread, { kind: 'update', activity }),
  };
}

async function begin({ keeper, reached, limiter, now }: DeskLane, activity: Outgoing): Promise<boolean> {
  const place = await keeper.place();
  if (place === null || limiter.take('message', now()) > 0) return false;
  const outcome = await reached.client.openThread(channelReference(place), activity);
  // It may stand there; an overview or a hint twice is worse than one that is missed.
  return outcome.kind === 'sent' || outcome.kind === 'unknown';
}

async function drawRoot(
  { cards, sealer, database, reached, channel, now }: DeskLane,
  { ticket, details }: OutdatedCards,
  mayStandTwice: boolean,
): Promise<Outgoing> {
  // What the remedies put back is read from the report, which the person may have kept back.
  const report =
    details.shared.report === null ? undefined : (await listReports(database, ticket.caseId)).at(-1);
  const card = cards.rootCard(
    { ticket, details },
    {
      seal: sealer.seal(ticket.id),
      people: await reached.roster.people(),
      target: targetOf(ticket, channel.targets),
      remedies: report === undefined ? [] : remediationFor(report.diagnosis as Diagnosis),
      mayStandTwice,
      now: now(),
    },
  );
  return withCard(card);
}

function withCard({ contentType, content, title }: Card): Outgoing {
  return { type: 'message', summary: title, attachments: [{ contentType, content }] };
}

function deskParts(desk: DeskLane): DeskParts {
  const { tickets, handoff, channel, keeper, reached, wording, sealer, config, deliver, now } = desk;
  const { publicUrl } = config;
  return {
    channelId: channel.id,
    noteMarker: channel.noteMarker,
    store: tickets,
    sealer,
    learn: keeper.learn,
    standing: reached.roster.standing,
    find: reached.roster.find,
    change: (id, command, by, source) =>
      changeTicket({ ...handoff, store: tickets }, id, command, by, source),
    say: (name, values) => wording.text(`helpdesk.agent.${name}`, values),
    help: () => wording.list('helpdesk.agent.help', { marker: channel.noteMarker }).join('\n\n'),
    async threadLink(rootId) {
      const place = await keeper.place();
      return place === null ? null : threadLink(place, rootId);
    },
    transcriptLink: (id) => `${publicUrl}/transcripts/${transcriptToken(desk.transcriptSecret, id, now())}`,
    overview: async (of, agent) => {
      const about = await overviewOf(
        { store: tickets, targets: channel.targets, place: await keeper.place(), now: now() },
        of,
        agent.id,
      );
      return withCard(desk.cards.deskQueue(about));
    },
    async sayInThread(rootId, activity) {
      const place = await keeper.place();
      if (place === null) return;
      const thread = threadReference(place, rootId, channel.threads);
      const outcome = await deliver(thread, { kind: 'send', activity });
      if (outcome.kind !== 'sent') desk.log.warn({ outcome, root: rootId }, 'an answer to an agent was lost');
    },
    changed: desk.changed,
    log: desk.log,
  };
}
