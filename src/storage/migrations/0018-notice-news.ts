import { type Kysely, sql } from 'kysely';

const statements = [
  // A card that comes once, to tell an author what became of their notice.
  sql`alter table notice_cards drop constraint notice_cards_kind_check`,
  sql`alter table notice_cards add constraint notice_cards_kind_check check (kind in ('waiting', 'progress', 'news'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
