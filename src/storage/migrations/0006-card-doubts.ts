import { type Kysely, sql } from 'kysely';

/**
 * Claimed cards say whether the try before may have gone out: it ended without anybody knowing how, or nobody lived
 * to tell. A try that surely came to nothing leaves another reason.
 */
const claimCards = sql`
create or replace function claim_ticket_cards(at_most integer) returns setof jsonb language plpgsql as $$
begin
  return query
    with picked as (
      select id, cards_attempts > 0 and coalesce(cards_reason like 'unknown%', true) as doubtful
        from tickets
        where ticket is not null and (root_version < version or card_version < version)
          and coalesce(cards_due_at <= clock_timestamp(), true)
          and coalesce(cards_claimed_until <= clock_timestamp(), true)
        order by created_at limit at_most for update skip locked
    ), claimed as (
      update tickets set cards_claimed_until = clock_timestamp() + interval '60 seconds',
          cards_attempts = cards_attempts + 1, cards_reason = null
        from picked where tickets.id = picked.id
        returning tickets.*, picked.doubtful
    )
    select jsonb_build_object('ticket', ticket, 'details', details, 'rootId', root_id, 'cardId', card_id,
        'rootVersion', root_version, 'cardVersion', card_version, 'attempts', cards_attempts - 1,
        'doubtful', doubtful, 'reference', reference)
      from claimed join conversations on conversations.key = claimed.conversation
      order by claimed.created_at;
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await claimCards.execute(db);
}
