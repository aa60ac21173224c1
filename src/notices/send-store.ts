import type { ImpactClass, Notice, Wave } from '../domain/notice.ts';
import type { Consequence, Reference } from './send-outcome.ts';

/** A delivery whose turn it is: its intent is recorded, and it has its token. */
export type Claimed = {
  readonly personId: string;
  readonly wave: Wave;
  readonly attempts: number;
  readonly impact: ImpactClass;
  readonly cause: string | null;
  readonly os: string | null;
  /** When the report came in that decided, ISO. */
  readonly evidenceAt: string | null;
  readonly site: string | null;
  readonly name: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly entraId: string | null;
  readonly tenantId: string | null;
  readonly reference: Reference | null;
};

export type Begun =
  /** Send them now. Empty where all that were looked at are skipped. */
  | { readonly kind: 'go'; readonly deliveries: readonly Claimed[] }
  | { readonly kind: 'wait'; readonly why: 'paused' | 'replies' | 'budget'; readonly seconds: number }
  /** Nothing is due; `seconds` until something is, null where nothing waits. */
  | { readonly kind: 'empty'; readonly seconds: number | null }
  /** Paused, halted, cancelled or done. */
  | { readonly kind: 'stopped' };

export type Settled = {
  readonly personId: string;
  readonly attempts: number;
  readonly consequence: Consequence;
};

/** Time is the database's own; a test that simulates it says so when it makes the store. */
export type SendStore = {
  find(noticeId: string): Promise<Notice | null>;
  /** Notices that have something to send now. */
  listDue(): Promise<readonly string[]>;
  begin(noticeId: string, atMost: number): Promise<Begun>;
  /** Returns how many rows were still waiting for their end. */
  settle(noticeId: string, settled: readonly Settled[]): Promise<number>;
  /** Nobody sends anything for so long, in no process. */
  pause(seconds: number): Promise<void>;
  /** Sends whose worker never wrote down how they ended become `unknown`. Returns how many. */
  giveUpLost(): Promise<number>;
  /** Time zones of those who wait; null is of those whose zone nobody knows. */
  zonesWaiting(noticeId: string): Promise<readonly (string | null)[]>;
  /** Holds all that wait in these zones until then. */
  hold(
    noticeId: string,
    zones: readonly { readonly zone: string | null; readonly until: Date }[],
  ): Promise<void>;
};
