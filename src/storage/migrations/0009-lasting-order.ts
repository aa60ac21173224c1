import { type Kysely, sql } from 'kysely';

/** As in 0008; and tells which replies are lasting, because what follows such a one waits for it. */
const claimReplies = sql`
create or replace function claim_replies(older_than_seconds float, at_most integer) returns setof jsonb
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
      from outbox
        where state = 'pending' and exists (select from conversations where key = outbox.conversation)
    ), picked as (
      select id from pending where ready order by id limit at_most
    ), claimed as (
      update outbox set claimed_until = moment + interval '60 seconds', attempts = outbox.attempts + 1
        from picked, conversations
        where outbox.id = picked.id and outbox.state = 'pending' and conversations.key = outbox.conversation
        returning outbox.id, outbox.conversation, reference, kind, activity, lasting,
          outbox.attempts - 1 as before
    )
    select jsonb_build_object(
        'id', id::text, 'conversation', conversation, 'reference', reference,
        'reply', jsonb_build_object('kind', kind, 'activity', activity), 'attempts', before,
        'lasting', lasting)
      from claimed order by id;
end $$`;

/** As in 0004, with the same. */
const claimEarlier = sql`
create or replace function claim_earlier(of_conversation text) returns jsonb language plpgsql as $$
declare
  moment constant timestamptz := clock_timestamp();
  unsent bigint;
  free bigint[];
  earlier jsonb;
begin
  select count(*) into unsent from outbox where conversation = of_conversation and state = 'pending';
  if unsent = 0 then
    return '[]';
  end if;
  if not pg_try_advisory_xact_lock(hashtext('handshake.claim_replies')) then
    return '"waiting"';
  end if;

  select array_agg(id) into free from (
    select id from outbox
      where conversation = of_conversation and state = 'pending' and coalesce(claimed_until <= moment, true)
        and coalesce(due_at, saved_at + interval '30 seconds') <= moment
      order by id for update skip locked
  ) as ready;
  if coalesce(array_length(free, 1), 0) < unsent then
    return '"waiting"';
  end if;

  with claimed as (
    update outbox set claimed_until = moment + interval '60 seconds', attempts = attempts + 1
      where id = any (free)
      returning id, conversation, kind, activity, lasting, attempts - 1 as before
  )
  select jsonb_agg(jsonb_build_object(
      'id', id::text, 'conversation', claimed.conversation, 'reference', reference,
      'reply', jsonb_build_object('kind', kind, 'activity', activity), 'attempts', before,
      'lasting', lasting) order by id)
    into earlier from claimed join conversations on key = claimed.conversation;
  return earlier;
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [claimReplies, claimEarlier]) await statement.execute(db);
}
