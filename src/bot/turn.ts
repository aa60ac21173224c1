import { randomUUID } from 'node:crypto';
import type { Activity, ConversationReference } from 'botbuilder';
import { type CloudAdapter, TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Conduct } from './conduct.ts';
import { conversationKey } from './conversation.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { outcomeOf } from './outcome.ts';
import type { Receive } from './receive.ts';
import type { Reply, ReplyOutcome, TurnChange, TurnStore } from './turn-store.ts';

export type TurnDependencies = {
  readonly store: TurnStore;
  /** Fetches what the activity points to; runs once a turn, before anything is decided. */
  readonly receive: Receive;
  /** Decides and words the turn from loaded state; may run several times. */
  readonly conduct: Conduct;
  readonly log: Logger;
};

/** Somebody else kept saving the same conversation; the activity is reported as failed and comes again. */
export class TurnConflict extends Error {
  readonly code = 'turn-conflict';
}

const attempts = 5;

/**
 * A turn is a transaction: one read, a decision on loaded state, one write, and only then replies go out.
 * An activity that was handled before has no effect.
 */
export function createTurn(deps: TurnDependencies): (context: TurnContext) => Promise<void> {
  const queue = createKeyedQueue();
  return (context) => {
    const key = conversationKey(context.activity);
    return queue.run(key, () => takeTurn(deps, context, key));
  };
}

async function takeTurn(deps: TurnDependencies, context: TurnContext, conversation: string): Promise<void> {
  const activityId = context.activity.id ?? randomUUID();
  let loaded = await deps.store.load(conversation, activityId);
  if (loaded.seen) return;
  const received = await deps.receive(context);
  if (received.kind === 'nothing') return;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const conducted = await deps.conduct(context, conversation, received, loaded);
    const change: TurnChange = {
      ...conducted,
      conversation,
      activityId,
      expectedVersion: loaded.version,
      reference: referenceOf(context.activity),
    };
    const saved = await deps.store.save(change);
    if (saved.kind === 'duplicate') return;
    if (saved.kind === 'saved') return send(deps, context, conducted.replies, saved.replyIds);
    loaded = await deps.store.load(conversation, activityId);
  }
  throw new TurnConflict(
    `Conversation changed ${attempts} times under activity ${activityId}; it was not handled.`,
  );
}

/** Replies go out in order; after one that must wait, the rest waits too and the sweeper sends them. */
async function send(
  deps: TurnDependencies,
  context: TurnContext,
  replies: readonly Reply[],
  ids: readonly string[],
): Promise<void> {
  const outcomes: { id: string; outcome: ReplyOutcome }[] = [];
  for (const [index, reply] of replies.entries()) {
    const outcome = await sendOne(context, reply);
    outcomes.push({ id: ids[index] as string, outcome });
    if (outcome.kind !== 'sent') deps.log.warn({ outcome, kind: reply.kind }, 'reply not delivered');
    if (outcome.kind === 'later') break;
  }
  if (outcomes.length > 0) await deps.store.settle(outcomes);
}

async function sendOne(context: TurnContext, { kind, activity }: Reply): Promise<ReplyOutcome> {
  const adapter = context.adapter as CloudAdapter;
  const addressed = TurnContext.applyConversationReference({ ...activity }, referenceOf(context.activity));
  try {
    if (kind === 'update') {
      await adapter.updateActivity(context, { ...addressed, id: activity.id } as Activity);
      return { kind: 'sent', activityId: activity.id ?? null };
    }
    const [response] = await adapter.sendActivities(context, [
      { ...addressed, replyToId: undefined } as Activity,
    ]);
    return { kind: 'sent', activityId: response?.id ?? null };
  } catch (error) {
    return outcomeOf(error);
  }
}

function referenceOf(activity: Activity): Partial<ConversationReference> {
  const { activityId: _, ...reference } = TurnContext.getConversationReference(activity);
  return reference;
}
