import { type Kysely, sql } from 'kysely';

/** Details that come with a later change take the place of those before. */
const keepChange = sql`alter function save_ticket(jsonb) rename to save_ticket_change`;

const saveTicket = sql`
create function save_ticket(change jsonb) returns text language plpgsql as $$
declare
  outcome constant text := save_ticket_change(change);
begin
  if outcome = 'saved' and jsonb_typeof(change -> 'details') = 'object' then
    update tickets set details = change -> 'details' where id = change -> 'ticket' ->> 'id';
  end if;
  return outcome;
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [keepChange, saveTicket]) await statement.execute(db);
}
