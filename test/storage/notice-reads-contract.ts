import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { deliveryStates } from '../../src/domain/notice.ts';
import type { DeliveryRow } from '../../src/notices/notice-desk.ts';
import type { Database } from '../../src/storage/connection.ts';
import { auditor } from '../domain/notice-builders.ts';
import { createNoticeWorld, crowd, type NoticeWorld } from '../notices/notice-world.ts';

/** What is told of notices, on every database. */
export function describeNoticeReads(open: () => Database): void {
  let world: NoticeWorld;
  const begin = (size: number) => {
    world = createNoticeWorld(open(), crowd(size));
    return world;
  };
  beforeEach(async () => {
    await open().db.deleteFrom('notices').execute();
  });

  describe('the figures of a notice', () => {
    it('are counted from the rows: whatever becomes of them, the states add up to the total', async () => {
      const { schedule, desk } = begin(40);
      const { id } = await schedule();
      await world.startAtOnce(id);
      for (const [place, state] of deliveryStates.entries()) {
        await world.setState(`p00000${place}`, state, id);
        const { total, states } = await desk.progress(id);
        assert.equal(total, 40);
        assert.equal(
          deliveryStates.reduce((sum, each) => sum + states[each], 0),
          40,
        );
      }
      // Even a row that nobody expected to go.
      await world.database.db.deleteFrom('notice_deliveries').where('person_id', '=', 'p000020').execute();
      assert.equal((await desk.progress(id)).total, 39);
    });

    it('tell the rate of the last minute, and when it will be over', async () => {
      const { schedule, desk } = begin(10);
      const { id } = await schedule();
      await world.startAtOnce(id);
      await world.send(id, 'sent', 2);
      world.clock.advance(2_000);
      await world.send(id, 'sent', 2);
      const { rate, expectedEnd } = await desk.progress(id);
      assert.equal(rate, 2);
      assert.equal(expectedEnd, new Date(world.clock.now() + 3_000).toISOString());
      world.clock.advance(61_000);
      assert.partialDeepStrictEqual(await desk.progress(id), { rate: 0, expectedEnd: null });
    });

    it('are all zero for a notice that nobody knows of', async () => {
      const { total, states, expectedEnd } = await begin(0).desk.progress('nothing');
      assert.deepEqual([total, states.sent, expectedEnd], [0, 0, null]);
    });
  });

  describe('a reader', () => {
    it('acknowledges once, which proves that an unknown delivery came', async () => {
      const { schedule, desk } = begin(2);
      const { id } = await schedule();
      await world.startAtOnce(id);
      await world.send(id, 'unknown', 1);
      assert.equal(await desk.acknowledge(id, 'p000000'), true);
      const [first] = await world.rowsOf(id);
      world.clock.advance(5_000);
      assert.equal(await desk.acknowledge(id, 'p000000'), true);
      assert.deepEqual((await world.rowsOf(id))[0], first);
      assert.partialDeepStrictEqual(await desk.progress(id), {
        acknowledged: 1,
        states: { sent: 1, queued: 1 },
      });
      assert.equal(await desk.acknowledge(id, 'somebody'), false);
    });
  });

  describe('the report', () => {
    it('has every recipient once, in order, page by page', async () => {
      const { schedule, desk } = begin(2_500);
      const { id } = await schedule();
      const pages: (readonly DeliveryRow[])[] = [];
      for await (const page of desk.report(id)) pages.push(page);
      assert.deepEqual(
        pages.map((page) => page.length),
        [1_000, 1_000, 500],
      );
      const ids = pages.flat().map(({ personId }) => personId);
      assert.deepEqual(
        ids,
        crowd(2_500).map((each) => each.person.id),
      );
    });
  });

  describe('the audit log', () => {
    it('tells who did what, newest first, also of what changed nothing', async () => {
      const { desk, schedule } = begin(60);
      const { id } = await schedule();
      await desk.record({ noticeId: id, by: auditor, what: 'export', data: { rows: 60 } });
      const entries = await desk.audit(id, 10);
      assert.deepEqual(
        entries.map(({ what, by }) => [what, by.name, by.via]),
        [
          ['export', 'Dan', 'teams'],
          ['approve', 'Bob', 'api'],
          ['submit', 'Ada', 'teams'],
          ['create', 'Ada', 'teams'],
        ],
      );
      assert.deepEqual(entries[1]?.data, { from: 'awaiting-approval', to: 'scheduled' });
      assert.deepEqual(await desk.audit(null, 1), entries.slice(0, 1));
    });

    it('refuses to be changed, shortened or emptied', async () => {
      await begin(5).schedule();
      for (const statement of [
        sql`update notice_audit set what = 'edit'`,
        sql`delete from notice_audit`,
        sql`truncate notice_audit`,
      ]) {
        await assert.rejects(statement.execute(world.database.db), /only added/);
      }
    });
  });
}
