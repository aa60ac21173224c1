import type { Logger } from 'pino';
import { type SendDependencies, sendEach } from './send-in-order.ts';
import type { TurnStore } from './turn-store.ts';

export type SweepDependencies = SendDependencies & {
  readonly store: Pick<TurnStore, 'claimPending' | 'settle'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
};

export type SweepOptions = {
  readonly olderThanSeconds?: number | undefined;
  /** Ends the sweep early: the reply under way is finished, the others are put back. */
  readonly stop: AbortSignal;
};

/** A turn that runs settles its replies well before; what is older was left by a crash. */
const abandonedSeconds = 30;
const batch = 50;
/** Milliseconds. A claim ends after 60 s; by then the last reply that was begun must be settled. */
const sweepWithin = 40_000;

/**
 * Finishes what a crash or a full channel left in the outbox; returns how many replies it took up.
 * A crash between a send and its settling makes a reply come twice: in a conversation that is better than never.
 */
export async function sweepOutbox(
  deps: SweepDependencies,
  { olderThanSeconds = abandonedSeconds, stop }: SweepOptions,
): Promise<number> {
  const pending = await deps.store.claimPending(olderThanSeconds, batch);
  const within = AbortSignal.any([stop, AbortSignal.timeout(sweepWithin)]);
  // One by one, so that a crash repeats one message and not all that went out before it.
  for await (const settled of sendEach(deps, pending, within)) await deps.store.settle([settled]);
  if (pending.length > 0) deps.log.info({ replies: pending.length }, 'sent replies that were left behind');
  return pending.length;
}
