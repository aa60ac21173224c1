import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { startWorld, type World, wordsSeenBy } from '../e2e/harness.ts';
import { createPostgresDatabase } from './postgres-server.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const maria = 'c0000000-0000-4000-8000-00000000000c';
const draft = `name: Office closed
subject: {kind: announcement}
audience: {people: [${maria}]}
texts: {all: {en: {title: The office is closed, body: See you on Monday.}}}
`;

describe('handshake notice beside a running server on PostgreSQL', function () {
  this.timeout(180_000);
  let world: World;
  let url: string;
  let user: TeamsUser;
  let id: string;

  before(async () => {
    url = await createPostgresDatabase();
    const settings = { DATABASE_URL: url, NOTICE_AUTHORS: 'a0000000-0000-4000-8000-00000000000a' };
    world = await startWorld({ mode: 'teams', data: 'memory', settings });
    user = world.connector.user({ name: 'Maria', aadObjectId: maria });
    await user.says('hello');
  });
  after(() => world.close());

  async function handshake(args: readonly string[], input = ''): Promise<string> {
    const env = { PATH: process.env.PATH, DATABASE_URL: url, NOTICE_AUTHORS: maria };
    const run = promisify(execFile)(process.execPath, [cli, 'notice', ...args], { env });
    run.child.stdin?.end(input);
    return (await run).stdout;
  }
  const received = () => wordsSeenBy(user).filter((words) => words.includes('The office is closed')).length;
  /** The server does it by its own clock. */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await isSo()); tries++) {
      assert.ok(tries < 240, 'the server has not done it within a minute');
      await pause(250);
    }
  }
  const isDone = async () => JSON.parse(await handshake(['show', id, '--json'])).status.at === 'done';

  it('shows by a dry run whom it reaches, as the server knows them', async () => {
    id = JSON.parse(await handshake(['new', '-', '--json'], draft)).id;
    assert.match(await handshake(['dry-run', id]), /1 person would get it/);
  });

  it('has what is submitted sent by the server', async () => {
    assert.match(await handshake(['submit', id]), /goes to 1 person .*\nThe running bot sends it/);
    await until(() => received() === 1);
    await until(isDone);
    assert.match(await handshake(['progress', id]), /Sent: 1/);
  });

  it('has what is sent again taken up by all lanes of the server at once', async () => {
    const { db } = world.app.database;
    const countJobs = async () => {
      const { rows } = await sql<{ jobs: number }>`select count(*)::integer as jobs from jobs.job
        where name = 'send-notice'`.execute(db);
      return rows[0]?.jobs ?? 0;
    };
    await sql`update notice_deliveries set state = 'failed', reason = 'a test'`.execute(db);
    const before = await countJobs();
    await handshake(['resend', id]);
    assert.equal(await countJobs(), before + 4);
    await until(() => received() === 2);
    await until(isDone);
  });

  it('leaves no job of a command that was refused', async () => {
    const { db } = world.app.database;
    await sql`delete from jobs.job`.execute(db);
    await assert.rejects(handshake(['resend', id]));
    await assert.rejects(handshake(['resume', id]));
    const { rows } = await sql`select from jobs.job`.execute(db);
    assert.equal(rows.length, 0);
  });
});
