/** An agent of the helpdesk. `id` is their Entra object id where the channel gives it, else its own id for them. */
export type Agent = { readonly id: string; readonly name: string };

/**
 * Where a ticket stands. Who speaks to the person follows from this alone (`speakerOf`), and so does what may
 * happen next (`handOff`).
 */
export type TicketStatus =
  /** Saved, and not yet in front of the helpdesk. */
  | { readonly at: 'new' }
  | { readonly at: 'queued' }
  | { readonly at: 'assigned'; readonly agent: Agent }
  | { readonly at: 'waiting-for-user'; readonly agent: Agent }
  | { readonly at: 'solved'; readonly agent: Agent }
  | { readonly at: 'closed'; readonly how: Closing }
  | { readonly at: 'withdrawn' };

export type TicketState = TicketStatus['at'];

export const ticketStates: readonly TicketState[] = [
  'new',
  'queued',
  'assigned',
  'waiting-for-user',
  'solved',
  'closed',
  'withdrawn',
];

/** `confirmed`: by the person; `kept-quiet`: nobody answered for so long that it counts as done. */
export type Closing = 'confirmed' | 'kept-quiet' | 'handed-back' | 'rejected';

export const urgencies = ['low', 'normal', 'high'] as const;
export type Urgency = (typeof urgencies)[number];

export type Ticket = {
  readonly id: string;
  readonly caseId: string;
  /** Counts the changes, 0 before the first; a change must name the one that it saw. */
  readonly version: number;
  readonly status: TicketStatus;
  readonly urgency: Urgency;
  /** ISO, UTC. */
  readonly openedAt: string;
  /** When the status became what it is. */
  readonly since: string;
  /** When somebody was told that it waits too long in this status; null when nobody was. */
  readonly remindedAt: string | null;
  /** 1 to 5, null while not rated. */
  readonly rating: number | null;
  /** The ticket that stands for many with the same cause; null when there is none. */
  readonly parentId: string | null;
};

/** What somebody does to a ticket. */
export type HandoffCommand =
  // The bot and the clock
  | { readonly do: 'post' }
  | { readonly do: 'remind' }
  | { readonly do: 'close-quiet' }
  | { readonly do: 'link'; readonly parentId: string }
  /** The bot has learned more of the case: steps tried, a new report. */
  | { readonly do: 'update' }
  // An agent
  | { readonly do: 'take'; readonly by: Agent }
  | { readonly do: 'assign'; readonly by: Agent; readonly to: Agent }
  | { readonly do: 'reply'; readonly by: Agent; readonly text: string }
  /** Stays inside the helpdesk. */
  | { readonly do: 'note'; readonly by: Agent; readonly text: string }
  | { readonly do: 'ask'; readonly by: Agent; readonly text: string }
  | { readonly do: 'ask-check'; readonly by: Agent }
  | { readonly do: 'solve'; readonly by: Agent; readonly text: string }
  | { readonly do: 'hand-back'; readonly by: Agent; readonly text: string }
  | { readonly do: 'reject'; readonly by: Agent; readonly text: string }
  // The person
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'report'; readonly verdict: string }
  | { readonly do: 'confirm' }
  | { readonly do: 'withdraw' }
  | { readonly do: 'reopen' }
  | { readonly do: 'rate'; readonly stars: number };

/**
 * What follows from a change, to be told to the person or shown in the ticket's thread. The two cards of the
 * ticket are brought up to date after every change anyway and are not listed.
 */
export type HandoffEffect =
  | {
      readonly tell: 'person' | 'helpdesk';
      readonly what: 'line';
      readonly by: string;
      readonly text: string;
    }
  | {
      readonly tell: 'person';
      readonly what: 'taken' | 'passed-on' | 'check-asked' | 'solved' | 'handed-back' | 'rejected';
      readonly by: string;
      readonly text: string;
    }
  | {
      readonly tell: 'person' | 'helpdesk';
      readonly what: 'still-queued' | 'still-assigned' | 'still-waiting' | 'closed-quiet';
    }
  | { readonly tell: 'helpdesk'; readonly what: 'confirmed' | 'withdrawn' | 'reopened' }
  | { readonly tell: 'helpdesk'; readonly what: 'rated'; readonly stars: number }
  | { readonly tell: 'helpdesk'; readonly what: 'report'; readonly verdict: string };

/** Why a command does not apply; `by` names the agent who has the ticket. */
export type Refusal =
  | { readonly why: 'taken'; readonly by: Agent }
  | { readonly why: 'over' | 'not-over' | 'out-of-place' | 'bad-rating' };

export type HandoffOutcome =
  | { readonly kind: 'changed'; readonly ticket: Ticket; readonly effects: readonly HandoffEffect[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function openTicket(about: Pick<Ticket, 'id' | 'caseId' | 'urgency'>, now: string): Ticket {
  return {
    ...about,
    version: 0,
    status: { at: 'new' },
    openedAt: now,
    since: now,
    remindedAt: null,
    rating: null,
    parentId: null,
  };
}

/** While a person has the case, the bot is silent but for its commands. */
export function speakerOf({ status }: Pick<Ticket, 'status'>): 'bot' | 'person' {
  return status.at === 'assigned' || status.at === 'waiting-for-user' ? 'person' : 'bot';
}

/** Nothing more is expected of the helpdesk. */
export function isOver({ status }: Pick<Ticket, 'status'>): boolean {
  return status.at === 'closed' || status.at === 'withdrawn';
}

export function ownerOf({ status }: Pick<Ticket, 'status'>): Agent | null {
  return 'agent' in status ? status.agent : null;
}
