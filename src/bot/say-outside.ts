import { type Activity, type ConversationReference, TurnContext } from 'botbuilder';
import type { Deliver } from './deliver.ts';
import type { ReplyOutcome } from './turn-store.ts';

/** Where the activity came from, to answer there at any time. */
export function referenceOf(activity: Activity): Partial<ConversationReference> {
  const { activityId: _, ...reference } = TurnContext.getConversationReference(activity);
  return reference;
}

/** Says something where no turn can: nothing of it is kept, so it comes at most once. Never throws. */
export function sayOutside(deliver: Deliver, to: Activity, text: string): Promise<ReplyOutcome> {
  return deliver(referenceOf(to), { kind: 'send', activity: { type: 'message', text, textFormat: 'plain' } });
}
