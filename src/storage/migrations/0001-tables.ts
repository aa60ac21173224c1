import { type Kysely, sql } from 'kysely';

const statements = [
  // Rows that change at every turn: room in the page keeps updates out of the indexes.
  sql`create table conversations (
    key text primary key,
    state jsonb not null,
    version bigint not null,
    reference jsonb not null,
    last_card_id text,
    last_card_reply bigint,
    updated_at timestamptz not null default now()
  ) with (fillfactor = 70)`,

  sql`create table inbox (
    conversation text not null,
    activity_id text not null,
    at timestamptz not null default now(),
    primary key (conversation, activity_id)
  )`,
  sql`create index inbox_at on inbox (at)`,

  sql`create table outbox (
    id bigint generated always as identity primary key,
    conversation text not null,
    kind text not null check (kind in ('send', 'update')),
    activity jsonb not null,
    state text not null default 'pending' check (state in ('pending', 'sent', 'unknown', 'refused')),
    attempts integer not null default 1,
    saved_at timestamptz not null default now(),
    due_at timestamptz,
    claimed_until timestamptz,
    settled_at timestamptz,
    activity_id text,
    reason text
  ) with (fillfactor = 80)`,
  sql`create index outbox_pending on outbox (conversation, id) where state = 'pending'`,
  sql`create index outbox_settled on outbox (settled_at) where settled_at is not null`,

  sql`create table cases (
    id text primary key,
    conversation text not null,
    tenant_id text,
    user_id text not null,
    user_entra_id text,
    status text not null check (status in ('open', 'solved', 'unsolved', 'cancelled')),
    error_code text,
    os text,
    article text not null,
    place text not null,
    outcome text,
    opened_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    closed_at timestamptz
  ) with (fillfactor = 80)`,
  sql`create index cases_by_person on cases (user_id, opened_at)`,
  sql`create index cases_by_conversation on cases (conversation, opened_at)`,
  sql`create index cases_by_age on cases (opened_at, id)`,

  sql`create table case_events (
    id bigint generated always as identity primary key,
    case_id text not null references cases (id) on delete cascade,
    kind text not null,
    data jsonb not null,
    at timestamptz not null default now()
  )`,
  sql`create index case_events_in_order on case_events (case_id, id)`,

  sql`create table reports (
    id text primary key,
    case_id text not null references cases (id) on delete cascade,
    text text not null,
    diagnosis jsonb not null,
    received_at timestamptz not null default now()
  )`,
  sql`create index reports_by_case on reports (case_id, received_at)`,

  sql`create table tickets (
    id text primary key,
    case_id text not null references cases (id) on delete cascade,
    note text not null,
    diagnosis jsonb not null,
    created_at timestamptz not null default now()
  )`,
  sql`create index tickets_by_case on tickets (case_id, created_at)`,

  sql`create table settings (key text primary key, value text not null)`,

  // History is only added to. Deleting stays possible, for erasing a person's case as a whole.
  sql`create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'rows of % are only added, never changed', tg_table_name using errcode = 'restrict_violation';
  end $$`,
  sql`create trigger case_events_append_only before update on case_events
    for each statement execute function refuse_change()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
