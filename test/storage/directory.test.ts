import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src/storage/connection.ts';
import { type DirectoryLock, lockDirectory, StorageBusy } from '../../src/storage/directory-lock.ts';

describe('a PGlite data directory', () => {
  let parent: string;
  let directory: string;
  const children: ChildProcess[] = [];
  const locks: DirectoryLock[] = [];

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'handshake-lock-'));
    directory = join(parent, 'db');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    for (const lock of locks.splice(0)) lock.release();
    await rm(parent, { recursive: true });
  });

  async function take(): Promise<void> {
    locks.push(await lockDirectory(directory));
  }
  /** What another process says when it tries to take the directory; it lives on. */
  async function takeInChild(): Promise<{ readonly child: ChildProcess; readonly says: string }> {
    const script = fileURLToPath(new URL('lock-holder.ts', import.meta.url));
    const child = spawn(process.execPath, [script, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const [says] = await once(child.stdout, 'data');
    return { child, says: String(says) };
  }
  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  describe('that another process works on', () => {
    it('is refused, and the refusal names directory, process and what to do', async () => {
      const { child } = await takeInChild();
      await assert.rejects(openDatabase(`pglite:${directory}`), (error) => {
        assert.ok(error instanceof StorageBusy);
        assert.equal(error.owner?.pid, child.pid);
        for (const part of [directory, `process ${child.pid}`, 'Stop that process', 'PostgreSQL']) {
          assert.ok(error.message.includes(part), part);
        }
        return true;
      });
    });

    it('is refused by any name that leads to it', async () => {
      await mkdir(directory);
      await takeInChild();
      await symlink(directory, join(parent, 'alias'));
      await assert.rejects(openDatabase(`pglite:${join(parent, 'alias')}`), StorageBusy);
    });

    it('is free at once when that process is killed', async () => {
      const { child } = await takeInChild();
      await kill(child);
      await take();
    });
  });

  describe('that this process works on', () => {
    it('is refused to itself a second time', async () => {
      await take();
      await assert.rejects(lockDirectory(directory), StorageBusy);
    });

    it('stays refused to others after such a refusal', async () => {
      await take();
      await assert.rejects(lockDirectory(directory), StorageBusy);
      const { says } = await takeInChild();
      assert.match(says, /is in use by process/);
    });

    it('is free after the release, which may be told twice', async () => {
      await take();
      const lock = locks.pop();
      lock?.release();
      lock?.release();
      const { says } = await takeInChild();
      assert.equal(says, 'locked');
    });

    it('is free after an opening that failed', async () => {
      await mkdir(directory);
      await writeFile(join(directory, 'PG_VERSION'), 'not a database');
      await assert.rejects(openDatabase(`pglite:${directory}`), { code: 'storage-unavailable' });
      await take();
    });
  });

  describe('when four processes want it at once', () => {
    it('goes to one of them, though a dead one left its name in it', async function () {
      this.timeout(60_000);
      const { child } = await takeInChild();
      await kill(child);
      const attempts = await Promise.all(Array.from({ length: 4 }, takeInChild));
      assert.equal(attempts.filter(({ says }) => says === 'locked').length, 1);
    });
  });

  describe('on a system with file modes', () => {
    it('keeps everybody else out, also when it was open to all before', async function () {
      if (process.platform === 'win32') this.skip();
      await mkdir(directory, { mode: 0o777 });
      await take();
      await assert.rejects(openDatabase(`pglite:${directory}`), StorageBusy);
      assert.equal((await stat(directory)).mode & 0o777, 0o700);
      assert.equal((await stat(`${directory}.lock`)).mode & 0o777, 0o600);
    });
  });
});
