import type { Logger } from 'pino';
import type { Deliver } from './deliver.ts';
import type { PendingReply, ReplyOutcome, TurnStore } from './turn-store.ts';

export type SweepDependencies = {
  readonly store: Pick<TurnStore, 'claimPending' | 'settle'>;
  readonly deliver: Deliver;
  readonly log: Pick<Logger, 'info'>;
};

/** A turn that runs settles its replies well before; what is older was left by a crash. */
const abandonedSeconds = 30;
const batch = 50;

/**
 * Finishes what a crash or a full channel left in the outbox; returns how many replies it took up.
 * A crash between a send and its settling makes a reply come twice: in a conversation that is better than never.
 */
export async function sweepOutbox(
  { store, deliver, log }: SweepDependencies,
  olderThanSeconds = abandonedSeconds,
): Promise<number> {
  const pending = await store.claimPending(olderThanSeconds, batch);
  const waiting = new Set<string>();
  const outcomes: { id: string; outcome: ReplyOutcome }[] = [];
  for (const reply of pending) {
    outcomes.push({ id: reply.id, outcome: await deliverInOrder(reply, waiting, deliver) });
  }
  await store.settle(outcomes);
  if (pending.length > 0) log.info({ replies: pending.length }, 'sent replies that were left behind');
  return pending.length;
}

/** Later replies of a conversation wait with the one that could not be sent yet. */
async function deliverInOrder(
  { conversation, reference, reply }: PendingReply,
  waiting: Set<string>,
  deliver: Deliver,
): Promise<ReplyOutcome> {
  if (waiting.has(conversation)) return { kind: 'later', retryAfterSeconds: 5 };
  const outcome = await deliver(reference, reply);
  if (outcome.kind === 'later') waiting.add(conversation);
  return outcome;
}
