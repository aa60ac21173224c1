import type { TicketState, Urgency } from '../domain/handoff.ts';

/**
 * Another helpdesk system in which tickets appear as well. A new one is one file in connectors/ that makes a
 * HelpdeskConnector; test/helpdesk/connector-contract.ts says what it must do.
 */
export type HelpdeskConnector = {
  /** Short and stable: it stands in the database, in settings and in addresses. */
  readonly name: string;
  /**
   * Brings one event over. An event may come again, after a failure or a crash that nobody can tell apart from
   * one: the connector looks for `event.id` (or the ticket's id) over there before it creates anything.
   * Never throws. `remote` is what an earlier event of the ticket came back with.
   */
  deliver(event: ConnectorEvent, remote: RemoteTicket | null): Promise<Delivery>;
  /** Asks for news since `cursor` (null at first); null where the other side calls in by itself. */
  readonly poll: ((cursor: string | null) => Promise<Poll>) | null;
  /** Reads and verifies a call of the other side; null where it makes none. */
  readonly receive: ((call: InboundCall) => Promise<Inbound>) | null;
  /** Whether the other side can be reached and lets us in, without changing anything there. */
  check(): Promise<ConnectorHealth>;
};

/** What happened to a ticket, for other systems. */
export type ConnectorEvent = {
  /** Unique for ever; the same event keeps it. */
  readonly id: string;
  /** ISO, UTC. */
  readonly at: string;
  readonly ticket: TicketSnapshot;
  readonly what:
    | { readonly kind: 'opened' }
    | { readonly kind: 'status' }
    /** `from` says on which side the speaker is. Internal notes of the helpdesk are never events. */
    | {
        readonly kind: 'line';
        readonly from: 'person' | 'helpdesk';
        readonly by: string;
        readonly text: string;
      }
    | { readonly kind: 'file'; readonly file: ConnectorFile };
};

/** An event as it is kept. A transcript becomes a file when it is brought over, and says what is known then. */
export type StoredEvent = Omit<ConnectorEvent, 'what'> & {
  readonly what: ConnectorEvent['what'] | { readonly kind: 'transcript' };
};

/** The ticket as it was when the event happened. */
export type TicketSnapshot = {
  readonly id: string;
  readonly state: TicketState;
  readonly urgency: Urgency;
  /** One line, such as `OneDrive 0x8004de40 on Windows 10: only retired cipher suites are left`. */
  readonly title: string;
  /** Everything that the person agreed to share, as plain text. */
  readonly description: string;
  readonly person: {
    readonly name: string;
    /** How they want to be reached, in their words; empty when they did not say. */
    readonly contact: string;
  };
  readonly agent: string | null;
};

export type ConnectorFile = {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
};

/** The ticket over there. */
export type RemoteTicket = {
  readonly id: string;
  /** Where people open it; null when there is no such page. */
  readonly url: string | null;
};

/** How bringing an event over ended. Reasons are codes and words of the transport, without people's text. */
export type Delivery =
  | { readonly kind: 'done'; readonly remote: RemoteTicket }
  /** Nothing happened over there; try again, not before `retryAfterSeconds` where the other side said so. */
  | { readonly kind: 'later'; readonly retryAfterSeconds: number | null; readonly reason: string }
  /** It may have happened; the next try looks first. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Trying again is of no use until somebody mends something: it goes to the dead letters. */
  | { readonly kind: 'refused'; readonly reason: string };

/** News of a ticket from the other side. `id` is unique over there, so that the same news has one effect. */
export type News = {
  readonly id: string;
  /** Our ticket's id where the other side kept it, else the remote id is looked up. */
  readonly ticketId: string | null;
  readonly remoteId: string;
  readonly by: string;
  readonly what:
    | { readonly kind: 'comment'; readonly text: string }
    | { readonly kind: 'taken' }
    | { readonly kind: 'waiting' }
    | { readonly kind: 'solved'; readonly text: string }
    | { readonly kind: 'rejected'; readonly text: string };
};

export type Poll =
  /** `cursor` is where the next poll goes on, saved with the news. */
  | { readonly kind: 'news'; readonly news: readonly News[]; readonly cursor: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** A call as it came in; the body is the exact bytes, because signatures are over bytes. */
export type InboundCall = {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
};

export type Inbound =
  | { readonly kind: 'news'; readonly news: readonly News[] }
  /** The signature, its age or its form is wrong; the answer says no more than that. */
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly reason: string };

export type ConnectorHealth =
  | { readonly kind: 'well' }
  | { readonly kind: 'unwell'; readonly reason: string };
