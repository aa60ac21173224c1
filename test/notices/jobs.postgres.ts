import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import pino from 'pino';
import { type NoticeJobs, startNoticeJobs } from '../../src/notices/jobs.ts';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { executeIn } from '../../src/storage/execute-in.ts';
import { createPostgresDatabase } from '../storage/postgres-server.ts';

const log = pino({ level: 'silent' });

describe('Jobs that wake the workers of notices, on PostgreSQL', () => {
  let database: Database;
  const running: NoticeJobs[] = [];
  before(async function () {
    this.timeout(60_000);
    database = await openDatabase(await createPostgresDatabase());
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
    await sql`delete from jobs.job`.execute(database.db);
  });
  after(() => database?.close());

  async function start(): Promise<NoticeJobs> {
    const jobs = await startNoticeJobs(database, log);
    running.push(jobs);
    return jobs;
  }
  const wake = (jobs: NoticeJobs, noticeId: string) =>
    database.db.transaction().execute((transaction) => jobs.wake(executeIn(transaction), noticeId));
  async function countWaiting(): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from jobs.job where state < 'active'`.execute(database.db);
    return rows[0]?.n ?? 0;
  }

  it('reach workers of every process within seconds of the change that starts the notice', async () => {
    const heard: string[] = [];
    const [first, second] = [await start(), await start()];
    for (const [name, jobs] of Object.entries({ first, second })) {
      await jobs.work(async (noticeId) => {
        heard.push(`${name}: ${noticeId}`);
        await setTimeout(100);
        return null;
      });
    }
    await wake(first, 'N-1');
    await until(() => heard.length === 4);
    assert.equal(await countWaiting(), 0);
    assert.ok(heard.every((line) => line.endsWith('N-1')));
  });

  it('are not there when the change is rolled back', async () => {
    const jobs = await start();
    const change = database.db.transaction().execute(async (transaction) => {
      await jobs.wake(executeIn(transaction), 'N-1');
      throw new Error('the change failed');
    });
    await assert.rejects(change, /the change failed/);
    assert.equal(await countWaiting(), 0);
  });

  it('do not pile up, however often a notice is woken', async () => {
    const jobs = await start();
    for (let times = 0; times < 5; times += 1) await wake(jobs, 'N-1');
    await wake(jobs, 'N-2');
    assert.equal(await countWaiting(), 8);
  });

  it('hand a notice over when their turn ends before it does', async () => {
    const jobs = await start();
    let turns = 0;
    await jobs.work(async () => (++turns < 10 ? 0 : null));
    await wake(jobs, 'N-1');
    await until(() => turns >= 10);
  });

  it('are missed after 20 seconds without a sign of life, and end after 75', async () => {
    await start();
    const { rows } = await sql<{ heartbeat: number; expiry: number; retries: number }>`
      select heartbeat_seconds as heartbeat, expire_seconds as expiry, retry_limit as retries
        from jobs.queue where name = 'send-notice'`.execute(database.db);
    assert.deepEqual(rows, [{ heartbeat: 20, expiry: 75, retries: 5 }]);
  });
});

/** Real time, because the queue's clock is the database's. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!condition() && Date.now() < end) await setTimeout(50);
  assert.ok(condition(), 'it did not happen in time');
}
