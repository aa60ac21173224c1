import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { CaseStatus } from '../bot/turn-store.ts';
import type { Ticket } from '../domain/handoff.ts';
import type { DeliveryState, Notice, NoticeActor } from '../domain/notice.ts';
import type { TlsProfile } from '../domain/tls-profile.ts';
import type { StoredEvent } from '../helpdesk/connector.ts';
import type { Actor, TicketDetails } from '../helpdesk/ticket-store.ts';
import type { Reach } from '../notices/people.ts';
import type { KeptAnswer } from '../notices-api/memory.ts';
import type { Seen } from '../policy/watch.ts';
import type { News } from '../policy/watch-job.ts';

/** Tables as the migrations leave them. Counters of 64 bits are read as text where a driver does so. */
export type Schema = {
  conversations: {
    key: string;
    state: JSONColumnType<Json>;
    version: Counter;
    reference: JSONColumnType<Json>;
    /** The card sent last, and the reply that it was; replies can be settled out of order. */
    last_card_id: string | null;
    last_card_reply: Counter | null;
    updated_at: Timestamp;
  };
  inbox: { conversation: string; activity_id: string; at: Timestamp };
  outbox: {
    id: Generated<Counter>;
    conversation: string;
    kind: 'send' | 'update';
    activity: JSONColumnType<Json>;
    state: Generated<'pending' | 'sent' | 'unknown' | 'refused'>;
    /** How often it was handed out to be sent, the turn itself included. */
    attempts: Generated<number>;
    /** Sent again where nobody knows whether it arrived. */
    lasting: Generated<boolean>;
    saved_at: Timestamp;
    due_at: Date | null;
    claimed_until: Date | null;
    settled_at: Date | null;
    activity_id: string | null;
    reason: string | null;
  };
  cases: {
    id: string;
    conversation: string;
    tenant_id: string | null;
    user_id: string;
    user_entra_id: string | null;
    status: CaseStatus;
    error_code: string | null;
    os: string | null;
    article: string;
    place: string;
    outcome: string | null;
    opened_at: Timestamp;
    updated_at: Timestamp;
    closed_at: Date | null;
  };
  case_events: {
    id: Generated<Counter>;
    case_id: string;
    kind: string;
    data: JSONColumnType<Json>;
    at: Timestamp;
  };
  reports: {
    id: string;
    case_id: string;
    text: string;
    diagnosis: JSONColumnType<Json>;
    received_at: Timestamp;
  };
  tickets: {
    id: string;
    case_id: string;
    note: string;
    diagnosis: JSONColumnType<Json>;
    created_at: Timestamp;
    /** Null for one of a version that had no handoff yet, and so are the next. */
    ticket: JSONColumnType<Ticket> | null;
    details: JSONColumnType<TicketDetails> | null;
    version: Counter;
    state: string;
    conversation: string | null;
    user_id: string | null;
    root_id: string | null;
    /** The version of the ticket that the card shows; -1 while there is none. */
    root_version: Counter;
    card_id: string | null;
    card_version: Counter;
    cards_due_at: Date | null;
    cards_claimed_until: Date | null;
    cards_attempts: Generated<number>;
    cards_reason: string | null;
  };
  ticket_events: {
    id: Generated<Counter>;
    ticket_id: string;
    version: Counter;
    command: string;
    actor: JSONColumnType<Actor>;
    data: JSONColumnType<Json>;
    at: Timestamp;
  };
  ticket_lines: {
    id: string;
    ticket_id: string;
    actor: JSONColumnType<Actor>;
    text: string;
    source_conversation: string | null;
    source_activity: string | null;
    outbox_id: Counter;
    deleted: boolean;
    at: Timestamp;
  };
  connector_events: {
    id: string;
    place: Generated<Counter>;
    ticket_id: string;
    event: JSONColumnType<Omit<StoredEvent, 'id' | 'at'>>;
    at: Timestamp;
  };
  deliveries: {
    connector: string;
    event_id: string;
    ticket_id: string;
    place: Counter;
    state: Generated<'pending' | 'done' | 'dead'>;
    attempts: Generated<number>;
    due_at: Timestamp;
    claimed_until: Date | null;
    settled_at: Date | null;
    reason: string | null;
  };
  remote_tickets: { connector: string; ticket_id: string; remote_id: string; url: string | null };
  connector_cursors: { connector: string; cursor: string };
  check_codes: { code: string; conversation: string; case_id: string; expires_at: Date };
  people: {
    id: string;
    tenant_id: string | null;
    name: string | null;
    entra_id: string | null;
    user_id: string | null;
    conversation: string | null;
    reference: JSONColumnType<Json> | null;
    locale: string | null;
    time_zone: string | null;
    site: string | null;
    reach: Generated<Reach>;
    opted_out_at: Date | null;
    /** Null for somebody who is only on an administrator's list. */
    seen_at: Date | null;
    updated_at: Timestamp;
  };
  tls_profiles: { hash: string; profile: JSONColumnType<TlsProfile>; seen_at: Timestamp };
  devices: {
    person_id: string;
    device: string;
    report_id: string | null;
    os: string | null;
    profile: string;
    received_at: Timestamp;
  };
  notices: {
    id: string;
    notice: JSONColumnType<Notice>;
    version: Counter;
    state: Notice['status']['at'];
    /** Waves up to this one may be sent while the state is `sending`. */
    wave: Generated<number>;
    start_at: Date | null;
    reminds_of: string | null;
    remind_at: Date | null;
    since: Date;
    created_at: Date;
  };
  notice_audit: {
    id: Generated<Counter>;
    notice_id: string;
    version: Counter | null;
    what: string;
    actor: JSONColumnType<NoticeActor>;
    data: JSONColumnType<Json>;
    at: Timestamp;
  };
  notice_deliveries: {
    notice_id: string;
    person_id: string;
    wave: Generated<number>;
    state: Generated<DeliveryState>;
    impact: string;
    cause: string | null;
    os: string | null;
    device: string | null;
    evidence_at: Date | null;
    site: string | null;
    name: string | null;
    locale: string | null;
    time_zone: string | null;
    reason: string | null;
    activity_id: string | null;
    attempts: Generated<number>;
    /** With `held`: when its reader's window opens. */
    due_at: Date | null;
    /** With `sending`: when the intent was recorded. */
    sending_at: Date | null;
    settled_at: Date | null;
    acknowledged_at: Date | null;
    checked_at: Date | null;
    fixed_at: Date | null;
  };
  notice_cards: {
    notice_id: string;
    official: string;
    kind: 'waiting' | 'progress' | 'news';
    /** Of the notice that it shows; 0 for the progress. */
    version: Counter;
    reference: JSONColumnType<Json>;
    activity_id: string | null;
    print: string | null;
    due_at: Date;
    claimed_until: Date | null;
    attempts: Generated<number>;
    /** It is not edited any more, for this reason. */
    over_at: Date | null;
    reason: string | null;
  };
  api_requests: {
    caller: string;
    key: string;
    print: string;
    /** Null while the request is under way. */
    answer: JSONColumnType<KeptAnswer> | null;
    at: Date;
  };
  policy_watch: {
    host: string;
    day: string;
    state: 'looking' | 'seen' | 'failed';
    claimed_at: Date;
    seen: JSONColumnType<Seen> | null;
    /** Null once everybody has heard. */
    news: JSONColumnType<News> | null;
  };
  settings: { key: string; value: string };
};

type Json = object;
type Timestamp = ColumnType<Date, Date | undefined, Date>;
type Counter = string | number | bigint;
