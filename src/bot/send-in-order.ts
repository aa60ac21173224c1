import type { Logger } from 'pino';
import type { Deliver } from './deliver.ts';
import type { PendingReply, ReplyOutcome } from './turn-store.ts';

export type SendDependencies = { readonly deliver: Deliver; readonly log: Pick<Logger, 'warn'> };

/** How the sending of a reply ended, for `TurnStore.settle`. */
export type Settled = { readonly id: string; readonly outcome: ReplyOutcome };

const putBack: ReplyOutcome = { kind: 'later', retryAfterSeconds: 0 };

/**
 * Sends one reply after the other; never throws. Behind one that must wait, the rest of its conversation waits as
 * long, so that nothing overtakes. What is left when `stop` fires is put back for whoever sends next.
 */
export async function sendInOrder(
  { deliver, log }: SendDependencies,
  replies: readonly PendingReply[],
  stop: AbortSignal,
): Promise<readonly Settled[]> {
  const waiting = new Map<string, ReplyOutcome>();
  const settled: Settled[] = [];
  for (const { id, conversation, reference, reply } of replies) {
    const held = waiting.get(conversation) ?? (stop.aborted ? putBack : null);
    const outcome = held ?? (await deliver(reference, reply));
    if (held === null && outcome.kind !== 'sent') {
      log.warn({ outcome, kind: reply.kind, reply: id }, 'reply not delivered');
    }
    if (outcome.kind === 'later') waiting.set(conversation, outcome);
    settled.push({ id, outcome });
  }
  return settled;
}
