import { type Kysely, sql } from 'kysely';

const statements = [
  // Each turn of somebody may change their row: room in the page keeps that out of the index.
  sql`create table people (
    id text primary key,
    tenant_id text,
    name text,
    entra_id text,
    user_id text,
    conversation text,
    reference jsonb,
    locale text,
    time_zone text,
    site text,
    reach text not null default 'reachable' check (reach in
      ('reachable', 'removed', 'blocked', 'disabled', 'not-installed')),
    opted_out_at timestamptz,
    seen_at timestamptz,
    updated_at timestamptz not null default now()
  ) with (fillfactor = 80)`,

  // What is judged of a PC, once for all that are alike. The hash is of the profile itself.
  sql`create table tls_profiles (
    hash text primary key,
    profile jsonb not null,
    seen_at timestamptz not null default now()
  )`,
  sql`create table devices (
    person_id text not null references people (id) on delete cascade,
    device text not null,
    report_id text,
    os text,
    profile text not null,
    received_at timestamptz not null default now(),
    primary key (person_id, device)
  )`,
  sql`create index devices_by_age on devices (received_at)`,

  // A row that says the same as an hour ago is not written again. What an activity does not tell stays as it was.
  sql`create function learn_person(p jsonb, reference jsonb) returns void language sql as $$
    insert into people as known
        (id, tenant_id, name, entra_id, user_id, conversation, reference, locale, time_zone, seen_at)
      values (p ->> 'id', p ->> 'tenantId', p ->> 'name', p ->> 'entraId', p ->> 'userId', p ->> 'conversation',
        reference, p ->> 'locale', p ->> 'timeZone', now())
      on conflict (id) do update set
        tenant_id = coalesce(excluded.tenant_id, known.tenant_id),
        name = coalesce(excluded.name, known.name),
        entra_id = coalesce(excluded.entra_id, known.entra_id),
        user_id = excluded.user_id, conversation = excluded.conversation, reference = excluded.reference,
        locale = coalesce(excluded.locale, known.locale),
        time_zone = coalesce(excluded.time_zone, known.time_zone),
        reach = case when (p ->> 'isBack')::boolean then 'reachable' else known.reach end,
        seen_at = now(), updated_at = now()
      where known.seen_at is null or known.seen_at < now() - interval '1 hour'
        or known.reference is distinct from excluded.reference
        or known.conversation is distinct from excluded.conversation
        or known.name is distinct from coalesce(excluded.name, known.name)
        or known.locale is distinct from coalesce(excluded.locale, known.locale)
        or known.time_zone is distinct from coalesce(excluded.time_zone, known.time_zone)
        or (known.reach <> 'reachable' and (p ->> 'isBack')::boolean)
  $$`,

  // The profile's row is written each time, so that it is never pruned between here and the end of the transaction.
  sql`create function learn_device(of_person text, d jsonb) returns void language sql as $$
    insert into tls_profiles as known (hash, profile) values (d ->> 'profile', d -> 'facts')
      on conflict (hash) do update set seen_at = now();
    insert into devices (person_id, device, report_id, os, profile)
      values (of_person, d ->> 'device', d ->> 'reportId', d ->> 'os', d ->> 'profile')
      on conflict (person_id, device) do update set
        report_id = excluded.report_id, os = excluded.os, profile = excluded.profile, received_at = now()
  $$`,

  /** A turn, and what it teaches about the person: one statement. */
  sql`create function save_turn_and_learn(change jsonb) returns jsonb language plpgsql as $$
  declare
    outcome jsonb;
    learned constant jsonb := change -> 'learned';
  begin
    if jsonb_array_length(change -> 'tickets') > 0 then
      outcome := save_turn_with_tickets(change);
    else
      outcome := save_turn(change);
    end if;
    if outcome ->> 'kind' = 'saved' then
      perform learn_person(learned -> 'person', change -> 'reference');
      if jsonb_typeof(learned -> 'device') = 'object' then
        perform learn_device(learned -> 'person' ->> 'id', learned -> 'device');
      end if;
    end if;
    return outcome;
  end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
