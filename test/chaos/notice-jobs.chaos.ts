import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { startTeamsConnector, type TeamsConnector } from '../doubles/teams-connector.ts';
import { startCampaign } from '../notices/campaign.ts';
import { createPostgresDatabase } from '../storage/postgres-server.ts';

const script = fileURLToPath(new URL('notice-sender.ts', import.meta.url));
/** Of four lanes: the first process takes them all, so that the second one has nothing to do. */
const lanes = 4;

describe('A process that has all jobs of a notice and is killed', function () {
  this.timeout(180_000);
  let connector: TeamsConnector;
  let database: Database;
  let url: string;
  const workers: ChildProcess[] = [];

  before(async () => {
    url = await createPostgresDatabase();
    database = await openDatabase(url);
    connector = await startTeamsConnector({ clock: { now: Date.now, advance: () => undefined } });
    await startCampaign(database, connector, { id: 'N-JOBS', people: 3_000 });
  });
  after(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await database?.close();
    await connector?.close();
  });

  async function startWorker(): Promise<ChildProcess> {
    const env = { PATH: process.env.PATH, DATABASE_URL: url, LOG_LEVEL: 'error' };
    const worker = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    workers.push(worker);
    await once(worker.stdout, 'data');
    return worker;
  }
  async function countJobs(state: 'active' | 'created'): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from jobs.job where state = ${state}::jobs.job_state`.execute(
      database.db,
    );
    return rows[0]?.n ?? 0;
  }

  it('is followed by another within 90 seconds, by its jobs alone', async () => {
    const first = await startWorker();
    while ((await countJobs('active')) < lanes) await setTimeout(100);
    await startWorker();
    await setTimeout(2_000);
    assert.equal(await countJobs('created'), 0);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const killedAt = Date.now();
    const before = connector.sent().length;
    assert.ok(before > 0, 'the first process sends');
    while (connector.sent().length === before && Date.now() < killedAt + 120_000) await setTimeout(100);
    const seconds = (Date.now() - killedAt) / 1_000;
    console.log(`      the other one went on after ${seconds.toFixed(1)} s`);
    assert.ok(seconds < 90);
  });
});
