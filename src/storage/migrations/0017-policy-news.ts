import { type Kysely, sql } from 'kysely';

const statements = [
  // What there is to tell of a look, from before the first one hears it until the last one has.
  sql`alter table policy_watch add column news jsonb`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
