import { type Kysely, sql } from 'kysely';

/**
 * Records how replies ended. The first end stands, except that `unknown` may still turn out as sent. Rows are
 * locked in order of id, so that two callers with the same replies wait for each other instead of deadlocking.
 */
const settleReplies = sql`
create function settle_replies(outcomes jsonb) returns void language plpgsql as $$
declare
  moment constant timestamptz := clock_timestamp();
begin
  perform from outbox
    where id in (select (o ->> 'id')::bigint from jsonb_array_elements(outcomes) as list (o))
    order by id for update;

  update outbox set
      state = case e.kind when 'later' then 'pending' else e.kind end,
      due_at = case e.kind when 'later' then moment + make_interval(secs => e.wait) end,
      settled_at = case e.kind when 'later' then null else moment end,
      claimed_until = null,
      activity_id = e.activity_id,
      reason = left(e.reason, 500)
    from (
      select (o ->> 'id')::bigint as id, o ->> 'kind' as kind, (o ->> 'retryAfterSeconds')::float as wait,
        o ->> 'activityId' as activity_id, o ->> 'reason' as reason
      from jsonb_array_elements(outcomes) as list (o)
    ) as e
    where outbox.id = e.id and (outbox.state = 'pending' or (outbox.state = 'unknown' and e.kind = 'sent'));

  perform remember_cards(array(select (o ->> 'id')::bigint from jsonb_array_elements(outcomes) as list (o)));
end $$`;

/** The newest card of each conversation among these replies; an older one that arrives late changes nothing. */
const rememberCards = sql`
create function remember_cards(replies bigint[]) returns void language plpgsql as $$
declare
  card record;
begin
  for card in
    select distinct on (conversation) conversation, id, activity_id from outbox
      where id = any (replies) and state = 'sent' and kind = 'send' and activity_id is not null
        and activity @> '{"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive"}]}'
      order by conversation, id desc
  loop
    update conversations set last_card_id = card.activity_id, last_card_reply = card.id
      where key = card.conversation and coalesce(last_card_reply, 0) < card.id;
  end loop;
end $$`;

/**
 * Hands out replies that nobody settled; the rows are PendingReply. A reply waits while an earlier one of its
 * conversation is not due or is with somebody else, so nothing overtakes. One caller at a time: a second one
 * could not see what the first has just claimed.
 */
const claimReplies = sql`
create function claim_replies(older_than_seconds float, at_most integer) returns setof jsonb
language plpgsql as $$
declare
  moment timestamptz;
begin
  perform pg_advisory_xact_lock(hashtext('handshake.claim_replies'));
  moment := clock_timestamp();
  return query
    with pending as (
      select id, bool_and(
          coalesce(claimed_until <= moment, true)
          and coalesce(due_at, saved_at + make_interval(secs => older_than_seconds)) <= moment
        ) over (partition by conversation order by id) as ready
      from outbox where state = 'pending'
    ), picked as (
      select id from pending where ready order by id limit at_most
    ), claimed as (
      update outbox set claimed_until = moment + interval '60 seconds', attempts = outbox.attempts + 1
        from picked, conversations
        where outbox.id = picked.id and outbox.state = 'pending' and conversations.key = outbox.conversation
        returning outbox.id, outbox.conversation, reference, kind, activity, outbox.attempts - 1 as before
    )
    select jsonb_build_object(
        'id', id::text, 'conversation', conversation, 'reference', reference,
        'reply', jsonb_build_object('kind', kind, 'activity', activity), 'attempts', before)
      from claimed order by id;
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [settleReplies, rememberCards, claimReplies]) await statement.execute(db);
}
