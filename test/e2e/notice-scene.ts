import { sql } from 'kysely';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { readConfig } from '../../src/config.ts';
import type { Notice, NoticeActor, NoticeDraft } from '../../src/domain/notice.ts';
import { createLog } from '../../src/log.ts';
import { type App, startApp } from '../../src/main.ts';
import { createDeskSet } from '../../src/notices-desk.ts';
import { startPlayground } from '../../src/playground/playground.ts';
import { loadPolicyHistory } from '../../src/policy/organisation.ts';
import type { Database } from '../../src/storage/connection.ts';
import { openBrowser } from '../chromium.ts';
import { type ChatPage, openChat } from './playground-page.ts';

/**
 * The Playground a month before the DHE suites retire, with 1,200 people whose PCs are known. Its one person, Kim, is
 * author, approver and reader; Anna writes what Kim may not approve or does not write.
 */
export type NoticeScene = {
  readonly chat: ChatPage;
  /** Kim's own PC has nothing but what retires. */
  kimSendsReport(): Promise<void>;
  /** Anna's notice to everybody whom the change hits, which needs a second person. */
  annaAsks(): Promise<void>;
  /** Anna's notice to Kim alone, which goes out at once. */
  annaWritesToKim(): Promise<void>;
  /** Kim's notice to everybody: most have it, some wait for their morning. */
  isUnderWay(): Promise<void>;
  /** The rest have it too, and many have done something. */
  isOver(): Promise<void>;
  end(): Promise<void>;
};

const kim = '7d3b1a52-0000-4000-8000-000000000010';
const anna: NoticeActor = {
  ...{ id: '7d3b1a52-0000-4000-8000-000000000011', name: 'Anna Berg' },
  ...{ roles: ['author'], via: 'teams' },
};
const kimActs: NoticeActor = { ...anna, id: kim, name: 'Kim Solberg' };
const people = 1_200;
/** A Monday in March 2026, whenever this runs. */
const start = Date.parse('2026-03-02T09:00:00Z');

export async function openNoticeScene(deviceScaleFactor = 1): Promise<NoticeScene> {
  const began = Date.now();
  const now = () => new Date(start + Date.now() - began);
  const roles = { NOTICE_AUTHORS: kim, NOTICE_APPROVERS: kim, NOTICE_AUDITORS: kim };
  const config = readConfig({
    ...{ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: 'pglite:memory://', ...roles },
    ...{ ORGANISATION_NAME: 'Lumen', HELPDESK_CONTACT: 'IT help, extension 4711' },
  });
  const app = await startApp(config, createLog('silent'), { now });
  const playground = await startPlayground(`${app.url}/api/messages`);
  const browser = await openBrowser();
  const chat = await openChat(browser, playground.url, deviceScaleFactor);
  const history = loadPolicyHistory(null);
  const { desk, store } = createDeskSet({
    config,
    database: app.database,
    history,
    wake: async () => {},
    now,
  });
  await seedPeople(app.database);

  async function submit(draft: NoticeDraft, by: NoticeActor): Promise<Notice> {
    const created = await desk.create(draft, by);
    if (created.kind === 'refused') throw new Error(created.says);
    const submitted = await desk.act(created.notice.id, { do: 'submit' }, by, null);
    if (submitted.kind === 'refused') throw new Error(submitted.says);
    return submitted.notice;
  }
  let underWay: Notice | null = null;

  return {
    chat,
    kimSendsReport: () => seedDevice(app.database, kim, 0),
    async annaAsks() {
      await submit(draftOf({ impact: ['will-break', 'at-risk'] }), anna);
      await app.notices.followCards();
    },
    async annaWritesToKim() {
      await submit(draftOf({ people: [kim] }), anna);
      await app.notices.windClock();
      await app.notices.sweep();
    },
    async isUnderWay() {
      const schedule = {
        ...draftOf({}).schedule,
        startAt: new Date(now().getTime() + 86_400_000).toISOString(),
      };
      const submitted = await submit({ ...draftOf({ everyone: true }), schedule }, kimActs);
      underWay = await beginBy(app, submitted, now(), store);
      await app.notices.followCards();
    },
    async isOver() {
      if (underWay !== null) await settleAll(app.database, underWay.id, now());
      await app.notices.windClock();
    },
    async end() {
      await browser.close();
      await playground.close();
      await app.close();
    },
  };
}

function draftOf(audience: Partial<NoticeDraft['audience']>): NoticeDraft {
  const cards = createCards(loadWording('en'));
  return {
    name: 'DHE suites retire in April',
    subject: {
      ...{ kind: 'policy', before: '2026-03-31', after: '2026-04-01', lost: [] },
      source: 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers',
    },
    audience: {
      ...{ everyone: false, impact: [], findings: [], os: [], sites: [], languages: [], people: [] },
      ...{ groups: [], ...audience },
    },
    texts: cards.draftTexts([{ name: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384' }]),
    schedule: { startAt: null, window: null, weekdays: [], remindAfterDays: 7 },
    mandatory: null,
  };
}

const suites = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'] as const;
const fact = (name: string, value: unknown) => ({ name, value });

function profileOf(index: number, os: string) {
  const absent = ['ecdh', 'aes128', 'aes256', 'hash.sha', 'hash.sha256', 'hash.sha384'];
  return {
    others: [],
    facts: [
      ...[fact('cipher.policy', 'absent'), fact('cipher.source', 'cmdlet')],
      ...[fact('cipher.suites', [suites[index]]), fact('curves.list', ['NistP256', 'NistP384'])],
      fact('os.family', os),
      ...absent.map((name) => fact(`schannel.${name}.enabled`, 'absent')),
    ],
  };
}

/** Most are ready, a few are not, and of some there is no report. */
async function seedPeople({ db }: Database): Promise<void> {
  for (const [hash, index, os] of [
    ['old', 0, 'windows-10'],
    ['new', 1, 'windows-11'],
  ] as const) {
    const profile = JSON.stringify(profileOf(index, os));
    await sql`insert into tls_profiles (hash, profile) values (${hash}, ${profile}::text::jsonb)`.execute(db);
  }
  await sql`insert into people (id, name, site, locale, time_zone)
    select 'person-' || n, (array['Jonas Falk', 'Mira Holt', 'Omar Sandberg', 'Lea Winter'])[1 + n % 4],
      (array['Bern', 'Basel', 'Chur'])[1 + n % 3], 'en-GB', 'Europe/Zurich'
    from generate_series(1, ${people}::integer) n`.execute(db);
  await sql`insert into devices (person_id, device, os, profile)
    select 'person-' || n, 'pc', case when n % 15 = 0 then 'windows-10' else 'windows-11' end,
      case when n % 15 = 0 then 'old' else 'new' end
    from generate_series(1, ${people}::integer) n where n % 7 <> 0`.execute(db);
}

async function seedDevice({ db }: Database, personId: string, index: number): Promise<void> {
  await sql`insert into devices (person_id, device, os, profile)
    values (${personId}, 'pc', ${index === 0 ? 'windows-10' : 'windows-11'}, ${index === 0 ? 'old' : 'new'})`.execute(
    db,
  );
}

/** As workers leave it half-way: nobody can be written to here but Kim. */
async function beginBy(
  { database }: App,
  notice: Notice,
  at: Date,
  store: ReturnType<typeof createDeskSet>['store'],
): Promise<Notice> {
  const tomorrow = new Date(at.getTime() + 20 * 3_600_000);
  await sql`update notice_deliveries d set state = s.state, reason = s.reason,
      settled_at = case when s.state = 'held' then null else ${at}::timestamptz - (n % 60) * interval '1 second' end,
      due_at = case when s.state = 'held' then ${tomorrow}::timestamptz end, attempts = 1
    from (
      select person_id, n,
        case when n % 9 = 0 then 'held' when n % 83 = 0 then 'failed' when n % 101 = 0 then 'blocked'
          when n % 67 = 0 then 'skipped' when n = 500 then 'unknown' else 'sent' end as state,
        case when n % 9 = 0 then null when n % 83 = 0 then 'ServiceError' when n % 101 = 0 then 'ConversationBlockedByUser'
          when n % 67 = 0 then 'opted-out' when n = 500 then 'ECONNRESET' end as reason
      from (select person_id, row_number() over (order by person_id) as n
        from notice_deliveries where notice_id = ${notice.id}) as numbered
    ) as s where d.notice_id = ${notice.id} and d.person_id = s.person_id`.execute(database.db);
  const sending: Notice = {
    ...{ ...notice, version: notice.version + 1, approver: { id: anna.id, name: anna.name } },
    ...{ status: { at: 'sending', wave: 2 }, since: at.toISOString() },
  };
  const by: NoticeActor = { id: 'clock', name: '', roles: [], via: 'bot' };
  await store.save({ notice: sending, by, what: 'start', data: {}, deliveries: 'none', recipients: [] });
  return sending;
}

async function settleAll({ db }: Database, noticeId: string, at: Date): Promise<void> {
  await sql`update notice_deliveries set state = 'sent', settled_at = ${at}, due_at = null
    where notice_id = ${noticeId} and state = 'held'`.execute(db);
  await sql`update notice_deliveries set acknowledged_at = ${at},
      checked_at = case when hashtext(person_id) % 3 <> 0 then ${at}::timestamptz end,
      fixed_at = case when hashtext(person_id) % 5 = 1 then ${at}::timestamptz end
    where notice_id = ${noticeId} and state = 'sent' and hashtext(person_id) % 4 <> 0`.execute(db);
}
