import { type Kysely, sql } from 'kysely';

/** Words between a person and the helpdesk: they are sent again where nobody knows whether they arrived. */
const column = sql`alter table outbox add column lasting boolean not null default false`;

/** As in 0007; its messages are lasting. */
const saveTicket = sql`
create or replace function save_ticket(change jsonb) returns text language plpgsql as $$
declare
  t constant jsonb := change -> 'ticket';
  d constant jsonb := nullif(change -> 'details', 'null');
  source constant jsonb := nullif(change -> 'source', 'null');
  in_turn constant boolean := coalesce((change ->> 'inTurn')::boolean, false);
  of_ticket constant text := t ->> 'id';
  new_version constant bigint := t ->> 'version';
  person text;
  message jsonb;
  sent bigint;
  event jsonb;
  event_id text;
  place_of bigint;
begin
  if source is not null and not in_turn and exists (
    select from inbox
      where conversation = source ->> 'conversation' and activity_id = source ->> 'activityId'
  ) then
    return 'duplicate';
  end if;

  if new_version = 0 then
    insert into tickets (id, case_id, note, diagnosis, ticket, details, version, state, conversation, user_id)
      values (of_ticket, t ->> 'caseId', coalesce(d -> 'shared' ->> 'note', ''), coalesce(d -> 'shared', 'null'),
        t, d, 0, t -> 'status' ->> 'at', d ->> 'conversation', d -> 'person' ->> 'userId')
      on conflict (id) do nothing;
  else
    update tickets set ticket = t, version = new_version, state = t -> 'status' ->> 'at', cards_due_at = null
      where id = of_ticket and version = new_version - 1;
  end if;
  if not found then
    return 'conflict';
  end if;

  if source is not null and not in_turn then
    insert into inbox (conversation, activity_id) values (source ->> 'conversation', source ->> 'activityId')
      on conflict do nothing;
    if not found then
      raise exception 'activity was handled' using errcode = 'HS001';
    end if;
  end if;

  insert into ticket_events (ticket_id, version, command, actor, data)
    values (of_ticket, new_version, change ->> 'command', change -> 'by', change -> 'data');

  select conversation into person from tickets where id = of_ticket;
  for message in select m from jsonb_array_elements(change -> 'messages') with ordinality as list (m, place) order by place
  loop
    insert into outbox (conversation, kind, activity, due_at, lasting)
      values (case message ->> 'to' when 'person' then person else 'helpdesk/' || of_ticket end,
        'send', message -> 'activity', now(), true)
      returning id into sent;
    if jsonb_typeof(message -> 'line') = 'object' then
      insert into ticket_lines (id, ticket_id, actor, text, source_conversation, source_activity, outbox_id)
        values (message -> 'line' ->> 'id', of_ticket, message -> 'line' -> 'by', message -> 'line' ->> 'text',
          source ->> 'conversation', source ->> 'activityId', sent);
    end if;
  end loop;

  for event, place_of in select e, place from jsonb_array_elements(change -> 'events') with ordinality as list (e, place) order by place
  loop
    event_id := of_ticket || '/' || new_version || '/' || place_of;
    insert into connector_events (id, ticket_id, event) values (event_id, of_ticket, event)
      returning place into place_of;
    insert into deliveries (connector, event_id, ticket_id, place)
      select name, event_id, of_ticket, place_of from jsonb_array_elements_text(change -> 'connectors') as names (name);
  end loop;
  return 'saved';
exception when sqlstate 'HS001' then
  return 'duplicate';
end $$`;

/**
 * As in 0003; but a lasting message whose end is unknown is due again, some seconds later each time, up to 8
 * attempts. A line that comes twice is better than one that never comes.
 */
const settleReplies = sql`
create or replace function settle_replies(outcomes jsonb) returns void language plpgsql as $$
declare
  moment constant timestamptz := clock_timestamp();
begin
  perform from outbox
    where id in (select (o ->> 'id')::bigint from jsonb_array_elements(outcomes) as list (o))
    order by id for update;

  update outbox set
      state = case when e.wait is not null then 'pending' else e.kind end,
      due_at = moment + make_interval(secs => e.wait),
      settled_at = case when e.wait is null then moment end,
      claimed_until = null,
      activity_id = e.activity_id,
      reason = left(e.reason, 500)
    from (
      select sent.id, o ->> 'kind' as kind, o ->> 'activityId' as activity_id, o ->> 'reason' as reason,
        case
          when o ->> 'kind' = 'later' then (o ->> 'retryAfterSeconds')::float
          when o ->> 'kind' = 'unknown' and sent.lasting and sent.attempts < 8 then sent.attempts * 5.0
        end as wait
      from jsonb_array_elements(outcomes) as list (o) join outbox sent on sent.id = (o ->> 'id')::bigint
    ) as e
    where outbox.id = e.id and (outbox.state = 'pending' or (outbox.state = 'unknown' and e.kind = 'sent'));

  perform remember_cards(array(select (o ->> 'id')::bigint from jsonb_array_elements(outcomes) as list (o)));
end $$`;

/** As in 0003; but what belongs to a thread that is not there yet takes no place among those that can be sent. */
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
        returning outbox.id, outbox.conversation, reference, kind, activity, outbox.attempts - 1 as before
    )
    select jsonb_build_object(
        'id', id::text, 'conversation', conversation, 'reference', reference,
        'reply', jsonb_build_object('kind', kind, 'activity', activity), 'attempts', before)
      from claimed order by id;
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [column, saveTicket, settleReplies, claimReplies]) await statement.execute(db);
}
