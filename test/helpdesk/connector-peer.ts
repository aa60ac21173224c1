import type {
  ConnectorEvent,
  HelpdeskConnector,
  InboundCall,
  TicketSnapshot,
} from '../../src/helpdesk/connector.ts';

/**
 * What goes wrong on the way to the other side. It strikes requests that write there; looking still works, but
 * for `no-connection` and `locked-out`.
 */
export type Fault =
  /** Nothing listens there. */
  | 'no-connection'
  /** The request is swallowed and nothing happens; no answer before the connector's time-out. */
  | 'lost-request'
  /** It is done, and the answer never comes. */
  | 'lost-answer'
  /** Nothing was done; 429 with the peer's `retryAfterSeconds`, or what its protocol has for that. */
  | 'busy'
  /** 500, or what its protocol has for that, before anything was done. */
  | 'broken'
  /** The connector's credentials do not count any more. */
  | 'locked-out'
  /** This will never be taken: an unknown queue, a malformed address, a ticket type that is not allowed. */
  | 'refusal';

/**
 * What another system may lack: `missing-tickets`, where a remote id is a mere name that it cannot miss; notes among
 * its own people; a way to say that a ticket is solved; being asked for news instead of calling.
 */
export type Lack = 'missing-tickets' | 'internal-notes' | 'solving' | 'polling';

export type PeerTicket = {
  readonly id: string;
  readonly title: string;
  /** Everything that was written into it when it was created. */
  readonly description: string;
  /** The peer's own status, by what it means: `done` is solved, closed, withdrawn or rejected. */
  readonly stage: 'open' | 'waiting' | 'done';
  /** Public, in order, with whatever the connector puts around the words. */
  readonly comments: readonly string[];
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[];
};

/** The other side, real or a fake that keeps state, with a connector that speaks to it. */
export type Peer = {
  /** Gives up a request after a second at most, so that tests stay quick. */
  readonly connector: HelpdeskConnector;
  /** None of them may ever stand in a reason. */
  readonly secrets: readonly string[];
  /** What the peer asks for when it is busy; null where its protocol has no such word. */
  readonly retryAfterSeconds: number | null;
  /** All tickets that are there, as its people see them. */
  tickets(): Promise<readonly PeerTicket[]>;
  /** From now on; null mends it. */
  setFault(fault: Fault | null): Promise<void>;
  /** One of its people answers in public. */
  comment(remoteId: string, by: string, text: string): Promise<void>;
  /** An internal note; null where there is no such thing. */
  readonly note: ((remoteId: string, by: string, text: string) => Promise<void>) | null;
  /** Null where its people have no such act. */
  readonly solve: ((remoteId: string, by: string) => Promise<void>) | null;
  /** Calls that it made and that the connector has not received yet, for connectors that do not poll. */
  calls(): Promise<readonly InboundCall[]>;
  close(): Promise<void>;
};

export const words = {
  title: 'OneDrive 0x8004de40 on Windows 10: only retired suites',
  description: 'It began on Monday.\nThe report says: TLS 1.2 is off – für alle.',
  lines: ['The printer works, though.', 'Shall I restart?', 'I did: no change <b>at all</b>.'],
} as const;

const snapshot: TicketSnapshot = {
  id: 'HS-41',
  state: 'queued',
  urgency: 'high',
  title: words.title,
  description: words.description,
  person: { name: 'Ada Example', contact: 'by phone, extension 214' },
  agent: null,
};

/** The `place`-th event of a ticket. */
export function eventOf(
  place: number,
  what: ConnectorEvent['what'],
  ticket: Partial<TicketSnapshot> = {},
): ConnectorEvent {
  const about = { ...snapshot, ...ticket };
  return { id: `${about.id}/${place}/1`, at: '2026-11-24T09:30:00.000Z', ticket: about, what };
}

export const opened = (ticket: Partial<TicketSnapshot> = {}) => eventOf(0, { kind: 'opened' }, ticket);

export const lineOf = (place: number, text: string, ticket: Partial<TicketSnapshot> = {}) =>
  eventOf(place, { kind: 'line', from: 'person', by: 'Ada Example', text }, ticket);

export const statusOf = (place: number, state: TicketSnapshot['state']) =>
  eventOf(place, { kind: 'status' }, { state, agent: state === 'queued' ? null : 'Grace Example' });

export const report = {
  name: 'report-redacted.txt',
  contentType: 'text/plain; charset=utf-8',
  content: new TextEncoder().encode('handshake-report 1\r\nsuites = none – keine\r\n'),
};
