import type { Logger } from 'pino';
import type { Deliver } from './deliver.ts';
import type { PendingReply, ReplyOutcome } from './turn-store.ts';

export type SendDependencies = { readonly deliver: Deliver; readonly log: Pick<Logger, 'warn'> };

/** How the sending of a reply ended, for `TurnStore.settle`. */
export type Settled = { readonly id: string; readonly outcome: ReplyOutcome };

const putBack: ReplyOutcome = { kind: 'later', retryAfterSeconds: 0 };

/** All of `sendEach`, for whoever settles them together. */
export async function sendInOrder(
  deps: SendDependencies,
  replies: readonly PendingReply[],
  stop: AbortSignal,
): Promise<readonly Settled[]> {
  const settled: Settled[] = [];
  for await (const one of sendEach(deps, replies, stop)) settled.push(one);
  return settled;
}

/**
 * Sends one reply after the other; never throws. Behind one that is tried again, the rest of its conversation waits
 * as long, so that nothing overtakes. What is left when `stop` fires is put back for whoever sends next.
 */
export async function* sendEach(
  { deliver, log }: SendDependencies,
  replies: readonly PendingReply[],
  stop: AbortSignal,
): AsyncGenerator<Settled> {
  const waiting = new Map<string, ReplyOutcome>();
  for (const { id, conversation, reference, reply, lasting } of replies) {
    const held = waiting.get(conversation) ?? (stop.aborted ? putBack : null);
    const outcome = held ?? (await deliver(reference, reply));
    if (held === null && outcome.kind !== 'sent') {
      log.warn({ outcome, kind: reply.kind, reply: id }, 'reply not delivered');
    }
    if (outcome.kind === 'later') waiting.set(conversation, outcome);
    if (outcome.kind === 'unknown' && lasting) waiting.set(conversation, putBack);
    yield { id, outcome };
  }
}
