import type { Activity, Attachment, TurnContext } from 'botbuilder';
import type { Card } from '../cards/card.ts';
import type { Case } from '../domain/case.ts';
import { withCheckCode } from '../domain/check-code.ts';
import type { FreshIds, Input, NewTicket, TicketAct } from '../domain/decision.ts';
import type { Ticket } from '../domain/handoff.ts';
import type { Binding } from '../domain/press.ts';
import type { QueueNow } from '../domain/queue-now.ts';
import type { Binder } from './binding.ts';
import type { Conversation } from './conversation.ts';
import type { CaseEvent, CheckCodeRow, Reply } from './turn-store.ts';

/** What a turn is about to save and say. The dialogs write into it; nothing leaves before it is saved. */
export type Draft = {
  readonly key: string;
  readonly conversation: Conversation;
  readonly input: Input;
  readonly ids: FreshIds & { readonly checkCode: string };
  readonly now: Date;
  readonly binder: Binder;
  /** Activity id of the card that is on show when the turn begins, where it is known. */
  readonly cardOnShow: string | null;
  /** True in channels and group chats. */
  readonly group: boolean;
  /** True where the channel can send a file to the person: Teams, one to one. */
  readonly takesFiles: boolean;
  readonly replies: Reply[];
  readonly events: CaseEvent[];
  readonly checkCodes: CheckCodeRow[];
  /** The newest tickets of the conversation, as they were when the turn began. */
  readonly tickets: readonly Ticket[];
  /** How the helpdesk's queue stands; null where tickets reach nobody by themselves. */
  readonly queue: QueueNow | null;
  /** Where the person is, IANA. */
  readonly timeZone: string | null;
  opened: NewTicket | null;
  acts: readonly TicketAct[];
};

const draftKey = Symbol('draft');

export function putDraft(context: TurnContext, draft: Draft): void {
  context.turnState.set(draftKey, draft);
}

export function draftOf(context: TurnContext): Draft {
  return context.turnState.get<Draft>(draftKey);
}

export function caseOf(draft: Draft): Case {
  if (draft.conversation.case === null) throw new Error('A turn began without a case.');
  return draft.conversation.case;
}

/** The code under which the case's next report comes in by the web; a new one where the old one ends soon. */
export function checkCodeFor(draft: Draft): string {
  const { case: current, handedOut } = withCheckCode(caseOf(draft), draft.ids.checkCode, draft.now);
  draft.conversation.case = current;
  if (handedOut !== null) draft.checkCodes.push(handedOut);
  return current.checkCodes.at(-1) ?? draft.ids.checkCode;
}

export function say(draft: Draft, text: string): void {
  draft.replies.push({ kind: 'send', activity: { type: 'message', text, textFormat: 'plain' } });
  remember(draft, text);
}

/** Shows a card that has no buttons. */
export function show(draft: Draft, card: Card): void {
  draft.replies.push({ kind: 'send', activity: messageWith(card, card.title) });
  remember(draft, card.title);
}

/** Shows a card that waits for an answer; from here on it is the only one that can be pressed. */
export function showAndWait(draft: Draft, draw: (binding: Binding) => Card): void {
  const { conversation, key } = draft;
  conversation.serial += 1;
  const card = draw(
    draft.binder.sign({ conversation: key, caseId: caseOf(draft).id, serial: conversation.serial }),
  );
  conversation.shownTitle = card.title;
  show(draft, card);
}

export function attach(draft: Draft, attachment: Attachment): void {
  draft.replies.push({ kind: 'send', activity: { type: 'message', attachments: [attachment] } });
}

/** Replaces a card that was sent before. */
export function edit(draft: Draft, activityId: string, card: Card): void {
  draft.replies.push({ kind: 'update', activity: { ...messageWith(card, card.title), id: activityId } });
}

export function record(draft: Draft, kind: string, data: CaseEvent['data']): void {
  draft.events.push({ caseId: caseOf(draft).id, kind, data });
}

function remember(draft: Draft, text: string): void {
  record(draft, 'said-by-bot', { text });
}

function messageWith(card: Card, summary: string): Partial<Activity> {
  const { contentType, content } = card;
  return { type: 'message', summary, attachments: [{ contentType, content }] };
}
