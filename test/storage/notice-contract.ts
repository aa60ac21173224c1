import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Database } from '../../src/storage/connection.ts';
import { createNoticeStore } from '../../src/storage/notice-store.ts';
import { ada, bob, clock, draft, nobody } from '../domain/notice-builders.ts';
import { createNoticeWorld, crowd, done, type NoticeWorld, person } from '../notices/notice-world.ts';

/** What is kept of notices, on every database. */
export function describeNotices(open: () => Database): void {
  let world: NoticeWorld;
  const begin = (size: number) => {
    world = createNoticeWorld(open(), crowd(size));
    return world;
  };
  beforeEach(async () => {
    await open().db.deleteFrom('notices').execute();
  });

  const countBy = async (id: string, column: 'wave' | 'state') => {
    const groups = Object.groupBy(await world.rowsOf(id), (row) => String(row[column]));
    return Object.fromEntries(Object.entries(groups).map(([key, rows]) => [key, rows?.length]));
  };

  describe('a notice that is submitted', () => {
    it('has a row for each recipient, as they were judged', async () => {
      const { desk } = begin(0);
      world.known.set(
        'ada',
        person('ada', { cause: null, impact: 'at-risk' }, { site: 'Bern', timeZone: null }),
      );
      const { id } = done(await desk.create(draft({ audience: { ...nobody, everyone: true } }), ada));
      assert.equal((await world.act(id, { do: 'submit' })).total, 1);
      const [row] = await world.rowsOf(id);
      assert.partialDeepStrictEqual(row, {
        ...{
          person_id: 'ada',
          state: 'queued',
          impact: 'at-risk',
          cause: null,
          os: 'windows-10',
          device: 'pc-ada',
          evidence_at: new Date('2026-10-01T08:00:00.000Z'),
        },
        ...{ site: 'Bern', name: 'ADA', locale: 'de-CH', time_zone: null, attempts: 0 },
      });
    });

    it('goes first to a hundredth, then to a tenth, and not to the same people each time', async () => {
      const { schedule } = begin(1_234);
      const [first, second] = [await schedule(), await schedule()];
      assert.deepEqual(await countBy(first.id, 'wave'), { 0: 13, 1: 124, 2: 1_097 });
      const early = async (id: string) =>
        (await world.rowsOf(id)).filter(({ wave }) => wave === 0).map((row) => row.person_id);
      assert.notDeepEqual(await early(first.id), await early(second.id));
    });

    it('does not try itself out on people who cannot be reached', async () => {
      const { schedule, database } = begin(40);
      await database.db.deleteFrom('people').execute();
      const reach = sql`case when n < 7 then 'reachable' else 'removed' end`;
      await sql`insert into people (id, reach, opted_out_at)
        select 'p' || lpad(n::text, 6, '0'), ${reach}, case when n < 2 then now() end
        from generate_series(0, 39) as list (n)`.execute(database.db);
      const rows = await world.rowsOf((await schedule()).id);
      const early = rows.filter(({ wave }) => wave < 2).map((row) => row.person_id);
      assert.deepEqual(early, ['p000002', 'p000003', 'p000004', 'p000005', 'p000006']);
    });

    it('loses its rows with an edit, and gets those of the people who are meant then', async () => {
      const { desk, schedule } = begin(30);
      const { id } = await schedule();
      await world.act(id, { do: 'edit', draft: draft({ name: 'Again' }) });
      assert.deepEqual(await world.rowsOf(id), []);
      world.known.delete('p000003');
      assert.equal((await world.act(id, { do: 'submit' })).total, 29);
      assert.equal((await desk.progress(id)).total, 29);
    });
  });

  describe('two who change a notice at once', () => {
    it('are told apart by the version: one is saved, with rows, audit and wake-up; the other leaves nothing', async () => {
      const { desk, store } = begin(60);
      const { id } = done(await desk.create(draft(), ada));
      await world.act(id, { do: 'submit' });
      const waiting = await store.find(id);
      assert.ok(waiting);
      const approved = { ...waiting, version: waiting.version + 1, status: { at: 'scheduled' as const } };
      const change = { by: bob, data: {}, deliveries: 'none' as const, recipients: [] };
      const outcomes = await Promise.all([
        store.save({ ...change, notice: approved, what: 'approve' }),
        store.save({
          ...change,
          notice: { ...approved, status: { at: 'cancelled' } },
          what: 'cancel',
          deliveries: 'stop',
        }),
      ]);
      assert.deepEqual(outcomes.toSorted(), ['conflict', 'saved']);
      const isApproved = outcomes[0] === 'saved';
      assert.deepEqual(await countBy(id, 'state'), isApproved ? { queued: 60 } : { skipped: 60 });
      assert.equal((await desk.audit(id, 10))[0]?.what, isApproved ? 'approve' : 'cancel');
    });

    it('are told so by the desk, unless they take the notice as it is', async () => {
      const { desk } = begin(60);
      const { id, version } = done(await desk.create(draft(), ada));
      await world.act(id, { do: 'submit' });
      const late = await desk.act(id, { do: 'cancel' }, ada, version);
      assert.partialDeepStrictEqual(late, { kind: 'refused', why: 'changed-meanwhile' });
      assert.equal(done(await desk.act(id, { do: 'cancel' }, ada, null)).status.at, 'cancelled');
    });
  });

  describe('a wake-up of workers that fails', () => {
    it('takes the change with it, so that no notice says it is sent and nobody works', async () => {
      const { schedule } = begin(5);
      const notice = await schedule();
      const broken = createNoticeStore(world.database, async (db) => {
        await db.executeSql('insert into settings (key, value) values ($1, $2)', ['half', 'a job']);
        throw new Error('no queue');
      });
      const sending = {
        ...notice,
        version: notice.version + 1,
        status: { at: 'sending' as const, wave: 2 as const },
      };
      const change = {
        what: 'start' as const,
        by: clock,
        data: {},
        deliveries: 'wake' as const,
        recipients: [],
      };
      await assert.rejects(broken.save({ ...change, notice: sending }), /no queue/);
      assert.deepEqual(await world.at(notice.id), { at: 'scheduled' });
      const left = await world.database.db
        .selectFrom('settings')
        .selectAll()
        .where('key', '=', 'half')
        .execute();
      assert.deepEqual(left, []);
    });
  });

  describe('a notice that is stopped', () => {
    it('skips what waits, and leaves alone what is on its way or over', async () => {
      const { schedule, store } = begin(10);
      const { id } = await schedule();
      await world.startAtOnce(id);
      await world.send(id, 'sent', 3);
      await world.setState('p000004', 'held', id);
      await world.setState('p000005', 'sending', id);
      await world.act(id, { do: 'cancel' });
      assert.deepEqual(await countBy(id, 'state'), { sent: 3, sending: 1, skipped: 6 });
      const { reasons, total } = await store.progress(id, world.now());
      assert.deepEqual(reasons, [{ state: 'skipped', reason: 'cancelled', count: 6 }]);
      assert.equal(total, 10);
    });
  });

  describe('sending again', () => {
    it('queues those that failed, nobody else, and wakes workers', async () => {
      const { schedule } = begin(9);
      const { id } = await schedule();
      await world.startAtOnce(id);
      for (const state of ['failed', 'unknown', 'blocked', 'sent'] as const) await world.send(id, state, 2);
      world.woken.length = 0;
      await world.act(id, { do: 'resend-failed' });
      assert.deepEqual(await countBy(id, 'state'), { queued: 3, unknown: 2, blocked: 2, sent: 2 });
      assert.deepEqual(world.woken, [id]);
    });
  });
}
