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
import { bodyOf, type HttpDouble, listen } from '../doubles/http-double.ts';
import { startTeamsConnector, type TeamsConnector } from '../doubles/teams-connector.ts';
import { secretOf } from '../helpdesk/webhook-peer.ts';
import { type Hall, type Handoff, handOff, rootsOf, wordsOf } from './handoff-pair.ts';
import { startProcess } from './process.ts';
import { createRandom } from './walker.ts';

const wanted = Number(process.env.HANDOFFS ?? 200);
/** On a slow machine it fails by then, instead of never ending. */
const longest = Number(process.env.CHAOS_SECONDS ?? 420) * 1_000;
const atOnce = 12;
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

describe(`Handoffs on a server that is killed again and again (CHAOS_SEED=${seed})`, () => {
  let parent: string;
  let connector: TeamsConnector;
  let receiver: HttpDouble;
  let hall: Hall;
  let app: App;
  const received: string[] = [];
  const handoffs: Handoff[] = [];
  let begun = 0;
  let heard = 0;
  let killed = 0;

  before(async function () {
    this.timeout(longest + 200_000);
    parent = await mkdtemp(join(tmpdir(), 'handshake-chaos-'));
    const databaseUrl = `pglite:${join(parent, 'db')}`;
    connector = await startTeamsConnector();
    receiver = await listen(async (request, response) => {
      await bodyOf(request);
      received.push(String(request.headers['webhook-id']));
      response.writeHead(204);
      response.end();
    });
    const settings = {
      HELPDESK_CHANNEL: connector.channel('helpdesk'),
      HELPDESK_WEBHOOK_URL: `${receiver.url}/hook`,
      HELPDESK_WEBHOOK_SECRETS: secretOf(3),
    };
    const stop = new AbortController();
    const onHeard = () => {
      heard += 1;
    };
    hall = { connector, channel: settings.HELPDESK_CHANNEL, stop: stop.signal, onHeard };
    const end = Date.now() + longest;
    const random = createRandom(seed);
    let all: Promise<unknown> | null = null;
    while (handoffs.length < wanted && Date.now() < end) {
      const server = startProcess(databaseUrl, { settings, script: './handoff-server.ts' });
      const url = await server.url;
      if (url === null) assert.fail(`the server did not start: ${(await server.ended()).output}`);
      connector.connectBot(`${url}/api/messages`);
      all ??= Promise.allSettled(Array.from({ length: atOnce }, (_, at) => shift(at)));
      await untilHeard(20 + random() * 200);
      await server.kill();
      killed += 1;
    }
    stop.abort();
    await all;
    app = await startApp(
      readConfig({ DATABASE_URL: databaseUrl, PORT: '0', ...settings }),
      createLog('silent'),
      {
        channelLimits: [{ count: 100_000, seconds: 1 }],
      },
    );
    await settle();
    console.log(`    ${handoffs.length} handoffs, ${killed} kills`);
  });
  after(async () => {
    await app?.close();
    await connector.close();
    await receiver.close();
    await rm(parent, { recursive: true, force: true });
  });

  /** A life is as long as it takes to hear so many activities. */
  async function untilHeard(many: number): Promise<void> {
    const enough = heard + many;
    const latest = Date.now() + 30_000;
    while (heard < enough && handoffs.length < wanted && Date.now() < latest) await setTimeout(1);
  }

  /** One agent, who has one person after the other. */
  async function shift(at: number): Promise<void> {
    const agent = connector.user({ name: `Agent ${at}` });
    await agent.mentionsIn(hall.channel, 'help').catch(() => undefined);
    while (begun < wanted) {
      begun += 1;
      handoffs.push(await handOff(hall, agent, `${at}x${begun}`));
    }
  }

  /** What the server does in the minutes after a start, without the waiting. */
  async function settle(): Promise<void> {
    const { db } = app.database;
    for (let left = 1; left > 0; ) {
      connector.clock.advance(3_600_000);
      await sql`update outbox set due_at = now(), claimed_until = null where state = 'pending'`.execute(db);
      await sql`update tickets set cards_due_at = null, cards_claimed_until = null`.execute(db);
      await sql`update deliveries set due_at = now(), claimed_until = null where state = 'pending'`.execute(
        db,
      );
      await app.followUp();
      await setTimeout(500);
      const { rows } = await sql<{ left: number }>`select (
        (select count(*) from outbox where state = 'pending')
        + (select count(*) from deliveries where state = 'pending')
        + (select count(*) from tickets where root_version < version or card_version < version))::integer as left`.execute(
        db,
      );
      left = rows[0]?.left ?? 0;
    }
  }

  it('have one ticket each, which was opened and solved once, and has each line once', async () => {
    assert.ok(
      handoffs.length >= wanted,
      `only ${handoffs.length} of ${wanted} handoffs in time; CHAOS_SECONDS gives more`,
    );
    for (const { person, note } of handoffs) {
      const { rows } = await sql<{ commands: string[]; state: string }>`
        select state, (select array_agg(command order by e.id) from ticket_events e where e.ticket_id = t.id) as commands
          from tickets t where t.conversation = ${`msteams/${person.conversation}`}`.execute(app.database.db);
      assert.equal(rows.length, 1, note);
      assert.equal(rows[0]?.state, 'solved');
      assert.deepEqual(
        rows[0]?.commands.filter(
          (command, at, all) => command !== 'post' && !(command === 'take' && all.indexOf('take') < at),
        ),
        ['open', 'take', 'reply', 'say', 'say', 'solve'],
        note,
      );
    }
  });

  it('have one thread each that works; another root says that it may stand there twice', async () => {
    let more = 0;
    for (const { note } of handoffs) {
      const roots = rootsOf(hall, note);
      const kept = await sql<{
        root_id: string;
      }>`select root_id from tickets where note like ${`%${note}%`}`.execute(app.database.db);
      const own = roots.findIndex(({ id }) => id === kept.rows[0]?.root_id);
      assert.equal(own, roots.length - 1, `${note}: the newest root is the ticket's`);
      assert.ok((roots[own]?.edits ?? 0) > 0, 'and is kept up to date');
      more += roots.length - 1;
      const posted = connector.requests.filter(
        ({ path, body }) => path.endsWith('/v3/conversations') && JSON.stringify(body).includes(note),
      );
      for (const { body } of posted.slice(1)) assert.match(JSON.stringify(body), /may stand here twice/);
    }
    console.log(`      ${more} more roots than tickets`);
    assert.ok(more <= killed * atOnce, 'at most those that a kill has cut short');
  });

  it('have every line on the other side, and twice only where a kill came between', async () => {
    const { rows } = await sql<{ text: string; attempts: number }>`
      select activity ->> 'text' as text, attempts from outbox where lasting`.execute(app.database.db);
    let twice = 0;
    for (const { person, note, toPerson, toThread } of handoffs) {
      const thread = rootsOf(hall, note).flatMap(({ conversation }) => connector.shown(conversation));
      for (const [mark, shown] of [
        ...toPerson.map((mark) => [mark, person.messages()] as const),
        ...toThread.map((mark) => [mark, thread] as const),
      ]) {
        const times = shown.filter((message) => wordsOf(message).includes(mark)).length;
        assert.ok(times >= 1, `${mark} was lost`);
        const tries = rows.find(({ text }) => text?.includes(mark))?.attempts ?? 0;
        assert.ok(times === 1 || tries > 2, `${mark} came ${times} times in one try`);
        twice += times - 1;
      }
    }
    console.log(`      ${handoffs.length * 4} lines, ${twice} of them came once more`);
  });

  it('have each of their events at the other system, under an id by which a repeat is known', async () => {
    const { rows } = await sql<{ id: string }>`select id from connector_events`.execute(app.database.db);
    const known = new Set(received.filter((id) => id.startsWith('HS-')));
    assert.deepEqual([...known].sort(), rows.map(({ id }) => id).sort());
    console.log(`      ${rows.length} events, ${received.length - known.size} calls more`);
  });
});
