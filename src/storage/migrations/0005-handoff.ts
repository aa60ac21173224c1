import { type Kysely, sql } from 'kysely';

const tables = [
  sql`alter table tickets
    add column ticket jsonb,
    add column details jsonb,
    add column version bigint not null default 0,
    add column state text not null default 'new',
    add column conversation text,
    add column user_id text,
    add column root_id text,
    add column root_version bigint not null default -1,
    add column card_id text,
    add column card_version bigint not null default -1,
    add column cards_due_at timestamptz,
    add column cards_claimed_until timestamptz,
    add column cards_attempts integer not null default 0,
    add column cards_reason text`,
  sql`create index tickets_by_conversation on tickets (conversation, created_at)`,
  sql`create index tickets_by_person on tickets (user_id, created_at)`,
  sql`create index tickets_by_state on tickets (state, created_at)`,
  sql`create unique index tickets_by_root on tickets (root_id) where root_id is not null`,
  sql`create index tickets_with_old_cards on tickets (created_at)
    where ticket is not null and (root_version < version or card_version < version)`,

  sql`create table ticket_events (
    id bigint generated always as identity primary key,
    ticket_id text not null references tickets (id) on delete cascade,
    version bigint not null,
    command text not null,
    actor jsonb not null,
    data jsonb not null,
    at timestamptz not null default now()
  )`,
  sql`create index ticket_events_in_order on ticket_events (ticket_id, id)`,
  sql`create trigger ticket_events_append_only before update on ticket_events
    for each statement execute function refuse_change()`,

  sql`create table ticket_lines (
    id text primary key,
    ticket_id text not null references tickets (id) on delete cascade,
    actor jsonb not null,
    text text not null,
    source_conversation text,
    source_activity text,
    outbox_id bigint not null,
    deleted boolean not null default false,
    at timestamptz not null default now()
  )`,
  sql`create index ticket_lines_in_order on ticket_lines (ticket_id, at)`,
  sql`create index ticket_lines_by_source on ticket_lines (source_conversation, source_activity)`,

  sql`create table connector_events (
    id text primary key,
    place bigint generated always as identity,
    ticket_id text not null references tickets (id) on delete cascade,
    event jsonb not null,
    at timestamptz not null default now()
  )`,
  sql`create table deliveries (
    connector text not null,
    event_id text not null references connector_events (id) on delete cascade,
    ticket_id text not null,
    place bigint not null,
    state text not null default 'pending' check (state in ('pending', 'done', 'dead')),
    attempts integer not null default 0,
    due_at timestamptz not null default now(),
    claimed_until timestamptz,
    settled_at timestamptz,
    reason text,
    primary key (connector, event_id)
  )`,
  sql`create index deliveries_in_order on deliveries (connector, ticket_id, place) where state <> 'done'`,
  sql`create table remote_tickets (
    connector text not null,
    ticket_id text not null references tickets (id) on delete cascade,
    remote_id text not null,
    url text,
    primary key (connector, ticket_id)
  )`,
  sql`create unique index remote_tickets_by_id on remote_tickets (connector, remote_id)`,
  sql`create table connector_cursors (connector text primary key, cursor text not null)`,
];

/** Saves a TicketChange, whole or not at all; the result is a SavedTicket. */
const saveTicket = sql`
create function save_ticket(change jsonb) returns text language plpgsql as $$
declare
  t constant jsonb := change -> 'ticket';
  d constant jsonb := nullif(change -> 'details', 'null');
  source constant jsonb := nullif(change -> 'source', 'null');
  of_ticket constant text := t ->> 'id';
  new_version constant bigint := t ->> 'version';
  person text;
  message jsonb;
  sent bigint;
  event jsonb;
  event_id text;
  place_of bigint;
begin
  if source is not null and exists (
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

  if source is not null then
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

/** An edit of words that were relayed follows them; words still on their way are changed there. */
const changeLine = sql`
create function change_line(of_conversation text, of_activity text, new_text text, shown jsonb) returns boolean
language plpgsql as $$
declare
  line record;
begin
  select l.id, l.outbox_id, o.state, o.activity_id, o.conversation into line
    from ticket_lines l left join outbox o on o.id = l.outbox_id
    where l.source_conversation = of_conversation and l.source_activity = of_activity
    for update of l;
  if not found then
    return false;
  end if;
  update ticket_lines set text = coalesce(new_text, ''), deleted = new_text is null where id = line.id;
  update outbox set activity = shown
    where id = line.outbox_id and state = 'pending' and coalesce(claimed_until <= now(), true);
  if not found and line.activity_id is not null then
    insert into outbox (conversation, kind, activity, due_at)
      values (line.conversation, 'update', shown || jsonb_build_object('id', line.activity_id), now());
  end if;
  return true;
end $$`;

/** Tickets whose cards are behind, as OutdatedCards; a claimed one is not handed out again for 60 s. */
const claimCards = sql`
create function claim_ticket_cards(at_most integer) returns setof jsonb language plpgsql as $$
begin
  return query
    with picked as (
      select id from tickets
        where ticket is not null and (root_version < version or card_version < version)
          and coalesce(cards_due_at <= clock_timestamp(), true)
          and coalesce(cards_claimed_until <= clock_timestamp(), true)
        order by created_at limit at_most for update skip locked
    ), claimed as (
      update tickets set cards_claimed_until = clock_timestamp() + interval '60 seconds',
          cards_attempts = cards_attempts + 1
        from picked where tickets.id = picked.id
        returning tickets.*
    )
    select jsonb_build_object('ticket', ticket, 'details', details, 'rootId', root_id, 'cardId', card_id,
        'rootVersion', root_version, 'cardVersion', card_version, 'attempts', cards_attempts - 1,
        'reference', reference)
      from claimed join conversations on conversations.key = claimed.conversation
      order by claimed.created_at;
end $$`;

/** A thread that was opened becomes a conversation of its own, to which the outbox can send. */
const settleCards = sql`
create function settle_ticket_cards(outcomes jsonb) returns void language plpgsql as $$
declare
  o jsonb;
begin
  for o in select each from jsonb_array_elements(outcomes) as list (each) order by each ->> 'ticketId'
  loop
    update tickets set
        root_id = coalesce(o -> 'root' ->> 'id', root_id),
        root_version = greatest(root_version, coalesce((o -> 'root' ->> 'version')::bigint, -1)),
        card_id = coalesce(o -> 'card' ->> 'id', card_id),
        card_version = greatest(card_version, coalesce((o -> 'card' ->> 'version')::bigint, -1)),
        cards_claimed_until = null,
        cards_due_at = case when o ? 'retryAfterSeconds'
          then clock_timestamp() + make_interval(secs => (o ->> 'retryAfterSeconds')::float) end,
        cards_attempts = case when o ? 'retryAfterSeconds' then cards_attempts else 0 end,
        cards_reason = left(o ->> 'reason', 500)
      where id = o ->> 'ticketId';
    if jsonb_typeof(o -> 'thread') = 'object' then
      insert into conversations (key, state, version, reference)
        values ('helpdesk/' || (o ->> 'ticketId'), 'null', 1, o -> 'thread')
        on conflict (key) do update set reference = excluded.reference, updated_at = now();
    end if;
  end loop;
end $$`;

/** The first unsettled event of each ticket, if it is due; a dead one holds back what comes after it. */
const claimDeliveries = sql`
create function claim_deliveries(of_connector text, at_most integer) returns setof jsonb language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('handshake.claim_deliveries/' || of_connector));
  return query
    with first as (
      select distinct on (ticket_id) event_id, state, due_at, claimed_until from deliveries
        where connector = of_connector and state <> 'done' order by ticket_id, place
    ), picked as (
      select event_id from first
        where state = 'pending' and due_at <= clock_timestamp()
          and coalesce(claimed_until <= clock_timestamp(), true)
        order by due_at limit at_most
    ), claimed as (
      update deliveries set claimed_until = clock_timestamp() + interval '120 seconds', attempts = attempts + 1
        from picked where deliveries.connector = of_connector and deliveries.event_id = picked.event_id
        returning deliveries.event_id, deliveries.ticket_id, deliveries.place, attempts - 1 as before
    )
    select jsonb_build_object(
        'event', e.event || jsonb_build_object('id', e.id, 'at', to_jsonb(e.at)),
        'remote', (select jsonb_build_object('id', r.remote_id, 'url', r.url) from remote_tickets r
          where r.connector = of_connector and r.ticket_id = claimed.ticket_id),
        'attempts', before)
      from claimed join connector_events e on e.id = claimed.event_id order by claimed.place;
end $$`;

/** As in 0002; and besides, the newest tickets of the conversation. */
const loadTurn = sql`
create or replace function load_turn(of_conversation text, of_activity text) returns jsonb language plpgsql stable as $$
declare
  found_row conversations%rowtype;
begin
  select * into found_row from conversations where key = of_conversation;
  return jsonb_build_object(
    'seen', exists (select from inbox where conversation = of_conversation and activity_id = of_activity),
    'state', found_row.state,
    'version', coalesce(found_row.version, 0),
    'lastCardId', found_row.last_card_id,
    'tickets', (select coalesce(jsonb_agg(ticket order by created_at desc), '[]') from (
      select ticket, created_at from tickets
        where conversation = of_conversation and ticket is not null order by created_at desc limit 5) as newest)
  );
end $$`;

/** A turn that changes tickets too: all of it, or a conflict that leaves nothing behind. */
const saveTurnWithTickets = sql`
create function save_turn_with_tickets(change jsonb) returns jsonb language plpgsql as $$
declare
  outcome jsonb;
  t jsonb;
begin
  outcome := save_turn(change);
  if outcome ->> 'kind' = 'saved' then
    for t in select each from jsonb_array_elements(change -> 'tickets') as list (each) loop
      if save_ticket(t) <> 'saved' then
        raise exception 'ticket % was changed by somebody else', t -> 'ticket' ->> 'id' using errcode = 'HS002';
      end if;
    end loop;
  end if;
  return outcome;
exception when sqlstate 'HS002' then
  return '{"kind":"conflict"}';
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  const functions = [
    saveTicket,
    changeLine,
    claimCards,
    settleCards,
    claimDeliveries,
    loadTurn,
    saveTurnWithTickets,
  ];
  for (const statement of [...tables, ...functions]) await statement.execute(db);
}
