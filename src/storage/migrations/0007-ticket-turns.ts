import { type Kysely, sql } from 'kysely';

/** As in 0005; a change that comes with a turn has its source in the inbox already, by the turn. */
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
    insert into outbox (conversation, kind, activity, due_at)
      values (case message ->> 'to' when 'person' then person else 'helpdesk/' || of_ticket end,
        'send', message -> 'activity', now())
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

const saveTurnWithTickets = sql`
create or replace function save_turn_with_tickets(change jsonb) returns jsonb language plpgsql as $$
declare
  outcome jsonb;
  t jsonb;
begin
  outcome := save_turn(change);
  if outcome ->> 'kind' = 'saved' then
    for t in select each from jsonb_array_elements(change -> 'tickets') as list (each) loop
      if save_ticket(t || '{"inTurn": true}') <> 'saved' then
        raise exception 'ticket % was changed by somebody else', t -> 'ticket' ->> 'id' using errcode = 'HS002';
      end if;
    end loop;
  end if;
  return outcome;
exception when sqlstate 'HS002' then
  return '{"kind":"conflict"}';
end $$`;

/** What the helpdesk did that the dialog of the person has to follow, for a look every few seconds. */
const newsIndex = sql`create index ticket_events_of_dialogs on ticket_events (at)
  where command in ('ask-check', 'hand-back', 'reject')`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [saveTicket, saveTurnWithTickets, newsIndex]) await statement.execute(db);
}
