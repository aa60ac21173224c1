import { type Kysely, sql } from 'kysely';

const tables = [
  // One row a scope: `app:TENANT` with the grants of the last second, `conversation:ID` with its last one.
  sql`create table send_budget (
    scope text primary key,
    granted timestamptz[] not null default '{}',
    paused_until timestamptz,
    used_at timestamptz not null
  ) with (fillfactor = 50)`,
  sql`create index send_budget_conversations on send_budget (used_at) where scope like 'conversation:%'`,
  sql`create index notice_deliveries_on_their_way on notice_deliveries (sending_at) where state = 'sending'`,
];

/**
 * The one gate of all processes: whoever passes it has a token for each row, and each row's intent is recorded. The
 * lock on the budget's row puts them in a queue, so no second ever has more than `rate` grants, whoever asks.
 * `moment` is null for the database's own clock, which all processes share; tests bring their own.
 */
const beginSends = sql`
create function begin_sends(scope_of_app text, of_notice text, at_most integer, rate integer, moment timestamptz)
returns jsonb language plpgsql as $$
declare
  budget send_budget;
  grants timestamptz[];
  free integer;
  last_wave smallint;
  is_mandatory boolean;
  taken jsonb := '[]';
  more jsonb;
begin
  insert into send_budget (scope, used_at) values (scope_of_app, now()) on conflict do nothing;
  select * into budget from send_budget where scope = scope_of_app for update;
  moment := coalesce(moment, clock_timestamp());
  if budget.paused_until > moment then
    return jsonb_build_object('kind', 'wait', 'why', 'paused',
      'seconds', extract(epoch from budget.paused_until - moment));
  end if;
  -- People who wait for an answer come first. A reply that is stuck for minutes holds up nobody.
  if exists (
    select from outbox join conversations on key = outbox.conversation
      where outbox.state = 'pending' and saved_at > moment - interval '2 minutes'
        and coalesce(due_at, saved_at) <= moment
  ) then
    return jsonb_build_object('kind', 'wait', 'why', 'replies', 'seconds', 0.2);
  end if;

  select coalesce(array_agg(at order by at), '{}') into grants
    from unnest(budget.granted) as at where at > moment - interval '1 second';
  free := least(at_most, rate - cardinality(grants));
  if free <= 0 then
    return jsonb_build_object('kind', 'wait', 'why', 'budget',
      'seconds', extract(epoch from grants[1] + interval '1 second' - moment));
  end if;

  -- Whoever pauses or cancels waits for this statement, and none begins after theirs.
  select wave, notice -> 'mandatory' <> 'null' into last_wave, is_mandatory
    from notices where id = of_notice and state = 'sending' for share;
  if not found then
    return jsonb_build_object('kind', 'stopped');
  end if;

  for wave_now in 0..last_wave loop
    exit when jsonb_array_length(taken) >= free;
    with picked as materialized (
      select person_id, wave_now as wave from notice_deliveries
        where notice_id = of_notice and wave = wave_now and state = 'queued' and coalesce(due_at <= moment, true)
        limit free - jsonb_array_length(taken) for update skip locked
    ), known as (
      select picked.person_id, people.id is not null as is_known, opted_out_at, reach, entra_id, tenant_id,
          reference, conversation
        from picked left join people on people.id = picked.person_id
    ), judged as (
      select known.*, case
          when not is_known then 'unknown-person'
          when opted_out_at is not null and not is_mandatory then 'opted-out'
          when reach <> 'reachable' then reach
          when reference is null and entra_id is null then 'no-conversation'
        end as skip,
        -- 7 in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour all hold when one goes out in two seconds.
        (select used_at + interval '2.01 seconds' from send_budget
          where scope = 'conversation:' || known.conversation and used_at > moment - interval '2.01 seconds') as free_at
      from known
    ), marked as (
      update notice_deliveries d set
          state = case when skip is not null then 'skipped' when free_at is not null then 'queued' else 'sending' end,
          reason = skip,
          due_at = case when skip is null then free_at end,
          attempts = attempts + case when skip is null and free_at is null then 1 else 0 end,
          sending_at = case when skip is null and free_at is null then moment else sending_at end,
          settled_at = case when skip is not null then moment end
        from judged
        where d.notice_id = of_notice and d.person_id = judged.person_id
        returning d.*, judged.entra_id, judged.tenant_id, judged.reference, judged.conversation
    ), kept as (
      insert into send_budget (scope, used_at)
        select distinct 'conversation:' || conversation, moment from marked
          where state = 'sending' and conversation is not null
        on conflict (scope) do update set used_at = excluded.used_at
    )
    select coalesce(jsonb_agg(jsonb_build_object(
        'state', state, 'personId', person_id, 'wave', wave, 'attempts', attempts, 'impact', impact, 'cause', cause,
        'os', os, 'device', device, 'site', site, 'name', name, 'locale', locale, 'timeZone', time_zone,
        'entraId', entra_id, 'tenantId', tenant_id, 'reference', reference)), '[]')
      into more from marked;
    taken := taken || more;
  end loop;

  if jsonb_array_length(taken) = 0 then
    return jsonb_build_object('kind', 'empty', 'seconds', (
      select extract(epoch from min(due_at) - moment) from notice_deliveries
        where notice_id = of_notice and wave <= last_wave and state = 'queued'));
  end if;
  taken := (select coalesce(jsonb_agg(row), '[]') from jsonb_array_elements(taken) as row
    where row ->> 'state' = 'sending');
  update send_budget set used_at = moment,
      granted = grants || array_fill(moment, array[jsonb_array_length(taken)])
    where scope = scope_of_app;
  return jsonb_build_object('kind', 'go', 'deliveries', taken);
end $$`;

/**
 * Writes down how sends ended, many in one statement. Only the attempt that is meant is settled; an answer that comes
 * late is still the truth about a row that was given up as unknown. `reach` and `reference` of people change only if
 * nothing came from them since.
 */
const settleSends = sql`
create function settle_sends(of_notice text, outcomes jsonb, moment timestamptz) returns integer
language plpgsql as $$
declare
  settled integer;
begin
  moment := coalesce(moment, clock_timestamp());
  with list as (
    select * from jsonb_to_recordset(outcomes) as list
      (person_id text, attempts integer, state text, reason text, activity_id text, wait float,
        due_at timestamptz, reach text, forget boolean, reference jsonb)
  ), changed as (
    update notice_deliveries d set state = list.state, reason = list.reason, activity_id = list.activity_id,
        due_at = coalesce(list.due_at, moment + make_interval(secs => list.wait)),
        settled_at = case when list.state not in ('queued', 'held') then moment end
      from list
      where d.notice_id = of_notice and d.person_id = list.person_id and d.attempts = list.attempts
        and (d.state = 'sending' or (d.state = 'unknown' and d.reason = 'worker-lost'))
      returning d.person_id, d.sending_at, list.reach, list.forget, list.reference
  ), known as (
    update people set
        reach = coalesce(changed.reach, people.reach),
        reference = case when changed.forget then null else coalesce(changed.reference, people.reference) end,
        conversation = case when changed.forget then null
          else coalesce(changed.reference -> 'conversation' ->> 'id', people.conversation) end,
        updated_at = moment
      from changed
      where people.id = changed.person_id and coalesce(people.seen_at <= changed.sending_at, true)
        and (changed.reach is not null or changed.forget or changed.reference is not null)
  )
  select count(*) into settled from changed;
  -- Who cancelled meanwhile did not stop what was on its way; what comes back to wait is stopped here.
  update notice_deliveries d set state = 'skipped', reason = 'cancelled', due_at = null, settled_at = moment
    from jsonb_to_recordset(outcomes) as list (person_id text, state text), notices n
    where list.state in ('queued', 'held') and d.notice_id = of_notice and d.person_id = list.person_id
      and d.state in ('queued', 'held') and n.id = of_notice and n.state = 'cancelled';
  return settled;
end $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, beginSends, settleSends]) await statement.execute(db);
}
