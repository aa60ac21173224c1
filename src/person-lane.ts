import type { Logger } from 'pino';
import type { Adapter } from './bot/adapter.ts';
import { type EditsParts, withEdits } from './bot/edits.ts';
import { bringNews } from './bot/handoff-news.ts';
import type { Turn } from './bot/turn.ts';
import type { Wording } from './cards/wording.ts';
import type { Config } from './config.ts';
import type { QueueNow } from './domain/queue-now.ts';
import type { ChangeParts } from './helpdesk/change.ts';
import { windClock } from './helpdesk/clock.ts';
import { createQueueNow } from './helpdesk/queue-now.ts';
import type { TicketStore } from './helpdesk/ticket-store.ts';
import type { Database } from './storage/connection.ts';
import { countQueue, listDue, listHandoffNews, placeInQueue } from './storage/helpdesk-waits.ts';

export type PersonLane = {
  /** How the queue stands, for one ticket in it or for somebody who has not sent yet; null where nobody is told. */
  queueNow(ticketId: string | null): Promise<QueueNow | null>;
  /** The turn, with edits and deletions of relayed words followed to the helpdesk. */
  follow(turn: Turn): Turn;
  /** Brings into the dialogs what the helpdesk did. */
  bringNews(turn: Turn): Promise<number>;
  /** Reminds of tickets that wait for too long, and closes quiet ones. */
  windClock(): Promise<number>;
};

export type PersonLaneDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly adapter: Pick<Adapter, 'continueConversation'>;
  readonly tickets: TicketStore;
  readonly handoff: ChangeParts;
  readonly wording: Wording;
  readonly changed: () => void;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
};

/** Connects the person's side of a ticket with the bot, the database and the clock. */
export function createPersonLane(deps: PersonLaneDependencies): PersonLane {
  const { config, database, tickets, handoff, now, log } = deps;
  const { hours, patience } = config.helpdeskTimes;
  const reachesSomebody = config.helpdeskChannel !== null || handoff.connectors.length > 0;
  const queueNow = createQueueNow({ count: () => countQueue(database), hours, now });
  return {
    async queueNow(ticketId) {
      if (!reachesSomebody) return null;
      const place = ticketId === null ? null : await placeInQueue(database, ticketId);
      return { ...(await queueNow()), place };
    },
    follow: (turn) => withEdits(turn, editsParts(deps)),
    bringNews: (turn) =>
      bringNews({
        listPending: () => listHandoffNews(database),
        continueConversation: deps.adapter.continueConversation,
        onTurn: turn,
        log,
      }),
    async windClock() {
      if (!reachesSomebody) return 0;
      const clock = { ...handoff, store: tickets, patience };
      const due = (remind: Date, close: Date) => listDue(database, remind, close);
      const count = await windClock({ ...clock, listDue: due });
      if (count > 0) deps.changed();
      return count;
    },
  };
}

function editsParts({ tickets, wording, changed }: PersonLaneDependencies): EditsParts {
  return {
    changeLine: tickets.changeLine,
    word: (name, text) =>
      text === null
        ? wording.text('helpdesk.helpdesk.deleted', { name })
        : wording.text('helpdesk.helpdesk.edited', { name, text }),
    changed,
  };
}
