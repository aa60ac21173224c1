import { type Activity, ActivityTypes } from 'botbuilder';
import { isGroup } from './conversation.ts';
import { personIdOf } from './learned.ts';
import type { Turn } from './turn.ts';

/** The turn, with `left` told of everybody who takes the app out of their personal chat. */
export function withRemovals(turn: Turn, left: (personId: string) => Promise<void>): Turn {
  return async (context, onSaved) => {
    const { activity } = context;
    if (!isRemoval(activity)) return turn(context, onSaved);
    if (!isGroup(activity) && activity.from?.id) await left(personIdOf(activity));
    onSaved?.();
  };
}

/** Teams says it by either of the two, or by both. */
function isRemoval({ type, action, membersRemoved, recipient }: Activity): boolean {
  if (type === ActivityTypes.InstallationUpdate) return action?.startsWith('remove') ?? false;
  if (type !== ActivityTypes.ConversationUpdate) return false;
  return membersRemoved?.some(({ id }) => id === recipient?.id) ?? false;
}
