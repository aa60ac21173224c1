import type { ConnectorLane } from './connector-lane.ts';
import type { Limit } from './helpdesk/limiter.ts';
import type { NoticesLane } from './notices-lane.ts';
import type { NoticesSender } from './notices-sender.ts';
import type { Database } from './storage/connection.ts';

/** A running bot, as its starter and the tests see it. */
export type App = {
  /** Where the server listens, such as `http://127.0.0.1:3978`. */
  readonly url: string;
  /** Open until `close`. */
  readonly database: Database;
  /** Sends what was left in the outbox, as the app does from time to time by itself. */
  sweep(olderThanSeconds?: number): Promise<number>;
  /** Does at once what follows from changed tickets: messages, and the cards of both sides. */
  followUp(): Promise<void>;
  /** The same for other helpdesk systems. */
  readonly connectors: Pick<ConnectorLane, 'deliver' | 'poll' | 'check'>;
  /** Does what is due by the clock: reminds of tickets, closes quiet ones. Returns how many it changed. */
  windClock(): Promise<number>;
  /** Tells the helpdesk's channel what is due by the clock. */
  watchChannel(): Promise<void>;
  /** What notices do by the clock, and what is due to be sent. */
  readonly notices: Pick<NoticesLane, 'windClock' | 'followUp'> &
    Pick<NoticesSender, 'sweep'> & {
      /** Brings the cards of administrators up to date. */
      followCards(): Promise<void>;
    };
  /** Lets running turns finish, then ends everything that `startApp` began. */
  close(): Promise<void>;
};

export type AppOptions = {
  readonly now: () => Date;
  readonly sweepEveryMs: number;
  readonly cardsEveryMs: number;
  /** How much may be sent into the helpdesk's channel; what Teams allows by default. */
  readonly channelLimits?: readonly Limit[];
};
