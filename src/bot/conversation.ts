import type { Activity } from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import { type Case, openCase } from '../domain/case.ts';
import type { PendingPaste } from '../intake/paste.ts';

/** What is kept of a conversation between turns; saved whole with every turn. */
export type Conversation = {
  case: Case | null;
  dialogs: DialogState;
  /** Counts the showings of interactive cards; only the last one can be pressed. */
  serial: number;
  /** Heading of the card on show, for its answered form. */
  shownTitle: string | null;
  pending: PendingPaste | null;
  /** When the person or the app arrived last, ISO; Teams tells twice about one install. */
  arrivedAt: string | null;
};

export function newConversation(): Conversation {
  return {
    case: null,
    dialogs: { dialogStack: [] },
    serial: 0,
    shownTitle: null,
    pending: null,
    arrivedAt: null,
  };
}

/** A conversation as it was saved, perhaps by an older version: what that one did not know begins empty. */
export function readConversation(state: unknown): Conversation {
  const saved = structuredClone(state) as Conversation | null;
  const known = saved?.case ?? null;
  return { ...newConversation(), ...saved, case: known === null ? null : readCase(known) };
}

function readCase(saved: Case): Case {
  const { examined } = saved;
  const isWhole = examined?.diagnosis.provenance !== undefined && examined.excerpt !== undefined;
  return { ...openCase(saved.id, saved.article), ...saved, examined: isWhole ? examined : null };
}

/** In a group everyone has a case of their own, so the key there names the person too. */
export function conversationKey(activity: Activity): string {
  const chat = `${activity.channelId}/${activity.conversation.id}`;
  return isGroup(activity) ? `${chat}/${activity.from.id}` : chat;
}

export function isGroup(activity: Activity): boolean {
  const { conversation } = activity;
  return (
    conversation.isGroup === true || ['channel', 'groupChat'].includes(conversation.conversationType ?? '')
  );
}

/** Files go both ways only in a Teams chat of two. */
export function takesFiles(activity: Activity): boolean {
  return activity.channelId === 'msteams' && !isGroup(activity);
}
