import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sendingOf } from '../../src/notices-cli/open.ts';
import { lockDirectory } from '../../src/storage/directory-lock.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

describe('handshake notice, as a program of its own', function () {
  this.timeout(30_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handshake-notice-'));
    await mkdir(join(folder, 'db'));
  });
  after(() => rm(folder, { recursive: true }));

  async function handshake(args: readonly string[]) {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { DATABASE_URL: 'pglite:db', PATH: process.env.PATH },
    });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code, out, err };
  }

  it('says what to do while the bot holds the database, and changes nothing', async () => {
    const running = await lockDirectory(join(folder, 'db'));
    const { code, out, err } = await handshake(['notice', 'list']);
    running.release();
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
});

describe('What becomes of a notice that may go out', () => {
  const author = { kind: 'person', id: 'ana' } as const;
  const someone = { roles: { author: [author], approver: [], auditor: [] }, apiAudience: null };
  const nobody = { ...someone, roles: { author: [], approver: [], auditor: [] } };
  const cases = [
    [
      'a running server sends it, where the database takes several programs',
      'postgres://host/db',
      someone,
      'server',
    ],
    [
      'the bot sends it at its next start, where the command holds the database',
      'pglite:db',
      someone,
      'next-start',
    ],
    ['nobody sends it, where nobody has a role and the API is off', 'postgres://host/db', nobody, 'off'],
    ['programs may send notices alone', 'postgres://host/db', { ...nobody, apiAudience: 'api' }, 'server'],
  ] as const;
  for (const [what, databaseUrl, notices, expected] of cases) {
    it(what, () => assert.equal(sendingOf(databaseUrl, notices), expected));
  }
});
