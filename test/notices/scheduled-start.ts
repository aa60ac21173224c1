import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { windClock } from '../../src/notices/clock.ts';
import { sendFor } from '../../src/notices/worker.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createNoticeStore } from '../../src/storage/notice-store.ts';
import { draft } from '../domain/notice-builders.ts';
import { createTenant } from '../doubles/tenant.ts';
import { createNoticeWorld, person } from './notice-world.ts';
import { addPeople, countStates, senderParts } from './sending-world.ts';

const size = 60;
const watchSeconds = 300;
const startAt = '2026-11-24T09:00:00.000Z';

/** Several processes at the hour of a scheduled notice; each of these databases is the connection of one. */
export function describeScheduledStart(open: () => readonly Database[]): void {
  async function begin() {
    const [database] = open();
    assert.ok(database);
    await clear(database);
    await addPeople(database, size);
    const crowd = Array.from({ length: size }, (_, n) => person(`p${n + 1}`));
    const world = createNoticeWorld(database, crowd);
    const tenant = createTenant({ clock: world.clock });
    const { id } = await world.schedule({ schedule: { ...draft().schedule, startAt } });
    const woken: string[] = [];

    /** What each process does every few seconds; stopped, it finishes what it has in hand. */
    function startProcess(connection: Database) {
      const stopping = new AbortController();
      const parts = senderParts(connection, { clock: world.clock, tenant });
      const store = createNoticeStore(connection, async (_, noticeId) => void woken.push(noticeId));
      const pace = { haltShare: 0.1, haltAtLeast: 3, watchSeconds };
      const wind = () => windClock({ store, pace, now: world.now });
      return {
        wind,
        async look() {
          await wind();
          for (const due of await parts.store.listDue()) await sendFor(parts, due, stopping.signal);
        },
        stop: () => stopping.abort(),
      };
    }
    const lookAll = (processes: readonly { look(): Promise<void> }[]) =>
      Promise.all(processes.map((each) => each.look()));
    return {
      ...{ ...world, id, tenant, woken, startProcess, lookAll },
      processes: () => open().map(startProcess),
      /** Everybody looks at the same time, until nothing is left to do. */
      async goOn(processes: readonly { look(): Promise<void> }[]) {
        while ((await world.at(id))?.at !== 'done') {
          assert.ok(world.now() < new Date('2026-11-24T12:00:00Z'), 'it is not done by noon');
          await lookAll(processes);
          world.pass(watchSeconds);
        }
      },
      deeds: async () => (await world.desk.audit(id, 100)).map(({ what }) => what).toReversed(),
    };
  }
  type Begun = Awaited<ReturnType<typeof begin>>;

  async function reachesEachOnce({ tenant, database, id, rowsOf, desk, deeds }: Begun): Promise<void> {
    assert.equal(tenant.received.size, size);
    assert.deepEqual(new Set(tenant.received.values()), new Set([1]));
    assert.equal(tenant.requests.length, size);
    assert.deepEqual(await countStates(database, id), { sent: size });
    assert.deepEqual(new Set((await rowsOf(id)).map(({ attempts }) => attempts)), new Set([1]));
    assert.equal((await desk.list(10)).length, 1);
    const life = ['create', 'submit', 'approve', 'start', 'next-wave', 'next-wave', 'finish'];
    assert.deepEqual(await deeds(), life);
  }

  it('wait for it', async () => {
    const it = await begin();
    it.pass(3_599);
    await it.lookAll(it.processes());
    assert.equal((await it.at(it.id))?.at, 'scheduled');
    assert.deepEqual([it.woken, it.tenant.requests], [[], []]);
  });

  it('start it once, and write to each person once', async () => {
    const it = await begin();
    const processes = it.processes();
    it.pass(3_600);
    await Promise.all(processes.map(({ wind }) => wind()));
    assert.deepEqual(it.woken, [it.id]);
    await it.goOn(processes);
    await reachesEachOnce(it);
  });

  it('do so also where one of them is stopped and started anew while all look', async () => {
    const it = await begin();
    const [first, ...others] = it.processes();
    const [connection] = open();
    assert.ok(first && connection);
    it.pass(3_600);
    const looking = it.lookAll([first, ...others]);
    first.stop();
    const again = it.startProcess(connection);
    await Promise.all([looking, again.look()]);
    await it.goOn([again, ...others]);
    await reachesEachOnce(it);
  });

  it('do so also where the one that started it is gone before it has sent anything', async () => {
    const it = await begin();
    const [first, ...others] = it.processes();
    const [connection] = open();
    assert.ok(first && connection);
    it.pass(3_600);
    assert.equal((await first.wind()).length, 1);
    assert.equal(it.tenant.requests.length, 0);
    await it.goOn([it.startProcess(connection), ...others]);
    await reachesEachOnce(it);
  });
}

async function clear({ db }: Database): Promise<void> {
  for (const table of ['notices', 'people', 'send_budget']) {
    await sql`delete from ${sql.table(table)}`.execute(db);
  }
}
