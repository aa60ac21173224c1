import { randomUUID } from 'node:crypto';
import {
  type Activity,
  ActivityTypes,
  type ConversationReference,
  INVOKE_RESPONSE_KEY,
  TurnContext,
} from 'botbuilder';
import type { Logger } from 'pino';
import type { Conduct } from './conduct.ts';
import { conversationKey } from './conversation.ts';
import type { Deliver } from './deliver.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Receive } from './receive.ts';
import type { ReplyOutcome, TurnChange, TurnStore } from './turn-store.ts';

export type TurnDependencies = {
  readonly store: TurnStore;
  /** Fetches what the activity points to; runs once a turn, before anything is decided. */
  readonly receive: Receive;
  /** Decides and words the turn from loaded state; may run several times. */
  readonly conduct: Conduct;
  readonly deliver: Deliver;
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
  if (loaded.seen) return acknowledge(context);
  const received = await deps.receive(context);
  if (received.kind === 'nothing') return;
  acknowledge(context);
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
    if (saved.kind === 'saved') return send(deps, change, saved.replyIds);
    loaded = await deps.store.load(conversation, activityId);
  }
  throw new TurnConflict(
    `Conversation changed ${attempts} times under activity ${activityId}; it was not handled.`,
  );
}

/** An invoke that nobody acknowledges counts as one that the bot does not know. */
function acknowledge({ activity, turnState }: TurnContext): void {
  if (activity.type === ActivityTypes.Invoke) turnState.set(INVOKE_RESPONSE_KEY, { value: { status: 200 } });
}

/** Replies go out in order; after one that must wait, the rest waits too and the sweeper sends them. */
async function send(
  { deliver, store, log }: TurnDependencies,
  { reference, replies, activityId }: TurnChange,
  ids: readonly string[],
): Promise<void> {
  const outcomes: { id: string; outcome: ReplyOutcome }[] = [];
  for (const [index, reply] of replies.entries()) {
    const outcome = await deliver(reference, reply);
    outcomes.push({ id: ids[index] as string, outcome });
    if (outcome.kind !== 'sent') log.warn({ outcome, kind: reply.kind, activityId }, 'reply not delivered');
    if (outcome.kind === 'later') break;
  }
  if (outcomes.length > 0) await store.settle(outcomes);
}

function referenceOf(activity: Activity): Partial<ConversationReference> {
  const { activityId: _, ...reference } = TurnContext.getConversationReference(activity);
  return reference;
}
