import type { Activity, ConversationReference } from 'botbuilder';
import type { HandoffNews } from '../domain/decision.ts';
import type { Ticket } from '../domain/handoff.ts';
import type { TicketChange } from '../helpdesk/ticket-store.ts';
import type { Learned } from './learned.ts';

/** What the turn needs to know before it runs; one read. */
export type LoadedTurn = {
  /** True when this activity id was handled before: the turn has nothing to do. */
  readonly seen: boolean;
  /** The conversation's state as saved last, null for a new conversation. */
  readonly state: unknown;
  /** Counts the saves of this conversation, 0 for a new one; the next save must name it. */
  readonly version: number;
  /** Activity id of the card that was sent last to this conversation, as far as known. */
  readonly lastCardId: string | null;
  /** The newest tickets that were opened from this conversation, newest first. */
  readonly tickets: readonly Ticket[];
};

export type CaseStatus = 'open' | 'solved' | 'unsolved' | 'cancelled';

export type CaseRow = {
  readonly id: string;
  readonly conversation: string;
  readonly tenantId: string | null;
  /** Channel id of the person (29:…), and their Entra object id where Teams gives it. */
  readonly userId: string;
  readonly userEntraId: string | null;
  readonly status: CaseStatus;
  readonly errorCode: string | null;
  readonly os: string | null;
  readonly article: string;
  /** Where in the conversation the case stands, for reports and for the helpdesk. */
  readonly place: string;
  /** How it is known that it is solved, and what helped, as in `evidence: restart`; free of people's text. */
  readonly outcome: string | null;
};

/** Append-only history of a case: what was said, shown, answered, found. Becomes the transcript. */
export type CaseEvent = {
  readonly caseId: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type ReportRow = {
  readonly id: string;
  readonly caseId: string;
  readonly text: string;
  readonly diagnosis: unknown;
};

/** A code under which a page of the bot's server takes one report for a case. */
export type CheckCodeRow = {
  readonly code: string;
  readonly caseId: string;
  /** ISO, UTC; less than a week ahead, because the inbox that makes a code one-time forgets after that. */
  readonly expiresAt: string;
};

/** A message to send, or a card to edit (`update`; the activity then carries the id to replace). */
export type Reply = { readonly kind: 'send' | 'update'; readonly activity: Partial<Activity> };

/** Everything that a turn changes; saved in one statement or not at all. */
export type TurnChange = {
  /** Key of the conversation: channel id, a slash, conversation id. */
  readonly conversation: string;
  readonly activityId: string;
  readonly expectedVersion: number;
  readonly state: unknown;
  readonly reference: Partial<ConversationReference>;
  readonly replies: readonly Reply[];
  /** The case of this turn, and one that it left behind for a new one. */
  readonly cases: readonly CaseRow[];
  readonly events: readonly CaseEvent[];
  readonly report: ReportRow | null;
  /** Tickets that this turn opens or changes. */
  readonly tickets: readonly TicketChange[];
  /** Codes handed out in this turn. */
  readonly checkCodes: readonly CheckCodeRow[];
  /** Whom the bot may write to, and the PC that they sent a report of; null outside of personal chats. */
  readonly learned: Learned | null;
};

/** `conflict`: somebody saved in between, run the turn again. `duplicate`: this activity was handled. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly replyIds: readonly string[]; readonly earlier: Earlier }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict' };

/**
 * Replies of earlier turns of the conversation, claimed for this turn to send before its own, in this order.
 * `waiting`: some are not due or with somebody else; then the turn's own wait behind them for `claimPending`.
 */
export type Earlier = readonly PendingReply[] | 'waiting';

/**
 * How the sending of a reply ended. `later` is tried again, not before `retryAfterSeconds`; so is `unknown` where the
 * reply is lasting, a few times.
 */
export type ReplyOutcome =
  | { readonly kind: 'sent'; readonly activityId: string | null }
  | { readonly kind: 'later'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** A reply that a crash or a full channel left behind. */
export type PendingReply = {
  readonly id: string;
  readonly conversation: string;
  readonly reference: Partial<ConversationReference>;
  readonly reply: Reply;
  readonly attempts: number;
  /** Words between the person and the helpdesk: twice is better than never. */
  readonly lasting: boolean;
};

/** Something that the helpdesk did to a ticket, and that the dialog of the person has to follow. */
export type PendingNews = {
  readonly ticketId: string;
  /** Of the ticket after it; with its id it names the news. */
  readonly version: number;
  readonly what: HandoffNews;
  readonly reference: Partial<ConversationReference>;
};

export type TurnStore = {
  load(conversation: string, activityId: string): Promise<LoadedTurn>;
  save(change: TurnChange): Promise<SaveOutcome>;
  /** Records how replies ended, in one statement. */
  settle(outcomes: readonly { readonly id: string; readonly outcome: ReplyOutcome }[]): Promise<void>;
  /**
   * Claims replies that are due: saved at least `olderThanSeconds` ago and never settled, or due again.
   * In the order in which each conversation should get them; a claimed reply is not handed out again for 60 s.
   */
  claimPending(olderThanSeconds: number, limit: number): Promise<readonly PendingReply[]>;
};
