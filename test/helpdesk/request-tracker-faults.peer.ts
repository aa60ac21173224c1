import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { HandoffCommand } from '../../src/domain/handoff.ts';
import { type ChangeParts, changeTicket } from '../../src/helpdesk/change.ts';
import type { HelpdeskConnector } from '../../src/helpdesk/connector.ts';
import { createRequestTracker } from '../../src/helpdesk/connectors/request-tracker.ts';
import { deliverDue } from '../../src/helpdesk/deliveries.ts';
import { pollNews } from '../../src/helpdesk/news.ts';
import type { Actor, DeliveryStore, TicketStore } from '../../src/helpdesk/ticket-store.ts';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { createDeliveryStore } from '../../src/storage/delivery-store.ts';
import { createTicketStore } from '../../src/storage/ticket-store.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { caseRow, turn } from '../storage/builders.ts';
import { ada, details, event, opening } from '../storage/ticket-builders.ts';
import { eventOf, report } from './connector-peer.ts';
import { createAgent } from './request-tracker-agent.ts';
import { beforeRequestTracker, type RequestTrackerServer } from './request-tracker-server.ts';
import { faultsByChance, startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const tickets = 100;
const ids = Array.from({ length: tickets }, (_, index) => `HS-${index + 1}`);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The whole way of a hundred tickets between the worker and the real program, on a wire that fails all the time. */
describe('A hundred tickets over a bad line to Request Tracker', function () {
  this.timeout(600_000);
  let server: RequestTrackerServer;
  let proxy: TcpProxy;
  let database: Database;
  let store: TicketStore;
  let deliveries: DeliveryStore;
  let connector: HelpdeskConnector;
  const faults = faultsByChance(20_261_124, { slow: 20, 'lost-answer': 8, reset: 6, 'black-hole': 1 });

  before(async function () {
    server = await beforeRequestTracker(this);
    proxy = await startTcpProxy(server.port, faults.next);
    database = await openDatabase('pglite:memory://');
    store = createTicketStore(database);
    deliveries = createDeliveryStore(database);
    const access = { url: new URL(proxy.url), token: server.tokens.handshake, within: 5_000 };
    connector = createRequestTracker({ access, queue: 'IT Support', requestor: null });
  });
  after(async () => {
    await proxy?.close();
    await database?.close();
    await server?.close();
  });

  let lines = 0;
  const parts: ChangeParts = {
    word: () => 'words',
    snapshot: ({ id, status }) => ({ ...event('status').ticket, id, state: status.at }),
    connectors: ['request-tracker'],
    newLineId: () => `line-${lines++}`,
    now: () => new Date(),
  };
  const change = (id: string, command: HandoffCommand, by: Actor) =>
    changeTicket({ ...parts, store }, id, command, by, null);

  /** Until nothing is left, without waiting for the time of the next attempt. */
  async function deliverAll(): Promise<void> {
    const connectors = [connector];
    const worker = {
      store: deliveries,
      connectors,
      transcriptOf: async () => null,
      random: () => 0,
      log: silent,
    };
    for (let settled = 1; settled > 0; ) {
      await sql`update deliveries set due_at = now()`.execute(database.db);
      settled = await deliverDue(worker);
    }
    assert.deepEqual(await deliveries.deadLetters(9), []);
  }

  /** Until a hundred tickets are in a state, or the polls have had every chance. */
  async function pollUntilSolved(): Promise<number> {
    const news = {
      store: deliveries,
      connectors: [connector],
      change: (id: string, command: HandoffCommand, by: Actor, source: Parameters<typeof changeTicket>[4]) =>
        changeTicket({ ...parts, store }, id, command, by, source),
      waitingText: 'Your turn.',
      log: silent,
    };
    for (let round = 0; ; round++) {
      await pollNews(news);
      const solved = (await store.list({ states: ['solved'], limit: 1_000 })).length;
      if (solved === tickets || round === 200) return solved;
    }
  }

  it('all arrive, once each', async () => {
    for (const id of ids) {
      const about = { ...event('opened').ticket, id };
      const opened = opening(
        {
          details: { ...details, conversation: `msteams/a:${id}` },
          events: [{ ticket: about, what: { kind: 'opened' } }],
          connectors: ['request-tracker'],
        },
        id,
      );
      const conversation = `msteams/a:${id}`;
      const change = { ...opened, ticket: { ...opened.ticket, caseId: `case-${id}` } };
      const cases = [caseRow({ id: `case-${id}`, conversation })];
      await createTurnStore(database).save(turn({ conversation, cases, tickets: [change] }));
    }
    await deliverAll();
    assert.equal(count("SELECT count(*) AS n FROM Tickets WHERE Status <> 'deleted'"), tickets);
    assert.equal(count('SELECT count(DISTINCT Subject) AS n FROM Tickets'), tickets);
    assert.equal(await createAgent(server).total(), tickets);
  });

  it('with what the person says, and a file, once each', async () => {
    for (const id of ids) await change(id, { do: 'post' }, { side: 'bot', id: 'bot', name: '' });
    for (const id of ids) await change(id, { do: 'say', text: `It is me, ${id}.` }, ada);
    await deliverAll();
    for (const id of ids) await bringFile(id);
    assert.equal(count(`${messages} AND Tr.Type = 'Correspond'`), tickets);
    assert.equal(count(`${messages} AND A.Filename = '${report.name}'`), tickets);
    assert.equal(
      count("SELECT count(DISTINCT ObjectId) AS n FROM Transactions WHERE Type = 'Correspond'"),
      tickets,
    );
  });

  async function bringFile(id: string): Promise<void> {
    const remote = { id: await remoteOf(id), url: null };
    const file = eventOf(9, { kind: 'file', file: report }, { id });
    for (let attempt = 0; attempt < 50; attempt++) {
      if ((await connector.deliver(file, remote)).kind === 'done') return;
    }
    assert.fail(`the file of ${id} never arrived`);
  }

  it('and come back with the answer and as solved, once each', async () => {
    const agent = createAgent(server);
    for (const id of ids) {
      const remote = await remoteOf(id);
      await agent.correspond(remote, `Turn TLS 1.2 on, ${id}.`);
      await agent.change(remote, { Status: 'resolved' });
    }
    assert.equal(await pollUntilSolved(), tickets);
    for (const id of ids) {
      const said = (await store.lines(id)).map(({ text }) => text);
      assert.deepEqual(said, [`It is me, ${id}.`, `Turn TLS 1.2 on, ${id}.`]);
    }
    // The wire was as bad as it should be.
    for (const fault of ['slow', 'lost-answer', 'reset', 'black-hole'] as const) {
      assert.ok((faults.struck[fault] ?? 0) > 0, JSON.stringify(faults.struck));
    }
    console.log(`      ${tickets} tickets, faults met: ${JSON.stringify(faults.struck)}`);
  });

  it('and stay solved when the person confirms', async () => {
    for (const id of ids) await change(id, { do: 'confirm' }, ada);
    await deliverAll();
    assert.equal(count("SELECT count(*) AS n FROM Tickets WHERE Status = 'resolved'"), tickets);
    assert.equal(count(`${messages} AND Tr.Type = 'Correspond'`), 2 * tickets);
  });

  const messages =
    'SELECT count(*) AS n FROM Attachments A JOIN Transactions Tr ON Tr.id = A.TransactionId WHERE 1 = 1';

  /** In RT's own database: no API in between could hide a twin. */
  const count = (query: string) => Number(server.database.prepare(query).get()?.n);

  async function remoteOf(id: string): Promise<string> {
    const row = await database.db
      .selectFrom('remote_tickets')
      .select('remote_id')
      .where('ticket_id', '=', id)
      .executeTakeFirstOrThrow();
    return row.remote_id;
  }
});
