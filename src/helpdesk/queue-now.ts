import { type Hours, nextOpening } from '../domain/hours.ts';
import type { QueueNow } from '../domain/queue-now.ts';

export type QueueParts = {
  readonly count: () => Promise<{
    readonly waiting: number;
    /** Tickets of the last 30 days that were taken over, and their median minutes until then. */
    readonly taken: number;
    readonly medianMinutes: number | null;
  }>;
  /** Null where the hours are not known. */
  readonly hours: Hours | null;
  readonly now: () => Date;
};

/** Fewer say nothing about the next one. */
const fewestTaken = 5;
const freshMs = 30_000;

/** Tells how the queue stands; it is counted at most twice a minute. */
export function createQueueNow({ count, hours, now }: QueueParts): () => Promise<QueueNow> {
  let counted: { readonly at: number; readonly what: ReturnType<QueueParts['count']> } | null = null;
  return async () => {
    const at = now();
    if (counted === null || at.getTime() - counted.at > freshMs)
      counted = { at: at.getTime(), what: count() };
    const { waiting, taken, medianMinutes } = await counted.what.catch((error: unknown) => {
      counted = null;
      throw error;
    });
    return {
      waiting,
      place: null,
      usualMinutes: taken < fewestTaken ? null : medianMinutes,
      opensAt: hours === null ? null : nextOpening(hours, at),
    };
  };
}
