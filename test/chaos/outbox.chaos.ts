import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startTeamsConnector, type TeamsConnector } from '../doubles/teams-connector.ts';
import { wordsSeenBy } from '../e2e/harness.ts';
import { type ServerProcess, startProcess } from './process.ts';

describe('A server process', () => {
  let parent: string;
  let databaseUrl: string;
  let connector: TeamsConnector;
  const processes: ServerProcess[] = [];

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'handshake-chaos-'));
    databaseUrl = `pglite:${join(parent, 'db')}`;
    connector = await startTeamsConnector();
  });
  afterEach(async () => {
    for (const server of processes.splice(0)) await server.kill();
  });
  after(async () => {
    await connector.close();
    await rm(parent, { recursive: true, force: true });
  });

  async function start(): Promise<ServerProcess> {
    const server = startProcess(databaseUrl);
    processes.push(server);
    const url = await server.url;
    assert.ok(url !== null, 'the server did not start');
    connector.connectBot(`${url}/api/messages`);
    return server;
  }

  it('that is killed between saving and sending sends the replies at its next start, in order', async () => {
    const server = await start();
    const maria = connector.user();
    connector.failNext(1, { kind: 'hang', accepted: false });
    const asking = maria.says('0x8004de40 on windows 10').catch(() => 'no answer');
    await until(() => connector.sent().length === 1);
    await server.kill();
    assert.equal(await asking, 'no answer');
    assert.deepEqual(maria.messages(), []);

    await start();
    const listening = Date.now();
    assert.equal((await maria.repeats()).status, 200, 'Teams sends it again; it was handled');
    await until(() => maria.messages().length === 2);
    assert.ok(Date.now() - listening < 20_000, 'not only when the replies count as abandoned');
    assert.match(wordsSeenBy(maria)[0] ?? '', /Hello, I'm Handshake/);
    assert.match(wordsSeenBy(maria)[1] ?? '', /How shall we go on\?/);
    await maria.pressesButton('Guide me step by step');
    assert.match(wordsSeenBy(maria).at(-1) ?? '', /Step 1 of/);
  });

  it('refuses a directory on which another one works, in words, and leaves that one alone', async () => {
    await start();
    const { code, output } = await startProcess(databaseUrl).ended();
    assert.equal(code, 1);
    assert.match(output, /The data directory .+ is in use by process \d+ on /);
    assert.match(output, /Stop that process, or give this one a directory of its own in DATABASE_URL/);
    assert.doesNotMatch(output, /\n +at /, 'no stack trace');
    assert.equal((await connector.user().says('0x8004de40')).status, 200);
  });

  it('that is asked to stop answers what it has begun, and ends with 0', async () => {
    const server = await start();
    const maria = connector.user();
    const before = connector.sent().length;
    const asking = maria.says('0x8004de40 on windows 10');
    await until(() => connector.sent().length > before);
    const [{ status }, code] = await Promise.all([asking, server.stop()]);
    assert.equal(status, 200);
    assert.equal(code, 0);
    assert.equal(maria.messages().length, 2);
  });
});

/** Waits for another process; mocha's time-out is the limit. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(20);
}
