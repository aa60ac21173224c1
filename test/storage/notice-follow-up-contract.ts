import assert from 'node:assert/strict';
import { followReports, remind } from '../../src/notices/follow-up.ts';
import type { Database } from '../../src/storage/connection.ts';
import { ada, draft } from '../domain/notice-builders.ts';
import { createNoticeWorld, crowd, type NoticeWorld } from '../notices/notice-world.ts';

/** What reports and reminders do to notices, on every database. */
export function describeNoticeFollowUp(open: () => Database): void {
  let world: NoticeWorld;
  const begin = (size: number) => {
    world = createNoticeWorld(open(), crowd(size));
    return world;
  };
  beforeEach(async () => {
    await open().db.deleteFrom('notices').execute();
    await open().db.deleteFrom('people').execute();
  });

  const { schedule } = draft();

  describe('a report that comes after the notice', () => {
    it('tells who has checked and who is fixed, and each only once', async () => {
      const { id } = await begin(3).schedule();
      await world.wind();
      await world.send(id);
      world.pass(60);
      await world.report('p000000', 'fine');
      await world.report('p000001', 'will-break');
      assert.equal(await followReports(world), 2);
      assert.partialDeepStrictEqual(await world.desk.progress(id), { checked: 2, fixed: 1 });
      assert.equal(await followReports(world), 0);
      world.pass(60);
      await world.report('p000001', 'fine');
      assert.equal(await followReports(world), 1);
      assert.partialDeepStrictEqual(await world.desk.progress(id), { checked: 2, fixed: 2 });
    });

    it('from before it tells nothing', async () => {
      world = begin(1);
      await world.report('p000000', 'fine', '2026-11-23T08:00:00Z');
      const { id } = await world.schedule({ audience: { ...draft().audience, impact: ['fine'] } });
      await world.wind();
      await world.send(id);
      await followReports(world);
      assert.partialDeepStrictEqual(await world.desk.progress(id), { checked: 0, fixed: 0 });
    });

    it('spares those who still wait for it when they are fine by now', async () => {
      const startAt = '2026-11-25T08:00:00.000Z';
      const { id } = await begin(3).schedule({ schedule: { ...schedule, startAt } });
      world.pass(60);
      await world.report('p000000', 'fine');
      await world.report('p000001', 'at-risk');
      await followReports(world);
      const { states, reasons } = await world.desk.progress(id);
      assert.deepEqual([states.queued, states.skipped], [2, 1]);
      assert.deepEqual(reasons, [{ state: 'skipped', reason: 'fixed', count: 1 }]);
    });
  });

  describe('the reminder', () => {
    const reminding = { schedule: { ...schedule, remindAfterDays: 2 } };

    async function sendFirst(size: number): Promise<string> {
      const { id } = await begin(size).schedule(reminding);
      await world.wind();
      return id;
    }

    it('goes to those who got the notice and are not fixed, and to nobody else', async () => {
      const id = await sendFirst(5);
      await world.send(id, 'failed', 1);
      await world.send(id, 'sent', 4);
      await world.wind();
      world.pass(60);
      await world.report('p000001', 'fine');
      await followReports(world);
      world.pass(86_400);
      // Not followed yet: the reports are looked at when the reminder is made, too.
      await world.report('p000002', 'fine');
      assert.deepEqual(await remind(world), [], 'two days are not over');
      world.pass(86_400);
      const [reminder] = await remind(world);
      assert.ok(reminder);
      assert.partialDeepStrictEqual(reminder, { remindsOf: id, total: 2, status: { at: 'scheduled' } });
      await world.wind();
      assert.deepEqual(await world.send(reminder.id), ['p000003', 'p000004']);
    });

    it('skips who is fixed between its making and its sending', async () => {
      const id = await sendFirst(2);
      await world.send(id);
      await world.wind();
      world.pass(2 * 86_400);
      const [reminder] = await remind(world);
      assert.ok(reminder);
      world.pass(5);
      await world.report('p000000', 'fine');
      await followReports(world);
      await world.wind();
      assert.deepEqual(await world.send(reminder.id), ['p000001']);
    });

    it('is not made when everyone is fixed, and no second one follows it', async () => {
      const id = await sendFirst(1);
      await world.send(id);
      await world.wind();
      world.pass(2 * 86_400);
      await world.report('p000000', 'fine');
      assert.deepEqual(await remind(world), []);
      await world.report('p000000', 'will-break');
      world.pass(9 * 86_400);
      assert.deepEqual(await remind(world), []);
    });

    it('is called off by whoever cancels what is done, once', async () => {
      const id = await sendFirst(1);
      await world.send(id);
      await world.wind();
      const cancel = () => world.desk.act(id, { do: 'cancel' }, ada, null);
      assert.partialDeepStrictEqual(await cancel(), { kind: 'done', notice: { status: { at: 'done' } } });
      world.pass(9 * 86_400);
      assert.deepEqual(await remind(world), []);
      assert.partialDeepStrictEqual(await cancel(), { kind: 'refused', why: 'out-of-place' });
      assert.partialDeepStrictEqual(await world.desk.progress(id), { states: { sent: 1, skipped: 0 } });
    });

    it('keeps the words and the audience of its notice', async () => {
      const id = await sendFirst(1);
      await world.send(id);
      await world.wind();
      world.pass(2 * 86_400);
      const [reminder] = await remind(world);
      const edited = await world.desk.act(reminder?.id ?? '', { do: 'edit', draft: draft() }, ada, null);
      assert.partialDeepStrictEqual(edited, { kind: 'refused', why: 'out-of-place' });
      assert.match(edited.kind === 'refused' ? edited.says : '', /^A reminder keeps the words/);
    });

    it('reminds of an announcement those who have not acknowledged it', async () => {
      const { id } = await begin(3).schedule({ ...reminding, subject: { kind: 'announcement' } });
      await world.wind();
      await world.send(id);
      await world.wind();
      await world.desk.acknowledge(id, 'p000001');
      world.pass(2 * 86_400);
      const [reminder] = await remind(world);
      assert.equal(reminder?.total, 2);
    });

    it('reminds of nothing again by itself', async () => {
      const id = await sendFirst(1);
      await world.send(id);
      await world.wind();
      world.pass(2 * 86_400);
      const [reminder] = await remind(world);
      assert.ok(reminder);
      await world.wind();
      await world.send(reminder.id);
      await world.wind();
      assert.equal((await world.at(reminder.id))?.at, 'done');
      world.pass(90 * 86_400);
      assert.deepEqual(await remind(world), []);
    });
  });
}
