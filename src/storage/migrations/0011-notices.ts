import { type Kysely, sql } from 'kysely';

const statements = [
  // The notice as a whole, and beside it what is asked of many at once; a change writes both.
  sql`create table notices (
    id text primary key,
    notice jsonb not null,
    version bigint not null,
    state text not null check (state in
      ('draft', 'awaiting-approval', 'scheduled', 'sending', 'paused', 'halted', 'done', 'cancelled')),
    wave smallint not null default 2 check (wave between 0 and 2),
    start_at timestamptz,
    reminds_of text references notices (id) on delete set null,
    remind_at timestamptz,
    since timestamptz not null,
    created_at timestamptz not null
  ) with (fillfactor = 80)`,
  sql`create index notices_by_age on notices (created_at, id)`,
  sql`create index notices_at_work on notices (state) where state in ('scheduled', 'sending')`,
  sql`create index notices_to_remind_of on notices (remind_at) where remind_at is not null`,
  // However many processes see that it is time, one reminder comes of it.
  sql`create unique index notices_by_reminded on notices (reminds_of) where reminds_of is not null`,

  sql`create table notice_audit (
    id bigint generated always as identity primary key,
    notice_id text not null,
    version bigint,
    what text not null,
    actor jsonb not null,
    data jsonb not null,
    at timestamptz not null default now()
  )`,
  sql`create index notice_audit_in_order on notice_audit (notice_id, id)`,
  sql`create trigger notice_audit_append_only before update or delete or truncate on notice_audit
    for each statement execute function refuse_change()`,

  // Each row changes about three times while its notice is sent: room in the page keeps that out of the indexes.
  sql`create table notice_deliveries (
    notice_id text not null references notices (id) on delete cascade,
    person_id text not null,
    wave smallint not null default 2 check (wave between 0 and 2),
    state text not null default 'queued' check (state in
      ('queued', 'held', 'sending', 'sent', 'failed', 'blocked', 'skipped', 'unknown')),
    impact text not null,
    cause text,
    os text,
    device text,
    site text,
    name text,
    locale text,
    time_zone text,
    reason text,
    activity_id text,
    attempts integer not null default 0,
    due_at timestamptz,
    sending_at timestamptz,
    settled_at timestamptz,
    acknowledged_at timestamptz,
    checked_at timestamptz,
    fixed_at timestamptz,
    primary key (notice_id, person_id)
  ) with (fillfactor = 70)`,
  sql`create index notice_deliveries_by_state on notice_deliveries (notice_id, wave, state)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
