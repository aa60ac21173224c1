import { type Kysely, sql } from 'kysely';

const statements = [
  // What each host accepted when it was looked at: the newest row is compared with the next look.
  sql`create table policy_watch (
    host text not null,
    day text not null,
    state text not null check (state in ('looking', 'seen', 'failed')),
    claimed_at timestamptz not null,
    seen jsonb,
    primary key (host, day)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
