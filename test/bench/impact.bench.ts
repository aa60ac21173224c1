import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { NoticeSubject } from '../../src/domain/notice.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';
import { createAudienceFinder } from '../../src/notices/audience.ts';
import { remind } from '../../src/notices/follow-up.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createNoticeStore } from '../../src/storage/notice-store.ts';
import { createPeopleStore } from '../../src/storage/people-store.ts';
import { notice } from '../domain/notice-builders.ts';
import { openBenchDatabase } from './databases.ts';
import { ratioTable } from './ratios.ts';

/**
 * How fast everybody is judged, by how much their PCs differ: 100,000 people with a report each, of 300 distinct
 * profiles, as in an organisation that sets its PCs up alike, and at worst with a profile each. Uses a new, empty
 * database. Then how long the reminder takes of a notice that reached nearly all of them.
 * Run `node test/bench/impact.bench.ts [--people 100000] [--postgres | --url pglite:PATH|postgres://…]`.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'pglite:memory://' },
    postgres: { type: 'boolean' },
    people: { type: 'string', default: '100000' },
    seconds: { type: 'string' },
  },
});
const people = Number(values.people);

const subject: NoticeSubject = {
  ...{ kind: 'policy', before: '2026-03-31', after: '2026-04-01', lost: [] },
  source: 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers',
};

/** As big as a real one; every fiftieth offers nothing but what goes. */
const profile = sql`jsonb_build_object('others', '[]'::jsonb, 'facts', jsonb_build_array(
  jsonb_build_object('name', 'cipher.policy', 'value', 'absent'),
  jsonb_build_object('name', 'cipher.source', 'value', 'cmdlet'),
  jsonb_build_object('name', 'cipher.suites', 'value', jsonb_build_array(
    case when n % 50 = 0 then 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384' else 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384' end,
    'TLS_OF_NUMBER_' || n) || to_jsonb(array_fill('TLS_RSA_WITH_AES_256_CBC_SHA256'::text, array[16]))),
  jsonb_build_object('name', 'curves.list', 'value', jsonb_build_array('NistP256', 'NistP384')),
  jsonb_build_object('name', 'os.family', 'value', 'windows-10'),
  jsonb_build_object('name', 'schannel.ecdh.enabled', 'value', 'absent'),
  jsonb_build_object('name', 'schannel.aes128.enabled', 'value', 'absent'),
  jsonb_build_object('name', 'schannel.aes256.enabled', 'value', 'absent'),
  jsonb_build_object('name', 'schannel.hash.sha.enabled', 'value', 'absent'),
  jsonb_build_object('name', 'schannel.hash.sha256.enabled', 'value', 'absent'),
  jsonb_build_object('name', 'schannel.hash.sha384.enabled', 'value', 'absent')))`;

async function fill({ db }: Database, profiles: number): Promise<void> {
  await sql`truncate people, devices, tls_profiles`.execute(db);
  await sql`insert into tls_profiles (hash, profile)
    select encode(sha256(n::text::bytea), 'hex'), ${profile} from generate_series(1, ${profiles}::integer) n`.execute(
    db,
  );
  await sql`insert into people (id, name, site, locale)
    select md5(n::text), 'Person ' || n, 'Site ' || n % 12, 'de-CH'
      from generate_series(1, ${people}::integer) n`.execute(db);
  await sql`insert into devices (person_id, device, os, profile)
    select md5(n::text), 'pc', 'windows-10', encode(sha256((1 + n % ${profiles}::integer)::text::bytea), 'hex')
      from generate_series(1, ${people}::integer) n`.execute(db);
  await sql`analyze people, devices, tls_profiles`.execute(db);
}

const now = () => new Date('2026-02-10T08:00:00Z');
const finderOf = (database: Database) =>
  createAudienceFinder({
    people: createPeopleStore(database),
    history: { service: serviceHistory, organisation: [] },
    membersOf: async () => new Set(),
    now,
  });

/** People judged in a second, by the best of three. */
async function measure(database: Database): Promise<number> {
  const finder = finderOf(database);
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    const { byClass } = await finder.figures(subject);
    times.push(performance.now() - start);
    const broken = byClass['will-break'];
    if (broken < people / 60 || broken > people / 40) throw new Error(`${broken} people will break.`);
  }
  return people / (Math.min(...times) / 1000);
}

/** Seconds until the reminder of a notice that went to everybody is there; one in fifty was not fixed. */
async function measureReminder(database: Database): Promise<number> {
  const { db } = database;
  const store = createNoticeStore(database, async () => {});
  const done = notice('done', { id: 'N-FIRST', version: 0, subject: announcement, total: people });
  await store.save({
    ...{ by: { id: 'ada', name: 'Ada', roles: ['author'], via: 'command' }, what: 'create', data: {} },
    ...{ notice: done, deliveries: 'none', recipients: [] },
  });
  await sql`insert into notice_deliveries (notice_id, person_id, impact, state, settled_at)
    select 'N-FIRST', id, 'will-break', 'sent', now() from people`.execute(db);
  await sql`update notices set remind_at = ${now()} where id = 'N-FIRST'`.execute(db);
  await sql`analyze notice_deliveries`.execute(db);
  const start = performance.now();
  const [reminder] = await remind({ store, finder: finderOf(database), newId: () => 'N-SECOND', now });
  const seconds = (performance.now() - start) / 1_000;
  if (reminder?.total !== people) throw new Error(`The reminder is to ${reminder?.total}.`);
  return seconds;
}

/** Nobody has acknowledged it, so that the reminder goes to all. */
const announcement: NoticeSubject = { kind: 'announcement' };

const { database, close } = await openBenchDatabase(values);
await fill(database, 300);
const alike = await measure(database);
const reminder = await measureReminder(database);
await fill(database, people);
const distinct = await measure(database);
console.log(
  ratioTable(`impact on ${people} people on ${database.kind}`, 'people/s', [
    { name: '300 distinct profiles', figure: alike },
    { name: 'a profile each', figure: distinct },
  ]),
);
console.log(`reminder to ${people} people on ${database.kind}: ${reminder.toFixed(1)} s\n`);
await close();
