import { type Kysely, sql } from 'kysely';

const statements = [
  // When the report came in that decided about somebody: people know the day of a check, and no PC's pseudonym.
  sql`alter table notice_deliveries add column evidence_at timestamptz`,
  // The function as it is, with its settings, and one more thing that it tells.
  sql`do $$ begin
    execute replace(
      pg_get_functiondef('begin_sends(text, text, integer, integer, timestamptz)'::regprocedure),
      '''device'', device,', '''evidenceAt'', evidence_at,');
  end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
