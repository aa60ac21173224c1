import { type RawBuilder, sql } from 'kysely';
import type { Figure, Person } from '../notices/people.ts';
import type { KnownPerson, PeopleFilter, PeopleStore, StoredProfile } from '../notices/people-store.ts';
import type { Database } from './connection.ts';
import { toJsonText } from './json-text.ts';

export function createPeopleStore({ db }: Database): PeopleStore {
  async function rows<Row>(query: RawBuilder<Row>): Promise<readonly Row[]> {
    return (await query.execute(db)).rows;
  }

  return {
    async find(id) {
      const [found] = await rows(sql<{ person: Person }>`select ${personJson} as person
        from people where id = ${id}`);
      return found?.person ?? null;
    },

    page: (filter, after, limit) => rows(pageOf(filter, after, limit)),

    profilesOf: (hashes) =>
      rows(sql<StoredProfile>`select hash, profile from tls_profiles where hash = any (${hashes}::text[])`),

    profiles: (after, limit) =>
      rows(sql<StoredProfile>`select hash, profile from tls_profiles where hash > ${after}
        order by hash limit ${limit}`),

    figures: (judged) => rows(figuresOf(toJsonText(judged))),

    async setReach(id, reach) {
      await sql`update people set reach = ${reach}, updated_at = now() where id = ${id} and reach <> ${reach}`.execute(
        db,
      );
    },

    async tryUninstalled() {
      await sql`update people set reach = 'reachable', updated_at = now()
        where reach = 'not-installed' and entra_id is not null`.execute(db);
    },

    async forgetConversation(id, conversation) {
      await sql`update people set reference = null, conversation = null, updated_at = now()
        where id = ${id} and reference -> 'conversation' ->> 'id' = ${conversation}`.execute(db);
    },

    async setOptOut(id, optedOut) {
      const since = optedOut ? sql`coalesce(opted_out_at, now())` : sql`null`;
      const { numAffectedRows = 0n } =
        await sql`update people set opted_out_at = ${since}, updated_at = now() where id = ${id}`.execute(db);
      return numAffectedRows > 0n;
    },

    async keepListed(list) {
      const [counted] = await rows(keepListed(toJsonText(list)));
      return counted?.added ?? 0;
    },
  };
}

/** As a turn does, for somebody whose words no turn has seen; the shape is that of what a turn learns. */
export async function learnPerson({ db }: Database, person: object, reference: object): Promise<void> {
  const [who, where] = [toJsonText(person), toJsonText(reference)];
  await sql`select learn_person(${who}::text::jsonb, ${where}::text::jsonb)`.execute(db);
}

const personJson = sql`jsonb_build_object('id', people.id, 'tenantId', tenant_id, 'name', name,
  'entraId', entra_id, 'locale', locale, 'timeZone', time_zone, 'site', site, 'reach', reach,
  'optedOut', opted_out_at is not null, 'reference', reference)`;

function pageOf({ ids, sites, languages }: PeopleFilter, after: string, limit: number) {
  const ofIds = ids === null ? sql`true` : sql`people.id = any (${ids}::text[])`;
  const ofSites = sites.length === 0 ? sql`true` : sql`site = any (${sites}::text[])`;
  const ofLanguages =
    languages.length === 0
      ? sql`true`
      : sql`exists (select from unnest(${languages}::text[]) as prefix
          where lower(locale) = prefix or starts_with(lower(locale), prefix || '-'))`;
  return sql<KnownPerson>`
    with page as (
      select * from people where people.id > ${after} and ${ofIds} and ${ofSites} and ${ofLanguages}
        order by people.id limit ${limit}
    )
    select ${personJson} as person, coalesce(known.devices, '[]') as devices
      from page as people left join lateral (
        select jsonb_agg(jsonb_build_object('device', device, 'os', os, 'profile', profile,
            'receivedAt', to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
            order by received_at desc, device) as devices
          from devices where person_id = people.id
      ) as known on true
      order by people.id`;
}

/** The worst PC of each person, the one that reported last among equals; then everyone is counted. */
function figuresOf(judged: string) {
  return sql<Figure>`
    with judged as (
      select hash, impact, cause, array_position(array['will-break', 'at-risk', 'unknown'], impact) as place
        from jsonb_to_recordset(${judged}::text::jsonb) as list (hash text, impact text, cause text)
    ),
    worst as (
      select distinct on (person_id) person_id, coalesce(impact, 'unknown') as impact, cause, os
        from devices left join judged on hash = profile
        order by person_id, case when hash is null then 3 else coalesce(place, 4) end, received_at desc, device
    )
    select coalesce(impact, 'unknown') as impact, cause, os, site, count(*)::integer as people
      from people left join worst on person_id = id
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4`;
}

/** Somebody who never wrote gets all that the list says; of others, their own Teams knows better. */
function keepListed(list: string) {
  return sql<{ added: number }>`
    with kept as (
      insert into people as known (id, entra_id, name, site, locale, time_zone)
        select "entraId", "entraId", name, site, language, "timeZone"
          from jsonb_to_recordset(${list}::text::jsonb)
            as list ("entraId" text, name text, site text, language text, "timeZone" text)
        on conflict (id) do update set
          name = case when known.seen_at is null then coalesce(excluded.name, known.name)
            else coalesce(known.name, excluded.name) end,
          site = coalesce(excluded.site, known.site),
          locale = case when known.seen_at is null then coalesce(excluded.locale, known.locale)
            else coalesce(known.locale, excluded.locale) end,
          time_zone = case when known.seen_at is null then coalesce(excluded.time_zone, known.time_zone)
            else coalesce(known.time_zone, excluded.time_zone) end,
          updated_at = now()
        returning xmax = 0 as is_new
    )
    select count(*) filter (where is_new)::integer as added from kept`;
}
