import { randomUUID } from 'node:crypto';
import { ActivityTypes, INVOKE_RESPONSE_KEY, type TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Conduct } from './conduct.ts';
import { conversationKey } from './conversation.ts';
import type { Deliver } from './deliver.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Receive } from './receive.ts';
import { referenceOf } from './say-outside.ts';
import { sendInOrder } from './send-in-order.ts';
import type { PendingReply, SaveOutcome, TurnChange, TurnStore } from './turn-store.ts';

export type TurnDependencies = {
  readonly store: TurnStore;
  /** Fetches what the activity points to; runs once a turn, before anything is decided. */
  readonly receive: Receive;
  /** Decides and words the turn from loaded state; may run several times. */
  readonly conduct: Conduct;
  readonly deliver: Deliver;
  readonly log: Logger;
};

/** Handles an activity; `onSaved` hears the moment from which a crash loses nothing of it. */
export type Turn = (context: TurnContext, onSaved?: () => void) => Promise<void>;

/** Somebody else kept saving the same conversation; the activity has failed. */
export class TurnConflict extends Error {
  readonly code = 'turn-conflict';
}

const attempts = 5;
/** Milliseconds. The sweeper takes a reply for abandoned after 30 s; by then it must be settled. */
const sendWithin = 18_000;

/**
 * A turn is a transaction: one read, a decision on loaded state, one write, and only then replies go out.
 * An activity that was handled before has no effect.
 */
export function createTurn(deps: TurnDependencies): Turn {
  const queue = createKeyedQueue();
  return (context, onSaved = () => undefined) => {
    const key = conversationKey(context.activity);
    return queue.run(key, () => takeTurn(deps, context, key, onSaved));
  };
}

async function takeTurn(
  deps: TurnDependencies,
  context: TurnContext,
  conversation: string,
  onSaved: () => void,
): Promise<void> {
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
    if (saved.kind === 'saved') {
      onSaved();
      return send(deps, change, saved);
    }
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

/** Nothing overtakes: earlier replies of the conversation go first, and where they must wait, these wait too. */
async function send(
  { deliver, store, log }: TurnDependencies,
  { conversation, reference, replies }: TurnChange,
  { replyIds, earlier }: Extract<SaveOutcome, { kind: 'saved' }>,
): Promise<void> {
  if (earlier === 'waiting') return;
  const own = replies.map((reply, index): PendingReply => {
    return { id: replyIds[index] as string, conversation, reference, reply, attempts: 0, lasting: false };
  });
  const settled = await sendInOrder({ deliver, log }, [...earlier, ...own], AbortSignal.timeout(sendWithin));
  // The turn is saved and said: a failure here must not tell the person otherwise.
  await store.settle(settled).catch((error: unknown) => log.error({ err: error }, 'replies not settled'));
}
