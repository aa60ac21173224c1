import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { conversation, countRows } from './builders.ts';
import { createPostgresDatabase } from './postgres-server.ts';

/** Lets a process save turns, kills it without warning after so many, and says which was acknowledged last. */
async function saveUntilKilled(url: string, turns: number): Promise<number> {
  const script = fileURLToPath(new URL('turn-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [script, url, conversation], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = -1;
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    seen += 1;
    if (seen === turns) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL', 'the writer ended by itself');
  return last;
}

/** Every acknowledged turn is there, whole; at most the one that was under way may be there as well. */
async function checkSaved(database: Database, acknowledged: number): Promise<void> {
  const { version, state } = await createTurnStore(database).load(conversation, '');
  assert.ok(version === acknowledged + 1 || version === acknowledged + 2, `${acknowledged}, then ${version}`);
  assert.deepEqual(state, { version: version - 1 });
  assert.deepEqual(await countRows(database), { conversations: 1, inbox: version, outbox: version });
}

async function killAgainAndAgain(url: string): Promise<void> {
  for (const turns of [1, 40, 137]) {
    const acknowledged = await saveUntilKilled(url, turns);
    const database = await openDatabase(url);
    await checkSaved(database, acknowledged);
    await database.close();
  }
}

describe('a process that is killed between two turns', () => {
  let parent: string;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'handshake-kill-'));
  });
  after(() => rm(parent, { recursive: true, force: true }));

  it('loses no acknowledged turn in a PGlite directory', async function () {
    this.timeout(180_000);
    await killAgainAndAgain(`pglite:${join(parent, 'db')}`);
  });

  it('loses no acknowledged turn in PostgreSQL', async () => {
    await killAgainAndAgain(await createPostgresDatabase());
  });
});

describe('a process that is killed while it makes its PGlite directory', () => {
  it('leaves a directory that the next start can use', async function () {
    this.timeout(180_000);
    const parent = await mkdtemp(join(tmpdir(), 'handshake-first-'));
    const url = `pglite:${join(parent, 'db')}`;
    const script = fileURLToPath(new URL('turn-writer.ts', import.meta.url));
    const child = spawn(process.execPath, [script, url, conversation], { stdio: 'ignore' });
    await waitForFiles(join(parent, 'db'), 200);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const database = await openDatabase(url);
    assert.equal((await createTurnStore(database).load(conversation, '')).version, 0);
    await database.close();
    await rm(parent, { recursive: true });
  });
});

async function waitForFiles(directory: string, count: number): Promise<void> {
  while (!existsSync(directory) || readdirSync(directory, { recursive: true }).length < count)
    await setTimeout(20);
}
