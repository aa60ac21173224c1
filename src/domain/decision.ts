import type { Article } from './article.ts';
import type { Case, Doubt, Examined, Place, PlaceName } from './case.ts';
import type { ErrorCode } from './error-code.ts';
import type { HandoffCommand, Ticket } from './handoff.ts';
import type { Os } from './os.ts';
import type { Press, TicketPressName } from './press.ts';
import type { Form, Shared } from './share.ts';
import type { Understanding } from './understanding.ts';
import type { Held } from './walk-on.ts';

/** The articles and error codes that the bot knows. */
export type Knowledge = {
  /** The first article is the one for people who do not know their code. */
  readonly articles: readonly Article[];
  readonly codes: ReadonlyMap<string, ErrorCode>;
};

/** What reached the bot, after the shell has read and checked it. */
export type Input =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'pressed'; readonly press: Press }
  /** A press on a card that is not the one on show any more. */
  | { readonly kind: 'stale' }
  | {
      readonly kind: 'said';
      readonly text: string;
      readonly understanding: Understanding;
      /** As it was written, names and all: for a person at the helpdesk alone, never kept with the case. */
      readonly verbatim: string;
    }
  | {
      readonly kind: 'report';
      readonly examined: Examined;
      readonly doubts: readonly Doubt[];
      /** What was written with the file, verbatim. */
      readonly words?: string;
    }
  /** Part of a report came in by paste and more is to come. */
  | { readonly kind: 'part'; readonly received: number }
  /** A file came in that is no report, or could not be fetched; `problem` is one of the intake's reasons. */
  | { readonly kind: 'no-report'; readonly problem: string; readonly file: BroughtFile | null }
  /** A press on the card of a ticket. `value` is the note or the number of stars. */
  | {
      readonly kind: 'ticket-pressed';
      readonly ticketId: string;
      readonly name: TicketPressName;
      readonly value: string;
    }
  /** The helpdesk did something to a ticket that concerns the dialog; the words for it have gone out. */
  | { readonly kind: 'handoff'; readonly what: HandoffNews };

/** A file as the helpdesk may see it; `text` null: it cannot be passed on. */
export type BroughtFile = { readonly name: string; readonly text: string | null };

export type HandoffNews = 'check-asked' | 'handed-back';

/** Where a conversation stands. */
export type Situation = {
  readonly case: Case;
  /** null before the bot has asked anything. */
  readonly place: Place | null;
  /** Where "back" leads; null at the beginning. */
  readonly before: Place | null;
  /** The newest tickets of the conversation, newest first. */
  readonly tickets: readonly Ticket[];
};

/** Names for new things, made by the shell because the core has no chance in it. */
export type FreshIds = { readonly case: string; readonly ticket: string };

/** What to do with the stack of places. */
export type Move =
  /** The card on show stays the one to answer. */
  | { readonly to: 'stay' }
  /** The card of this place is shown anew. */
  | { readonly to: 'again' }
  | { readonly to: 'forward'; readonly place: Place }
  /** To the place before, leaving out places of the named kinds. */
  | { readonly to: 'back'; readonly past: readonly PlaceName[] }
  /** Everything before is forgotten. */
  | { readonly to: 'start'; readonly place: Place };

/** What the bot says besides the card of the place. */
export type Note =
  | { readonly note: 'greeting' }
  | { readonly note: 'help' }
  | { readonly note: 'status' }
  | { readonly note: 'stale' }
  | { readonly note: 'missed' }
  /** Continue was pressed with nothing chosen. */
  | { readonly note: 'choose-one' }
  | { readonly note: 'missed-twice' }
  | { readonly note: 'nothing-before' }
  | { readonly note: 'started-over' }
  | { readonly note: 'reopened' }
  | { readonly note: 'welcome' }
  | { readonly note: 'did-it-work' }
  | { readonly note: 'how-to-send' }
  /** The report is the last one once more, or older. */
  | { readonly note: 'repeated' }
  /** A step was answered for whose effect a new report would speak. */
  | { readonly note: 'check-to-be-sure' }
  | { readonly note: 'report-kept' }
  | { readonly note: 'report-put-aside' }
  | { readonly note: 'how-to-paste' }
  | { readonly note: 'not-shared' }
  | { readonly note: 'part'; readonly received: number }
  | { readonly note: 'device'; readonly device: string }
  | { readonly note: 'os-from-report'; readonly os: Os }
  | { readonly note: 'skipped'; readonly nodes: readonly string[] }
  | { readonly note: 'held'; readonly steps: readonly Held[] }
  | { readonly note: 'no-report'; readonly problem: string }
  | { readonly note: 'file-offer' }
  | { readonly note: 'remedies' }
  | { readonly note: 'ticket'; readonly ticketId: string }
  /** The agent who has the case already. */
  | { readonly note: 'with-person'; readonly by: string }
  | { readonly note: 'with-bot' }
  | { readonly note: 'no-ticket' }
  | { readonly note: 'withdrawn'; readonly ticketId: string }
  | { readonly note: 'ticket-kept'; readonly ticketId: string }
  | { readonly note: 'ticket-reopened'; readonly ticketId: string }
  | { readonly note: 'ticket-confirmed'; readonly ticketId: string }
  | { readonly note: 'note-passed-on' }
  | { readonly note: 'rated' }
  | { readonly note: 'ticket-changed' }
  | { readonly note: 'report-passed-on' }
  | { readonly note: 'file-name-passed-on' };

/** What the answered form of the card says that the person answered. */
export type Answered =
  | { readonly by: 'press'; readonly press: Press }
  | { readonly by: 'code'; readonly code: string }
  | { readonly by: 'os'; readonly os: Os }
  | { readonly by: 'option'; readonly node: string; readonly option: string }
  | { readonly by: 'words' }
  | { readonly by: 'report' };

/** A ticket to open, with all that the person agreed to share. */
export type NewTicket = Omit<Form, 'note'> & { readonly id: string; readonly shared: Shared };

/** What a turn does to a ticket that is there. */
export type TicketAct = { readonly ticketId: string; readonly command: HandoffCommand };

export type DecidedEvent = { readonly kind: string; readonly data: Readonly<Record<string, unknown>> };

export type Decision = {
  readonly case: Case;
  readonly move: Move;
  readonly notes: readonly Note[];
  /** How the card that was on show is marked; null leaves it as it is. */
  readonly answered: Answered | null;
  readonly ticket: NewTicket | null;
  readonly acts: readonly TicketAct[];
  readonly events: readonly DecidedEvent[];
};

/** A decision in which everything that is not named stays as it is. */
export function decision(
  current: Case,
  changes: Partial<Omit<Decision, 'case'>> & { readonly move: Move },
): Decision {
  return { case: current, notes: [], answered: null, ticket: null, acts: [], events: [], ...changes };
}

/** Shows the place anew, or the first question where there is no place yet. */
export function showAgain({ place }: Situation): Move {
  return place === null ? { to: 'start', place: { at: 'code' } } : { to: 'again' };
}
