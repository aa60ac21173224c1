import { type Kysely, sql } from 'kysely';

const statements = [
  sql`create table check_codes (
    code text primary key,
    conversation text not null,
    case_id text not null references cases (id) on delete cascade,
    expires_at timestamptz not null
  )`,
  sql`create index check_codes_by_case on check_codes (case_id)`,
  sql`create index check_codes_by_end on check_codes (expires_at)`,

  // A code stays with its case: the same one for another case would let a report in at the wrong door.
  sql`create function save_check_code(of_conversation text, c jsonb) returns void language plpgsql as $$
  begin
    insert into check_codes (code, conversation, case_id, expires_at)
      values (c ->> 'code', of_conversation, c ->> 'caseId', (c ->> 'expiresAt')::timestamptz)
      on conflict (code) do update set expires_at = excluded.expires_at
        where check_codes.conversation = excluded.conversation and check_codes.case_id = excluded.case_id;
    if not found then
      raise exception 'a check code of case % belongs to another case', c ->> 'caseId'
        using errcode = 'restrict_violation';
    end if;
  end $$`,
];

/**
 * What still has to be said to a conversation before anything new: a list of PendingReply, claimed for the
 * caller, or "waiting" when an earlier reply is not due or somebody else has it. Nothing here waits for a lock:
 * the caller holds the conversation's row, and whoever holds a reply may need that row next. The 30 s are those
 * after which the sweeper takes a reply for abandoned.
 */
const claimEarlier = sql`
create function claim_earlier(of_conversation text) returns jsonb language plpgsql as $$
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
      returning id, conversation, kind, activity, attempts - 1 as before
  )
  select jsonb_agg(jsonb_build_object(
      'id', id::text, 'conversation', claimed.conversation, 'reference', reference,
      'reply', jsonb_build_object('kind', kind, 'activity', activity), 'attempts', before) order by id)
    into earlier from claimed join conversations on key = claimed.conversation;
  return earlier;
end $$`;

/**
 * As in 0002, and besides: check codes are saved, and the outcome names the earlier replies to send first. Replies
 * that have to wait behind others are due at once, so that they go out as soon as those did.
 */
const saveTurn = sql`
create or replace function save_turn(change jsonb) returns jsonb language plpgsql as $$
declare
  of_conversation constant text := change ->> 'conversation';
  of_activity constant text := change ->> 'activityId';
  expected constant bigint := change ->> 'expectedVersion';
  new_state constant jsonb := coalesce(change -> 'state', 'null');
  earlier jsonb;
  due timestamptz;
  reply_ids jsonb := '[]';
begin
  if exists (select from inbox where conversation = of_conversation and activity_id = of_activity) then
    return '{"kind":"duplicate"}';
  end if;

  if expected = 0 then
    insert into conversations (key, state, version, reference)
      values (of_conversation, new_state, 1, change -> 'reference')
      on conflict (key) do nothing;
  else
    update conversations
      set state = new_state, version = version + 1, reference = change -> 'reference', updated_at = now()
      where key = of_conversation and version = expected;
  end if;
  if not found then
    if exists (select from inbox where conversation = of_conversation and activity_id = of_activity) then
      return '{"kind":"duplicate"}';
    end if;
    return '{"kind":"conflict"}';
  end if;

  insert into inbox (conversation, activity_id) values (of_conversation, of_activity);

  earlier := claim_earlier(of_conversation);
  if earlier = '"waiting"' then
    due := now();
  end if;
  if jsonb_array_length(change -> 'replies') > 0 then
    with added as (
      insert into outbox (conversation, kind, activity, due_at)
        select of_conversation, reply ->> 'kind', reply -> 'activity', due
          from jsonb_array_elements(change -> 'replies') with ordinality as replies (reply, place)
          order by place
        returning id
    )
    select jsonb_agg(id::text order by id) into reply_ids from added;
  end if;

  perform save_case(of_conversation, c) from jsonb_array_elements(change -> 'cases') c;

  if jsonb_array_length(change -> 'events') > 0 then
    insert into case_events (case_id, kind, data)
      select event ->> 'caseId', event ->> 'kind', event -> 'data'
        from jsonb_array_elements(change -> 'events') with ordinality as events (event, place)
        order by place;
  end if;

  if jsonb_array_length(change -> 'checkCodes') > 0 then
    perform save_check_code(of_conversation, c) from jsonb_array_elements(change -> 'checkCodes') c;
  end if;

  if jsonb_typeof(change -> 'report') = 'object' then
    insert into reports (id, case_id, text, diagnosis)
      select r ->> 'id', r ->> 'caseId', r ->> 'text', coalesce(r -> 'diagnosis', 'null')
        from (select change -> 'report') as report (r);
  end if;
  if jsonb_typeof(change -> 'ticket') = 'object' then
    insert into tickets (id, case_id, note, diagnosis)
      select t ->> 'id', t ->> 'caseId', t ->> 'note', coalesce(t -> 'diagnosis', 'null')
        from (select change -> 'ticket') as ticket (t);
  end if;

  return jsonb_build_object('kind', 'saved', 'replyIds', reply_ids, 'earlier', earlier);
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...statements, claimEarlier, saveTurn]) await statement.execute(db);
}
