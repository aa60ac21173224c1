import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startApp } from '../../src/main.ts';
import { startTeamsConnector, type TeamsConnector } from '../doubles/teams-connector.ts';
import { type ServerProcess, startProcess } from './process.ts';
import { createRandom, createWalker, type Random, type Walker } from './walker.ts';

const rounds = 30;
/** Of 30 rounds; on a slow machine there are fewer, but no test that never ends. */
const longest = 200_000;
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

describe(`A server that is killed again and again (CHAOS_SEED=${seed})`, () => {
  let parent: string;
  let databaseUrl: string;
  let connector: TeamsConnector;
  let app: App;
  let walkers: readonly Walker[];

  before(async function () {
    this.timeout(longest + 100_000);
    parent = await mkdtemp(join(tmpdir(), 'handshake-chaos-'));
    databaseUrl = `pglite:${join(parent, 'db')}`;
    connector = await startTeamsConnector();
    const random = createRandom(seed);
    walkers = Array.from({ length: 4 }, () => createWalker(connector.user(), random));

    const end = Date.now() + longest;
    let killed = 0;
    for (; killed < rounds && Date.now() < end; killed++) {
      await liveUntilKilled(startProcess(databaseUrl), random);
    }
    console.log(`    ${killed} kills, ${takenSoFar()} activities taken`);
    assert.ok(killed >= 5, `only ${killed} rounds in ${longest} ms`);

    app = await startApp(readConfig({ DATABASE_URL: databaseUrl, PORT: '0' }), createLog('silent'));
    connector.connectBot(`${app.url}/api/messages`);
    for (const walker of walkers) assert.ok(await walker.settle(), 'what was not taken is taken in the end');
    await app.watchChannel();
    await deliverEverything();
  });
  after(async () => {
    await app?.close();
    await connector.close();
    await rm(parent, { recursive: true, force: true });
  });

  const takenSoFar = () => walkers.reduce((sum, { taken }) => sum + taken(), 0);

  /** Some lives end before they begin, while the process starts. */
  async function liveUntilKilled(server: ServerProcess, random: Random): Promise<void> {
    if (random() < 0.2) {
      await setTimeout(random() * 2_000);
      return server.kill();
    }
    const url = await server.url;
    if (url === null) assert.fail(`the server did not start: ${(await server.ended()).output}`);
    connector.connectBot(`${url}/api/messages`);
    let lives = true;
    const enough = takenSoFar() + 1 + Math.floor(random() * 14);
    const walks = walkers.map(async (walker) => {
      while (lives) await walker.act();
    });
    const latest = Date.now() + 5_000;
    while (takenSoFar() < enough && Date.now() < latest) await setTimeout(1);
    await setTimeout(random() * 80);
    const dead = server.kill();
    lives = false;
    await Promise.all([dead, ...walks]);
  }

  /** What the sweeper does in the minutes after a start, without the waiting; the app's own one may be at it too. */
  async function deliverEverything(): Promise<void> {
    for (let round = 0; round < 200 && (await countPending()) > 0; round += 1) {
      connector.clock.advance(3_600_000);
      await sql`update outbox set due_at = null, claimed_until = null where state = 'pending'`.execute(
        app.database.db,
      );
      if ((await app.sweep(0)) === 0) await setTimeout(100);
    }
  }

  async function countPending(): Promise<number> {
    const rows = app.database.db.selectFrom('outbox').select('id').where('state', '=', 'pending');
    return (await rows.execute()).length;
  }

  const key = ({ user }: Walker) => `msteams/${user.conversation}`;

  it('has handled every activity that it took once, and no other', async () => {
    const { db } = app.database;
    for (const walker of walkers) {
      const rows = db.selectFrom('inbox').selectAll().where('conversation', '=', key(walker));
      assert.equal((await rows.execute()).length, walker.taken());
      const { version } = await db
        .selectFrom('conversations')
        .select('version')
        .where('key', '=', key(walker))
        .executeTakeFirstOrThrow();
      assert.equal(Number(version), walker.taken());
    }
  });

  it('has everything that people said in a transcript, once', async () => {
    const { rows } = await sql<{ text: string }>`
      select data ->> 'text' as text from case_events where kind = 'said-by-person'`.execute(app.database.db);
    for (const mark of walkers.flatMap(({ said }) => said)) {
      assert.equal(rows.filter(({ text }) => text.endsWith(mark)).length, 1, mark);
    }
  });

  it('has every pasted output as a report, once', async () => {
    const reports = await app.database.db.selectFrom('reports').select('text').execute();
    const marks = walkers.flatMap(({ pasted }) => pasted);
    assert.ok(marks.length > 0);
    for (const mark of marks) assert.equal(reports.filter(({ text }) => text.includes(mark)).length, 1, mark);
  });

  it('has delivered every reply that it saved, at least once', async () => {
    const all = await app.database.db.selectFrom('outbox').selectAll().orderBy('id').execute();
    // No channel is set, so what was meant for a ticket's thread there has nowhere to go.
    const rows = all.filter(({ reason }) => reason !== 'no helpdesk channel');
    assert.deepEqual(new Set(rows.map(({ state }) => state)), new Set(['sent']));
    const delivered = countBy(connector.requests.map(({ body }) => contentOf(body)));
    const saved = countBy(rows.map(({ activity }) => contentOf(activity)));
    for (const [content, times] of saved) {
      assert.ok(
        (delivered.get(content) ?? 0) >= times,
        `saved ${times} times, not as often sent: ${content}`,
      );
    }
    const more = connector.requests.length - rows.length;
    console.log(`      ${rows.length} replies saved, ${more} more requests than replies`);
  });
});

/** What a person sees of a message, in one form for both sides: the database sorts keys. */
function contentOf(activity: unknown): string {
  const { text, attachments } = activity as { text?: unknown; attachments?: unknown };
  return JSON.stringify([text, attachments], (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function countBy(list: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
