import { type Kysely, sql } from 'kysely';

const functions = [
  'begin_sends(text, text, integer, integer, timestamptz)',
  'settle_sends(text, jsonb, timestamptz)',
];

/**
 * While nearly all rows wait, reading the table from its beginning looks cheapest, and that plan is kept when they no
 * longer do: each round then passes all who had the notice already. The index finds the next ones whatever was planned.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of functions) {
    await sql`alter function ${sql.raw(name)} set enable_seqscan = off`.execute(db);
    await sql`alter function ${sql.raw(name)} set enable_bitmapscan = off`.execute(db);
  }
}
