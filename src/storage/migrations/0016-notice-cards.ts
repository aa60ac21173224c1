import { type Kysely, sql } from 'kysely';

const statements = [
  // Cards of administrators that are edited when their notice goes on. One that waits shows a version of the notice and
  // is edited once more when the next one is there; that of the progress belongs to none, which is version 0.
  sql`create table notice_cards (
    notice_id text not null references notices (id) on delete cascade,
    official text not null,
    kind text not null check (kind in ('waiting', 'progress')),
    version bigint not null,
    reference jsonb not null,
    activity_id text,
    print text,
    due_at timestamptz not null,
    claimed_until timestamptz,
    attempts integer not null default 0,
    over_at timestamptz,
    reason text,
    primary key (notice_id, official, kind, version)
  )`,
  sql`create index notice_cards_due on notice_cards (due_at) where over_at is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
