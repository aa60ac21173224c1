import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import type { Mishap } from '../doubles/tenant.ts';
import { createSendingWorld } from './sending-world.ts';

describe('A worker that sends a notice', () => {
  let database: Database;
  before(async function () {
    this.timeout(60_000);
    database = await openDatabase('pglite:memory://');
  });
  after(() => database.close());
  afterEach(async () => {
    await database.db.deleteFrom('notices').execute();
    for (const table of ['people', 'send_budget', 'outbox', 'conversations']) {
      await database.db.deleteFrom(table as 'outbox').execute();
    }
  });
  const world = (size: number, given = {}) => createSendingWorld(database, size, given);

  it('sends to each person once, and keeps the id of the message', async () => {
    const { drain, counts, tenant, row } = await world(60);
    await drain();
    assert.deepEqual(await counts(), { sent: 60 });
    assert.deepEqual(new Set(tenant.received.values()), new Set([1]));
    assert.equal(tenant.received.size, 60);
    assert.match((await row('p1')).activity_id ?? '', /^a-/);
  });

  it('never sends more in any second than the rate, and no less than it allows', async () => {
    const { drain, tenant, clock } = await world(251, { rate: 25 });
    const start = clock.now();
    await drain();
    assert.equal(clock.now() - start >= 10_000 && clock.now() - start < 10_200, true);
    const { requests } = tenant;
    for (const [n, at] of requests.entries()) assert.ok((requests[n + 25] ?? Infinity) - at >= 1_000);
  });

  it('finds the next ones without a look at all who had it already', async () => {
    const { round, clock } = await world(3_000);
    await sql`analyze notice_deliveries`.execute(database.db);
    for (let count = 0; count < 6; count += 1) await round();
    await sql`update notice_deliveries set state = 'sent' where state = 'queued'
      and substr(person_id, 2)::integer < 2900`.execute(database.db);
    const before = await rowsRead(database);
    for (let count = 0; count < 10; count += 1) {
      clock.advance(1_000);
      assert.equal((await round()).kind, 'did');
    }
    assert.ok((await rowsRead(database)) - before < 1_000);
  });

  it('takes turns with other workers: together they send no faster', async () => {
    const { round, tenant } = await world(60, { rate: 10 });
    await Promise.all(Array.from({ length: 8 }, () => round()));
    assert.equal(tenant.requests.length, 10);
  });

  it('repeats after 429 when the wait is over, and nobody else sends before', async () => {
    const faults: Mishap[] = [{ kind: 'throttled', retryAfterSeconds: 30 }];
    const it = await world(20, { mishap: () => faults.shift() ?? null });
    await it.round();
    assert.deepEqual(await it.round(), { kind: 'idle', seconds: 30, isForAll: true });
    await it.drain();
    assert.deepEqual(await it.counts(), { sent: 20 });
    assert.deepEqual(new Set(it.tenant.received.values()), new Set([1]));
  });

  it('does not take a 429 for an end, however often it comes', async () => {
    let refusals = 40;
    const mishap = (): Mishap | null =>
      refusals-- > 0 ? { kind: 'throttled', retryAfterSeconds: 300 } : null;
    const it = await world(1, { mishap });
    await it.drain();
    assert.deepEqual(await it.counts(), { sent: 1 });
  });

  for (const accepted of [true, false]) {
    it(`never repeats what ${accepted ? 'arrived' : 'did not arrive'} without a clear answer`, async () => {
      const it = await world(3, { mishap: () => ({ kind: 'unclear', reason: '502', accepted }) });
      await it.drain();
      assert.deepEqual(await it.counts(), { unknown: 3 });
      assert.equal(it.tenant.requests.length, 3);
      assert.equal((await it.row('p1')).reason, '502');
    });
  }

  it('does not send again what went out while its row could not be written', async () => {
    const it = await world(1);
    const store = { ...it.store, settle: () => Promise.reject(new Error('the database is gone')) };
    await it.round({ store });
    assert.deepEqual(await it.counts(), { sending: 1 });
    await it.drain();
    assert.equal(it.tenant.requests.length, 1);
    it.clock.advance(61_000);
    assert.equal(await it.store.giveUpLost(), 1);
    await it.drain();
    assert.deepEqual(await it.counts(), { unknown: 1 });
    assert.equal(it.tenant.requests.length, 1);
  });

  it('leaves in doubt only what was on its way when it was killed', async () => {
    const it = await world(40);
    await it.store.begin(it.id, 5);
    await it.drain();
    assert.deepEqual(await it.counts(), { sending: 5, sent: 35 });
    it.clock.advance(61_000);
    await it.store.giveUpLost();
    assert.deepEqual(await it.counts(), { sent: 35, unknown: 5 });
  });

  it('believes an answer that comes late', async () => {
    const it = await world(1);
    await it.store.begin(it.id, 5);
    it.clock.advance(61_000);
    await it.store.giveUpLost();
    await it.store.settle(it.id, [
      { personId: 'p1', attempts: 1, consequence: { state: 'sent', activityId: 'late' } },
    ]);
    assert.deepEqual(await it.counts(), { sent: 1 });
  });

  it('stops at the next message when the notice is paused', async () => {
    const it = await world(60);
    await it.round();
    await it.sql(`update notices set state = 'paused'`);
    assert.deepEqual(await it.round(), { kind: 'idle', seconds: null, isForAll: false });
    assert.deepEqual(await it.counts(), { queued: 55, sent: 5 });
  });

  it('sends only waves that may go out', async () => {
    const it = await world(30);
    await it.sql('update notices set wave = 0');
    await it.sql(`update notice_deliveries set wave = 0 where person_id in ('p7', 'p8')`);
    await it.drain();
    assert.deepEqual(await it.counts(), { queued: 28, sent: 2 });
  });

  it('lets replies to people go first', async () => {
    const it = await world(5);
    await it.sql(`insert into conversations (key, version, state, reference) values ('chat', 1, '{}', '{}')`);
    await it.sql(`insert into outbox (conversation, kind, activity, saved_at)
      values ('chat', 'send', '{}', '${it.now().toISOString()}')`);
    assert.deepEqual(await it.round(), { kind: 'idle', seconds: 0.2, isForAll: true });
    assert.equal(it.tenant.requests.length, 0);
    await it.sql(`update outbox set state = 'sent'`);
    await it.drain();
    assert.deepEqual(await it.counts(), { sent: 5 });
  });

  it('skips who opted out or shut the bot out since, without a request', async () => {
    const it = await world(4);
    await it.sql(`update people set opted_out_at = now() where id = 'p1'`);
    await it.sql(`update people set reach = 'blocked' where id = 'p2'`);
    await it.sql(`delete from people where id = 'p3'`);
    await it.drain();
    assert.deepEqual(await it.counts(), { sent: 1, skipped: 3 });
    const reasons = await Promise.all(['p1', 'p2', 'p3'].map(async (id) => (await it.row(id)).reason));
    assert.deepEqual(reasons, ['opted-out', 'blocked', 'unknown-person']);
    assert.equal(it.tenant.requests.length, 1);
  });

  it('reaches who opted out when the notice is mandatory', async () => {
    const it = await world(1, { mandatory: { reason: 'Sign-in ends tomorrow.' } });
    await it.sql('update people set opted_out_at = now()');
    await it.drain();
    assert.deepEqual(await it.counts(), { sent: 1 });
  });

  it('creates a conversation where there is none, and keeps it', async () => {
    const it = await world(1);
    await it.sql('update people set reference = null, conversation = null');
    await it.drain();
    assert.deepEqual(await it.counts(), { sent: 1 });
    assert.equal(it.tenant.requests.length, 2);
    assert.equal((await it.person('p1')).conversation, 'chat-p1');
  });

  it('looks for the conversation anew when its id is not known any more', async () => {
    const faults: Mishap[] = [{ kind: 'not-found' }];
    const it = await world(1, { mishap: () => faults.shift() ?? null });
    await it.drain();
    assert.deepEqual(await it.counts(), { sent: 1 });
    assert.equal(it.tenant.requests.length, 3);
  });

  it('waits with a second notice to the same person', async () => {
    const first = await world(1);
    const second = await world(1);
    await first.drain();
    assert.deepEqual((await second.round()).kind, 'did');
    assert.equal(second.tenant.requests.length, 0);
    await second.drain();
    assert.equal(second.tenant.requests.length, 1);
  });

  it('holds who may not be reached at this hour', async () => {
    const schedule = {
      startAt: null,
      window: { from: '09:00', to: '17:00' },
      weekdays: [],
      remindAfterDays: null,
    };
    const it = await world(2, { schedule });
    await it.sql(`update notice_deliveries set time_zone = 'Europe/Zurich' where person_id = 'p2'`);
    await it.drain();
    assert.deepEqual(await it.counts(), { held: 1, sent: 1 });
    assert.equal((await it.row('p1')).due_at?.toISOString(), '2026-11-24T09:00:00.000Z');
  });

  it('does not send what Teams would refuse for its size', async () => {
    const it = await world(1);
    await it.round({ compose: () => ({ text: 'x'.repeat(90_000) }) });
    assert.equal((await it.row('p1')).reason, 'message-too-big');
    assert.equal(it.tenant.requests.length, 0);
  });
});

/** Rows of deliveries that were read one after the other, from the beginning of the table. */
async function rowsRead({ db }: Database): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ read: string }>`select seq_tup_read as read from pg_stat_user_tables
    where relname = 'notice_deliveries'`.execute(db);
  return Number(rows[0]?.read);
}
