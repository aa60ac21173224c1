import type { HandoffCommand, Ticket, TicketState } from '../domain/handoff.ts';
import type { Shared } from '../domain/share.ts';
import type { RemoteTicket, StoredEvent } from './connector.ts';

/** Who did something to a ticket. `id` is an Entra object id, a channel id or a name in another system. */
export type Actor = {
  readonly side: 'person' | 'helpdesk' | 'bot' | 'connector';
  readonly id: string;
  readonly name: string;
};

/** What is known of a ticket. Its person and the form never change; the case behind it goes on. */
export type TicketDetails = {
  /** Key of the person's conversation. */
  readonly conversation: string;
  readonly person: {
    readonly name: string;
    readonly userId: string;
    readonly entraId: string | null;
    /** BCP 47, such as `de-CH`; null where the channel does not say. */
    readonly locale: string | null;
    /** IANA, such as `Europe/Zurich`. */
    readonly timeZone: string | null;
  };
  /** One line: the trouble. */
  readonly title: string;
  readonly contact: string;
  readonly bestTime: string;
  /** Id of the article that the steps in `shared` belong to. */
  readonly article: string;
  /** Everything that the person agreed to share, as the case stands now. */
  readonly shared: Shared;
};

/** An activity to send; a plain object here, because Bot Framework stays in src/bot. */
export type Outgoing = Readonly<Record<string, unknown>>;

export type TicketMessage = {
  /** `thread` is the ticket's own thread in the helpdesk's channel, once it exists. */
  readonly to: 'person' | 'thread';
  readonly activity: Outgoing;
  /** The words of one side that this message carries to the other, so that an edit can follow them. */
  readonly line: { readonly id: string; readonly by: Actor; readonly text: string } | null;
};

/** Everything that one change of a ticket brings; saved whole or not at all. */
export type TicketChange = {
  /** The ticket after the change. Version 0 opens it; any other must follow the version that is stored. */
  readonly ticket: Ticket;
  /** With the change that opens it, and where the case has gone on since; else null. */
  readonly details: TicketDetails | null;
  /** For the audit trail. */
  readonly command: HandoffCommand['do'] | 'open';
  readonly by: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  readonly messages: readonly TicketMessage[];
  /** What other systems are told; ids are given when it is saved. */
  readonly events: readonly Omit<StoredEvent, 'id' | 'at'>[];
  /** Names of the connectors that are switched on. */
  readonly connectors: readonly string[];
  /** The message or news that it comes from: the same one has one effect. Null for the clock. */
  readonly source: Source | null;
};

export type Source = { readonly conversation: string; readonly activityId: string };

/** `conflict`: somebody changed the ticket in between. `duplicate`: this source was handled. */
export type SavedTicket = 'saved' | 'conflict' | 'duplicate';

export type StoredTicket = {
  readonly ticket: Ticket;
  readonly details: TicketDetails;
  /** Activity id of the root card, which names the thread; null while there is none. */
  readonly rootId: string | null;
  /** Activity id of the card that shows the person how it stands. */
  readonly cardId: string | null;
};

/** A ticket whose cards show an older version than its own, claimed for bringing them up to date. */
export type OutdatedCards = StoredTicket & {
  /** Conversation reference of the person. */
  readonly reference: Outgoing;
  readonly rootVersion: number;
  readonly cardVersion: number;
  readonly attempts: number;
  /** The try before this one may have gone out: a time-out, or a crash on the way. */
  readonly doubtful: boolean;
};

/** What became of the two cards of a ticket; left out is unchanged. */
export type CardsOutcome = {
  readonly ticketId: string;
  readonly root?: { readonly id: string; readonly version: number };
  /** Reference of the ticket's thread, when it was opened just now. */
  readonly thread?: Outgoing;
  readonly card?: { readonly id: string; readonly version: number };
  /** Try the rest again, not before that. */
  readonly retryAfterSeconds?: number;
  /** Begins with `unknown` where the try may have gone out. */
  readonly reason?: string;
};

export type TicketFilter = {
  readonly states?: readonly TicketState[];
  /** Entra or channel id of an agent. */
  readonly agentId?: string;
  readonly userId?: string;
  readonly limit: number;
};

export type TicketEntry = {
  readonly command: TicketChange['command'];
  readonly by: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

export type TicketLine = {
  readonly id: string;
  readonly by: Actor;
  readonly text: string;
  readonly at: Date;
  readonly deleted: boolean;
};

export type TicketStore = {
  load(id: string): Promise<StoredTicket | null>;
  /** The ticket whose thread has this root activity. */
  findByRoot(rootId: string): Promise<StoredTicket | null>;
  list(filter: TicketFilter): Promise<readonly StoredTicket[]>;
  save(change: TicketChange): Promise<SavedTicket>;
  history(id: string): Promise<readonly TicketEntry[]>;
  lines(id: string): Promise<readonly TicketLine[]>;
  /**
   * Carries an edit (or, with null, a deletion) of the words that `source` brought to where they were relayed.
   * False when no line came from there.
   */
  changeLine(source: Source, text: string | null, activity: Outgoing): Promise<boolean>;
  claimCards(limit: number): Promise<readonly OutdatedCards[]>;
  settleCards(outcomes: readonly CardsOutcome[]): Promise<void>;
};

/** An event on its way to another system. */
export type PendingDelivery = {
  readonly event: StoredEvent;
  readonly remote: RemoteTicket | null;
  readonly attempts: number;
};

export type DeliveryOutcome =
  | { readonly kind: 'done'; readonly remote: RemoteTicket }
  | { readonly kind: 'later'; readonly afterSeconds: number; readonly reason: string }
  | { readonly kind: 'dead'; readonly reason: string };

export type DeadLetter = {
  readonly eventId: string;
  readonly connector: string;
  readonly ticketId: string;
  readonly kind: StoredEvent['what']['kind'];
  readonly attempts: number;
  readonly reason: string;
  readonly at: Date;
};

/** What connectors keep. Events of one ticket go to one connector in order, one at a time. */
export type DeliveryStore = {
  /** Claims events that are due for the connector; each is handed out again after 120 s if nobody settles it. */
  claim(connector: string, limit: number): Promise<readonly PendingDelivery[]>;
  settle(connector: string, eventId: string, outcome: DeliveryOutcome): Promise<void>;
  /** Our ticket behind a remote one; null when it is not ours. */
  findTicket(connector: string, remoteId: string): Promise<string | null>;
  cursor(connector: string): Promise<string | null>;
  saveCursor(connector: string, cursor: string): Promise<void>;
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;
  /** Gives a dead letter another chance, and what waits behind it. False when there is none of that id. */
  revive(connector: string, eventId: string): Promise<boolean>;
};
