import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { DeliveryStore } from '../../src/helpdesk/ticket-store.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createDeliveryStore } from '../../src/storage/delivery-store.ts';
import { createTicketStore } from '../../src/storage/ticket-store.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { caseRow, emptyTables, turn } from './builders.ts';
import { event, opening, taking } from './ticket-builders.ts';

const remote = { id: '42', url: 'https://rt.example/42' };

/** Events on their way to other helpdesk systems, on every database. */
export function describeDeliveries(open: () => Database): void {
  let database: Database;
  let deliveries: DeliveryStore;
  beforeEach(async () => {
    database = open();
    deliveries = createDeliveryStore(database);
    await emptyTables(database);
    const opened = opening({ events: [event('opened')], connectors: ['rt', 'mail'] });
    await createTurnStore(database).save(turn({ cases: [caseRow()], tickets: [opened] }));
    await createTicketStore(database).save(
      taking(opened.ticket, { events: [event('status')], connectors: ['rt', 'mail'] }),
    );
  });

  const claim = async (connector = 'rt') =>
    (await deliveries.claim(connector, 9)).map(({ event: { id, what } }) => `${id} ${what.kind}`);

  it('go to each connector in order, one of a ticket at a time', async () => {
    assert.deepEqual(await claim(), ['HS-1/0/1 opened']);
    assert.deepEqual(await claim(), []);
    await deliveries.settle('rt', 'HS-1/0/1', { kind: 'done', remote });
    assert.deepEqual(await claim(), ['HS-1/1/1 status']);
    assert.deepEqual(await claim('mail'), ['HS-1/0/1 opened']);
    assert.deepEqual(await claim('unknown'), []);
  });

  it('bring along what the ticket is called over there', async () => {
    await deliveries.settle('rt', 'HS-1/0/1', { kind: 'done', remote });
    const [next] = await deliveries.claim('rt', 9);
    assert.deepEqual(next?.remote, remote);
    assert.match(next?.event.at ?? '', /^\d{4}-\d\d-\d\dT/);
    assert.equal(await deliveries.findTicket('rt', '42'), 'HS-1');
    assert.equal(await deliveries.findTicket('mail', '42'), null);
  });

  it('bring files along byte for byte, whichever side they came from', async () => {
    const content = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const what = { kind: 'file' as const, file: { name: 'r.txt', contentType: 'text/plain', content } };
    const events = [{ ...event('opened'), what }];
    const first = opening({ events, connectors: ['desk'] }, 'HS-2');
    await createTurnStore(database).save(
      turn({ activityId: 'activity-2', expectedVersion: 1, cases: [caseRow()], tickets: [first] }),
    );
    await createTicketStore(database).save(taking(first.ticket, { events, connectors: ['desk'] }));
    for (const id of ['HS-2/0/1', 'HS-2/1/1']) {
      const [claimed] = await deliveries.claim('desk', 9);
      assert.equal(claimed?.event.id, id);
      const brought = claimed.event.what.kind === 'file' ? claimed.event.what.file : assert.fail();
      assert.deepEqual(
        { ...brought, content: [...brought.content] },
        { ...what.file, content: [...content] },
      );
      await deliveries.settle('desk', id, { kind: 'done', remote });
    }
  });

  it('are handed out again when nobody settled them in time', async () => {
    await claim();
    await sql`update deliveries set claimed_until = now() - interval '1 second'`.execute(database.db);
    const [again] = await deliveries.claim('rt', 9);
    assert.deepEqual([again?.event.id, again?.attempts], ['HS-1/0/1', 1]);
  });

  it('wait until they are due again', async () => {
    await claim();
    await deliveries.settle('rt', 'HS-1/0/1', { kind: 'later', afterSeconds: 60, reason: 'busy' });
    assert.deepEqual(await claim(), []);
    await sql`update deliveries set due_at = now()`.execute(database.db);
    assert.deepEqual(await claim(), ['HS-1/0/1 opened']);
  });

  it('that are dead hold back what comes after them, until somebody revives them', async () => {
    await claim();
    await deliveries.settle('rt', 'HS-1/0/1', { kind: 'dead', reason: 'unknown queue' });
    assert.deepEqual(await claim(), []);
    const [letter] = await deliveries.deadLetters(9);
    assert.deepEqual(
      [letter?.connector, letter?.eventId, letter?.kind, letter?.reason],
      ['rt', 'HS-1/0/1', 'opened', 'unknown queue'],
    );
    assert.equal(await deliveries.revive('rt', 'HS-1/0/1'), true);
    assert.equal(await deliveries.revive('rt', 'HS-1/0/1'), false);
    assert.deepEqual(await claim(), ['HS-1/0/1 opened']);
  });

  it('stay done, whatever a late caller says', async () => {
    await deliveries.settle('rt', 'HS-1/0/1', { kind: 'done', remote });
    await deliveries.settle('rt', 'HS-1/0/1', { kind: 'dead', reason: 'late' });
    assert.deepEqual(await deliveries.deadLetters(9), []);
  });

  it('know where asking for news goes on', async () => {
    assert.equal(await deliveries.cursor('rt'), null);
    await deliveries.saveCursor('rt', '2026-11-24 12:00:00');
    await deliveries.saveCursor('rt', '2026-11-24 12:05:00');
    assert.equal(await deliveries.cursor('rt'), '2026-11-24 12:05:00');
  });
}
