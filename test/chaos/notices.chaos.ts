import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { startTeamsConnector, type TeamsConnector } from '../doubles/teams-connector.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { mostInOneSecond, readTokens, startCampaign } from '../notices/campaign.ts';
import { countStates } from '../notices/sending-world.ts';
import { createPostgresDatabase } from '../storage/postgres-server.ts';
import { createRandom } from './walker.ts';

const people = 200;
const rate = 25;
/** A process that is killed each time before it has started sends nothing. */
const mostKills = 5;
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const command = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const id = 'N-CHAOS1';

/** Real processes on a real PostgreSQL, in real time, with the limits of Teams enforced by the double. */
for (const processes of [1, 2, 4]) {
  describe(`A notice, by ${processes} ${processes === 1 ? 'process' : 'processes'} killed now and then (CHAOS_SEED=${seed})`, function () {
    this.timeout(300_000);
    const random = createRandom(seed + processes);
    let connector: TeamsConnector;
    let database: Database;
    let users: readonly TeamsUser[];
    let url: string;
    let kills = 0;

    before(async () => {
      url = await createPostgresDatabase();
      database = await openDatabase(url);
      connector = await startTeamsConnector({ clock: { now: Date.now, advance: () => undefined } });
      users = await startCampaign(database, connector, { id, people });
      await sendWithKills();
    });
    after(async () => {
      await database?.close();
      await connector?.close();
    });

    async function sendWithKills(): Promise<void> {
      const workers = Array.from({ length: processes }, startWorker);
      const end = Date.now() + 200_000;
      while ((await countOpen()) > 0 && Date.now() < end) {
        await setTimeout(1_000 + random() * 2_000);
        const victim = Math.floor(random() * workers.length);
        if (connector.sent().length > 0 && (await countQueued()) > 0) {
          if (random() < 0.5) connector.failNext(1 + Math.floor(random() * 3), faultBy(random()));
          if (kills < mostKills && random() < 0.4) {
            workers[victim]?.kill('SIGKILL');
            workers[victim] = startWorker();
            kills += 1;
          }
        }
      }
      for (const worker of workers) worker.kill('SIGTERM');
      await Promise.all(workers.map((worker) => worker.exitCode ?? once(worker, 'exit')));
    }

    function startWorker(): ChildProcess {
      const env = { PATH: process.env.PATH, DATABASE_URL: url, LOG_LEVEL: 'fatal', NOTICE_RATE: `${rate}` };
      return spawn(process.execPath, [command, 'worker'], { env, stdio: 'ignore' });
    }

    const countOpen = () => count(sql`state in ('queued', 'held', 'sending')`);
    const countQueued = () => count(sql`state = 'queued'`);
    async function count(condition: ReturnType<typeof sql>): Promise<number> {
      const { rows } = await sql<{ n: number }>`
        select count(*)::integer as n from notice_deliveries where ${condition}`.execute(database.db);
      return rows[0]?.n ?? 0;
    }

    it('reaches everybody once, or says that nobody knows', async () => {
      const states = await countStates(database, id);
      console.log(`      ${kills} kills, ${JSON.stringify(states)}`);
      const { sent = 0, unknown = 0, failed = 0, ...others } = states;
      assert.equal(sent + unknown + failed, people);
      assert.deepEqual(others, {});
      const rows = await database.db.selectFrom('notice_deliveries').select(['person_id', 'state']).execute();
      const stateOf = new Map(rows.map((row) => [row.person_id, row.state]));
      for (const user of users) {
        const got = user.messages().length;
        const state = stateOf.get(user.profile.aadObjectId);
        if (state === 'sent') assert.equal(got, 1);
        if (state === 'failed') assert.equal(got, 0);
        assert.ok(got <= 1, `${user.profile.name} got it ${got} times`);
      }
    });

    it('gets no more tokens in any second than the rate', async () => {
      const tokens = await readTokens(database);
      assert.ok(tokens.length >= people);
      assert.equal(mostInOneSecond(tokens) <= rate, true);
    });

    it('never goes out faster than Teams allows', () => {
      const most = mostInOneSecond(connector.sent().map(({ at }) => at));
      console.log(`      at most ${most} requests in a second arrived, of ${rate} that were given`);
      // A request takes its time from its token to Teams, so a second there is not quite one here.
      assert.ok(most <= 50);
    });
  });
}

function faultBy(chance: number) {
  if (chance < 0.4) return { kind: 'throttled', retryAfterSeconds: 1 } as const;
  return { kind: 'status', status: 502, accepted: chance < 0.7 } as const;
}
