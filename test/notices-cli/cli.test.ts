import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '../../src/storage/connection.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

describe('handshake notice, as a program of its own beside the embedded database', function () {
  this.timeout(60_000);
  let folder: string;
  let running: Database;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handshake-notice-'));
    running = await openDatabase(`pglite:${join(folder, 'db')}`);
  });
  after(async () => {
    await running.close();
    await rm(folder, { recursive: true });
  });

  async function handshake(args: readonly string[], input = '') {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: folder,
      env: { DATABASE_URL: 'pglite:db', PATH: process.env.PATH },
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code, out, err };
  }

  it('says what to do while the bot holds the database, and changes nothing', async () => {
    const { code, out, err } = await handshake(['notice', 'list']);
    assert.deepEqual([code, out], [1, '']);
    for (const way of ['Nothing was changed', 'cards in Teams', 'HTTP API', 'stop the bot', 'PostgreSQL']) {
      assert.ok(err.includes(way), way);
    }
  });

  it('ends with 2 where the command itself is wrong: whoever approves names the version that they read', async () => {
    const { code, err } = await handshake(['notice', 'approve', 'N-7K2M9Q']);
    assert.equal(code, 2);
    assert.match(err, /required option '--version <number>'/);
  });

  it('takes the draft that it printed itself, once the bot has stopped', async () => {
    await running.close();
    const { out: draft } = await handshake(['notice', 'example', 'announcement']);
    const { code, out, err } = await handshake(['notice', 'new', '-', '--json'], draft);
    assert.equal(code, 0, err);
    const notice = JSON.parse(out);
    assert.match(notice.author.id, /^os:/);
    running = await openDatabase(`pglite:${join(folder, 'db')}`);
    const rows = await running.db.selectFrom('notices').select(['id', 'state']).execute();
    assert.deepEqual(rows, [{ id: notice.id, state: 'draft' }]);
  });
});
