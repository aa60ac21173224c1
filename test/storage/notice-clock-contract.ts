import assert from 'node:assert/strict';
import { remind } from '../../src/notices/follow-up.ts';
import type { Database } from '../../src/storage/connection.ts';
import { draft } from '../domain/notice-builders.ts';
import { createNoticeWorld, crowd, type NoticeWorld } from '../notices/notice-world.ts';

/** What notices do by the clock, on every database. */
export function describeNoticeClock(open: () => Database): void {
  let world: NoticeWorld;
  const begin = (size: number) => {
    world = createNoticeWorld(open(), crowd(size));
    return world;
  };
  beforeEach(async () => {
    await open().db.deleteFrom('notices').execute();
  });

  const { schedule } = draft();

  describe('a notice to many', () => {
    it('goes to a hundredth, is watched, goes to a tenth, is watched, and goes to all', async () => {
      const { id } = await begin(200).schedule();
      const told: unknown[] = [];
      for (let round = 0; round < 8; round++) {
        await world.wind();
        told.push([(await world.send(id)).length, (await world.at(id))?.at]);
        world.pass(200);
      }
      assert.deepEqual(told, [
        [2, 'sending'],
        [0, 'sending'],
        [20, 'sending'],
        [0, 'sending'],
        [178, 'sending'],
        [0, 'done'],
        [0, 'done'],
        [0, 'done'],
      ]);
    });

    it('halts by itself when too many of a wave come to nothing, and says how many', async () => {
      const { id } = await begin(200).schedule();
      await world.wind();
      await world.send(id);
      world.pass(300);
      await world.wind();
      await world.send(id, 'blocked', 1);
      await world.send(id, 'failed', 2);
      await world.wind();
      assert.partialDeepStrictEqual(await world.at(id), { at: 'halted', wave: 1 });
      assert.deepEqual(await world.send(id), [], 'nothing more goes out');
      const [entry] = await world.desk.audit(id, 1);
      assert.partialDeepStrictEqual(entry, { what: 'halt', by: { via: 'bot' }, data: { bad: 3, sent: 0 } });
    });

    it('goes on after somebody has resumed it, judged by what happens from then on', async () => {
      const { id } = await begin(200).schedule();
      await world.wind();
      await world.send(id);
      world.pass(300);
      await world.wind();
      await world.send(id, 'failed', 5);
      await world.wind();
      world.pass(1);
      await world.act(id, { do: 'resume' });
      await world.wind();
      await world.send(id);
      await world.wind();
      assert.partialDeepStrictEqual(await world.at(id), { at: 'sending', wave: 1 });
      world.pass(300);
      await world.wind();
      assert.partialDeepStrictEqual(await world.at(id), { at: 'sending', wave: 2 });
    });

    it('does not wait until tomorrow for the few who are held', async () => {
      const { id } = await begin(200).schedule();
      await world.wind();
      await world.send(id);
      world.pass(300);
      await world.wind();
      await world.hold(id, '2026-11-25T08:00:00Z', 9);
      await world.send(id);
      world.pass(300);
      await world.wind();
      assert.partialDeepStrictEqual(await world.at(id), { at: 'sending', wave: 2 });
    });

    it('waits for those who are held when they are most of a wave', async () => {
      const { id } = await begin(200).schedule();
      await world.wind();
      await world.hold(id, '2026-11-25T08:00:00Z', 2);
      world.pass(3_600);
      await world.wind();
      assert.partialDeepStrictEqual(await world.at(id), { at: 'sending', wave: 0 });
    });
  });

  describe('a notice to a few', () => {
    it('starts at its hour, goes to all at once, and is done when the last one is over', async () => {
      const startAt = '2026-11-24T08:00:30.000Z';
      const { id } = await begin(5).schedule({ schedule: { ...schedule, startAt } });
      await world.wind();
      assert.equal((await world.at(id))?.at, 'scheduled');
      world.pass(30);
      await world.wind();
      assert.deepEqual(world.woken, [id]);
      await world.send(id, 'sent', 4);
      await world.wind();
      assert.equal((await world.at(id))?.at, 'sending');
      await world.send(id);
      await world.wind();
      assert.equal((await world.at(id))?.at, 'done');
    });
  });

  describe('several processes with a clock each', () => {
    it('start a notice once, with one wake-up of workers, and go on once', async () => {
      const { id } = await begin(200).schedule();
      const everywhere = async () =>
        (await Promise.all([world.wind(), world.wind(), world.wind(), world.wind()])).flat().length;
      assert.equal(await everywhere(), 1);
      assert.deepEqual(world.woken, [id]);
      await world.send(id);
      world.pass(300);
      assert.equal(await everywhere(), 1);
      assert.partialDeepStrictEqual(await world.at(id), { at: 'sending', wave: 1 });
      const deeds = (await world.desk.audit(id, 10)).map(({ what }) => what);
      assert.deepEqual(deeds, ['next-wave', 'start', 'approve', 'submit', 'create']);
    });

    it('make one reminder', async () => {
      const { id } = await begin(3).schedule({ schedule: { ...schedule, remindAfterDays: 2 } });
      await world.wind();
      await world.send(id);
      await world.wind();
      world.pass(2 * 86_400);
      const made = (await Promise.all([remind(world), remind(world), remind(world)])).flat();
      assert.equal(made.length, 1);
      assert.equal((await world.desk.list(10)).length, 2);
    });
  });

  describe('deliveries that are held', () => {
    it('wait for their hour, and are let go then, once', async () => {
      const { id } = await begin(4).schedule();
      await world.wind();
      await world.hold(id, '2026-11-24T08:10:00Z', 4);
      world.woken.length = 0;
      await world.wind();
      assert.deepEqual(await world.send(id), []);
      world.pass(600);
      assert.equal(await world.store.release(id, world.now()), 4);
      assert.equal(await world.store.release(id, world.now()), 0);
      assert.deepEqual(world.woken, [id]);
      assert.equal((await world.send(id)).length, 4);
    });

    it('stay while the notice is paused', async () => {
      const { id } = await begin(4).schedule();
      await world.wind();
      await world.hold(id, '2026-11-24T08:10:00Z', 4);
      await world.act(id, { do: 'pause' });
      world.pass(600);
      assert.equal(await world.store.release(id, world.now()), 0);
    });
  });

  describe('a job that is lost', () => {
    it('is replaced when nothing has moved for a while, and not before', async () => {
      const { id } = await begin(4).schedule();
      await world.wind();
      await world.send(id, 'sent', 1);
      world.woken.length = 0;
      world.pass(20);
      await world.wind();
      assert.deepEqual(world.woken, []);
      world.pass(20);
      await world.wind();
      assert.deepEqual(world.woken, [id]);
    });
  });
}
