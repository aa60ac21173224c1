import { type Kysely, sql } from 'kysely';

const statements = [
  // Requests that a caller may send again with the same Idempotency-Key; a day later they are forgotten.
  sql`create table api_requests (
    caller text not null,
    key text not null,
    print text not null,
    answer jsonb,
    at timestamptz not null,
    primary key (caller, key)
  )`,
  sql`create index api_requests_by_age on api_requests (at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
