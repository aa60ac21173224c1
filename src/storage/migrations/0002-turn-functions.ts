import { type Kysely, sql } from 'kysely';

/** One read for a turn; the shape is LoadedTurn. */
const loadTurn = sql`
create function load_turn(of_conversation text, of_activity text) returns jsonb language plpgsql stable as $$
declare
  found_row conversations%rowtype;
begin
  select * into found_row from conversations where key = of_conversation;
  return jsonb_build_object(
    'seen', exists (select from inbox where conversation = of_conversation and activity_id = of_activity),
    'state', found_row.state,
    'version', coalesce(found_row.version, 0),
    'lastCardId', found_row.last_card_id
  );
end $$`;

/**
 * Saves a TurnChange, whole or not at all; the result is a SaveOutcome. Nothing is written before the version
 * was won, so that a conflict or a duplicate leaves nothing behind. The winner holds the conversation's row;
 * whoever waited for it finds another version, then looks again whether it was the same activity.
 */
const saveTurn = sql`
create function save_turn(change jsonb) returns jsonb language plpgsql as $$
declare
  of_conversation constant text := change ->> 'conversation';
  of_activity constant text := change ->> 'activityId';
  expected constant bigint := change ->> 'expectedVersion';
  new_state constant jsonb := coalesce(change -> 'state', 'null');
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

  if jsonb_array_length(change -> 'replies') > 0 then
    with added as (
      insert into outbox (conversation, kind, activity)
        select of_conversation, reply ->> 'kind', reply -> 'activity'
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

  return jsonb_build_object('kind', 'saved', 'replyIds', reply_ids);
end $$`;

/** A case stays with the conversation that opened it: another one naming its id is a broken promise. */
const saveCase = sql`
create function save_case(of_conversation text, c jsonb) returns void language plpgsql as $$
declare
  closed constant timestamptz := case when c ->> 'status' = 'open' then null else now() end;
begin
  insert into cases (id, conversation, tenant_id, user_id, user_entra_id, status, error_code, os, article,
      place, outcome, closed_at)
    values (c ->> 'id', of_conversation, c ->> 'tenantId', c ->> 'userId', c ->> 'userEntraId', c ->> 'status',
      c ->> 'errorCode', c ->> 'os', c ->> 'article', c ->> 'place', c ->> 'outcome', closed)
    on conflict (id) do update set
      tenant_id = excluded.tenant_id, user_id = excluded.user_id, user_entra_id = excluded.user_entra_id,
      status = excluded.status, error_code = excluded.error_code, os = excluded.os,
      article = excluded.article, place = excluded.place, outcome = excluded.outcome, updated_at = now(),
      closed_at = case when excluded.closed_at is null then null
        else coalesce(cases.closed_at, excluded.closed_at) end
      where cases.conversation = excluded.conversation;
  if not found then
    raise exception 'case % belongs to another conversation', c ->> 'id' using errcode = 'restrict_violation';
  end if;
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [loadTurn, saveCase, saveTurn]) await statement.execute(db);
}
