import assert from 'node:assert/strict';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Deliver } from '../../src/bot/deliver.ts';
import { sendInOrder } from '../../src/bot/send-in-order.ts';
import { sweepOutbox } from '../../src/bot/sweeper.ts';
import type { PendingReply, TurnStore } from '../../src/bot/turn-store.ts';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { conversation, say, turn } from './builders.ts';
import { createPostgresDatabase } from './postgres-server.ts';

const log = { info: () => undefined, warn: () => undefined };
const never = new AbortController().signal;
const processes = 4;
const turnsEach = 12;

describe('processes that take turns in one conversation while Teams is often too busy', () => {
  let databases: readonly Database[];
  let stores: readonly TurnStore[];
  let delivered: string[];
  before(async () => {
    const url = await createPostgresDatabase();
    databases = await Promise.all(Array.from({ length: processes }, () => openDatabase(url)));
    stores = databases.map(createTurnStore);
    delivered = [];
  });
  after(() => Promise.all(databases.map((database) => database.close())));

  let calls = 0;
  /** Every third time the channel has no room; in between, others get their chance. */
  const deliver: Deliver = async (_reference, { activity }) => {
    calls += 1;
    if (calls % 3 === 0) return { kind: 'later', retryAfterSeconds: 0 };
    for (let breath = 0; breath < calls % 5; breath++) await breathe();
    delivered.push(activity.text ?? '');
    return { kind: 'sent', activityId: null };
  };

  async function takeTurn(store: TurnStore, activityId: string): Promise<void> {
    const { version } = await store.load(conversation, activityId);
    const replies = [say(`${activityId} first`), say(`${activityId} second`)];
    const saved = await store.save(turn({ activityId, expectedVersion: version, replies }));
    if (saved.kind === 'conflict') return takeTurn(store, activityId);
    assert.ok(saved.kind === 'saved');
    if (saved.earlier === 'waiting') return;
    const own = replies.map((reply, index): PendingReply => {
      return {
        id: saved.replyIds[index] ?? '',
        conversation,
        reference: {},
        reply,
        attempts: 0,
        lasting: false,
      };
    });
    await store.settle(await sendInOrder({ deliver, log }, [...saved.earlier, ...own], never));
  }

  it('deliver every reply once, in the order in which they were saved', async () => {
    let working = true;
    const sweepers = stores.slice(0, 2).map(async (store) => {
      while (working) await sweepOutbox({ store, deliver, log }, { stop: never });
    });
    const workers = stores.map(async (store, n) => {
      for (let t = 0; t < turnsEach; t++) await takeTurn(store, `turn ${t} of process ${n}`);
    });
    await Promise.all(workers);
    working = false;
    await Promise.all(sweepers);
    const [store] = stores;
    assert.ok(store);
    while ((await sweepOutbox({ store, deliver, log }, { stop: never })) > 0);

    const rows = await databases[0]?.db.selectFrom('outbox').selectAll().orderBy('id').execute();
    const saved = rows?.map(({ activity }) => (activity as { text?: string }).text);
    assert.equal(saved?.length, processes * turnsEach * 2);
    assert.deepEqual(delivered, saved);
  });
});
