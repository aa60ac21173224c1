import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type {
  DeliveryState,
  ImpactClass,
  Notice,
  NoticeCommand,
  NoticeDraft,
} from '../../src/domain/notice.ts';
import type { Pace } from '../../src/domain/notice-pace.ts';
import { clockActor, windClock } from '../../src/notices/clock.ts';
import { createNoticeDesk } from '../../src/notices/desk.ts';
import type { Acted } from '../../src/notices/notice-desk.ts';
import type { AudienceFinder, Person, Recipient } from '../../src/notices/people.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createNoticeStore } from '../../src/storage/notice-store.ts';
import { ada, bob, draft } from '../domain/notice-builders.ts';
import { createClock } from '../doubles/clock.ts';

let notices = 0;

const pace: Pace = { haltShare: 0.1, haltAtLeast: 3, watchSeconds: 300 };

/** Somebody whom the bot knows, and who will be locked out as long as nothing else is said. */
export function person(id: string, given: Partial<Recipient> = {}, about: Partial<Person> = {}): Recipient {
  return {
    person: {
      ...{
        id,
        tenantId: null,
        name: id.toUpperCase(),
        entraId: id,
        locale: 'de-CH',
        timeZone: 'Europe/Zurich',
      },
      ...{ site: null, reach: 'reachable', optedOut: false, reference: { of: id }, ...about },
    },
    impact: 'will-break',
    cause: 'suites-missing',
    os: 'windows-10',
    device: `pc-${id}`,
    evidenceAt: '2026-10-01T08:00:00.000Z',
    reportedAt: '2026-11-01T08:00:00.000Z',
    ...given,
  } as Recipient;
}

export function crowd(size: number): readonly Recipient[] {
  return Array.from({ length: size }, (_, n) => person(`p${String(n).padStart(6, '0')}`));
}

export type NoticeWorld = ReturnType<typeof createNoticeWorld>;

/** A desk over a real database, with people as the test says and a clock that it moves. */
export function createNoticeWorld(database: Database, people: readonly Recipient[]) {
  const clock = createClock();
  const now = () => new Date(clock.now());
  const known = new Map(people.map((each) => [each.person.id, each]));
  const woken: string[] = [];
  const store = createNoticeStore(database, async (db, id) => {
    await db.executeSql('select 1');
    woken.push(id);
  });
  const finder = createFinder(known);
  const newId = () => `N-${++notices}`;
  const desk = createNoticeDesk({ store, finder, approvalAbove: 50, newId, now });

  /** Written, submitted, and where it must be, approved. */
  async function schedule(given: Partial<NoticeDraft> = {}): Promise<Notice> {
    const { id } = done(await desk.create(draft(given), ada));
    const submitted = done(await desk.act(id, { do: 'submit' }, ada, null));
    return submitted.status.at === 'scheduled'
      ? submitted
      : done(await desk.act(id, { do: 'approve' }, bob, null));
  }

  return {
    ...{ database, clock, now, known, woken, store, finder, newId, desk, schedule },
    act: async (id: string, command: NoticeCommand, by = ada) => done(await desk.act(id, command, by, null)),
    at: async (id: string) => (await desk.find(id))?.status,
    send: (id: string, state: DeliveryState = 'sent', atMost = 1_000_000) =>
      settleQueued(database, { id, state, atMost, at: now() }),
    /** Without first waves. */
    async startAtOnce(id: string) {
      const notice = await store.find(id);
      assert.ok(notice);
      const sending: Notice = { ...notice, version: notice.version + 1, status: { at: 'sending', wave: 2 } };
      const change = { by: clockActor, data: {}, recipients: [] };
      assert.equal(
        await store.save({ ...change, notice: sending, what: 'start', deliveries: 'wake' }),
        'saved',
      );
    },
    rowsOf: (id: string) =>
      database.db
        .selectFrom('notice_deliveries')
        .selectAll()
        .where('notice_id', '=', id)
        .orderBy('person_id')
        .execute(),
    async setState(personId: string, state: DeliveryState, id: string) {
      const rows = database.db.updateTable('notice_deliveries').set({ state });
      await rows.where('notice_id', '=', id).where('person_id', '=', personId).execute();
    },
    wind: () => windClock({ store, pace, now }),
    pass: (seconds: number) => clock.advance(seconds * 1_000),
    async hold(id: string, dueAt: string, count: number) {
      const held = await settleQueued(database, { id, state: 'held', atMost: count, at: now() });
      const due = { due_at: new Date(dueAt), settled_at: null };
      await database.db
        .updateTable('notice_deliveries')
        .set(due)
        .where('person_id', 'in', [...held])
        .execute();
    },
    async report(id: string, impact: ImpactClass, at = now().toISOString()) {
      const before = known.get(id);
      assert.ok(before);
      known.set(id, { ...before, impact, reportedAt: at });
      await saveReport(database, id, at);
    },
  };
}

/** A report of somebody's that came in then; what it says is the finder's to tell. */
async function saveReport({ db }: Database, personId: string, at: string): Promise<void> {
  await sql`insert into people (id) values (${personId}) on conflict do nothing`.execute(db);
  await sql`insert into devices (person_id, device, profile, received_at) values (${personId}, 'pc', 'any', ${at})
    on conflict (person_id, device) do update set received_at = excluded.received_at`.execute(db);
}

export function done(acted: Acted): Notice {
  assert.ok(acted.kind === 'done', JSON.stringify(acted));
  return acted.notice;
}

/** What workers do: rows of the waves that may go out get an end. Returns whose. */
async function settleQueued(
  { db }: Database,
  { id, state, atMost, at }: { id: string; state: DeliveryState; atMost: number; at: Date },
): Promise<readonly string[]> {
  const { rows } = await sql<{ person_id: string }>`update notice_deliveries d
    set state = ${state}, settled_at = ${at}, sending_at = ${at}, attempts = attempts + 1,
      reason = ${state === 'sent' ? null : `was ${state}`}
    from (
      select d.person_id from notice_deliveries d join notices n on n.id = d.notice_id
        where n.id = ${id} and n.state = 'sending' and d.wave <= n.wave and d.state = 'queued'
        order by d.person_id limit ${atMost}
    ) as picked
    where notice_id = ${id} and d.person_id = picked.person_id returning d.person_id`.execute(db);
  return rows.map(({ person_id }) => person_id);
}

function createFinder(known: Map<string, Recipient>): AudienceFinder {
  const byImpact = ({ impact }: { impact: readonly ImpactClass[] }) =>
    [...known.values()].filter((each) => impact.length === 0 || impact.includes(each.impact));
  return {
    figures: async () => ({ people: known.size, byClass: {} as Record<ImpactClass, number>, rows: [] }),
    dryRun: async (_, audience) => ({
      ...{ count: byImpact(audience).length, byClass: {} as Record<ImpactClass, number> },
      ...{ sample: byImpact(audience).slice(0, 20), unreachable: [] },
    }),
    async *select(_, audience) {
      const found = byImpact(audience);
      for (let start = 0; start < found.length; start += 700) yield found.slice(start, start + 700);
    },
    judge: async (_, ids) => ids.flatMap((id) => known.get(id) ?? []),
  };
}
