import type { Activity, ConversationReference } from 'botbuilder';
import type { Reply, ReplyOutcome } from './turn-store.ts';

/** Sends or edits one message; never throws. */
export type Deliver = (reference: Partial<ConversationReference>, reply: Reply) => Promise<ReplyOutcome>;

type Send = (reference: Partial<ConversationReference>, activity: Partial<Activity>) => Promise<ReplyOutcome>;

export function createDeliver(to: { readonly sendActivity: Send; readonly updateActivity: Send }): Deliver {
  return (reference, { kind, activity }) =>
    kind === 'update' ? to.updateActivity(reference, activity) : to.sendActivity(reference, activity);
}
