import { type Activity, ActivityTypes } from 'botbuilder';
import type { Outgoing, TicketStore } from '../helpdesk/ticket-store.ts';
import { conversationKey } from './conversation.ts';
import type { Turn } from './turn.ts';

export type EditsParts = {
  readonly changeLine: TicketStore['changeLine'];
  /** The line as the helpdesk is to see it; `text` null: the person deleted it. */
  readonly word: (name: string, text: string | null) => string;
  /** What was changed can go out. */
  readonly changed: () => void;
};

/**
 * Lets edits and deletions of the person's messages follow to where their words were relayed. They carry the id of
 * the message that they change, which was handled before, so they never are turns of their own.
 */
export function withEdits(turn: Turn, parts: EditsParts): Turn {
  return async (context, onSaved) => {
    const { activity } = context;
    switch (activity.type) {
      case ActivityTypes.MessageUpdate:
        return follow(parts, activity, activity.text?.trim() ?? '');
      case ActivityTypes.MessageDelete:
        return follow(parts, activity, null);
      default:
        return turn(context, onSaved);
    }
  };
}

async function follow(
  { changeLine, word, changed }: EditsParts,
  activity: Activity,
  text: string | null,
): Promise<void> {
  const source = { conversation: conversationKey(activity), activityId: activity.id ?? '' };
  const shown: Outgoing = {
    type: 'message',
    text: word(activity.from.name ?? '', text),
    textFormat: 'plain',
  };
  if (await changeLine(source, text, shown)) changed();
}
