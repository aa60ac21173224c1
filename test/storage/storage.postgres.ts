import assert from 'node:assert/strict';
import { type Kysely, sql } from 'kysely';
import { type Database, openDatabase, StorageUnavailable } from '../../src/storage/connection.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { turn } from './builders.ts';
import { describeStorage } from './contract.ts';
import { createPostgresDatabase } from './postgres-server.ts';

describe('storage on PostgreSQL', () => {
  let database: Database;
  before(async () => {
    database = await openDatabase(await createPostgresDatabase());
  });
  after(() => database.close());

  describeStorage(() => database);
});

describe('several processes on one PostgreSQL database', () => {
  it('may all start at once on an empty one', async () => {
    const url = await createPostgresDatabase();
    const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase(url)));
    const applied = await opened[0]?.db.introspection.getTables();
    assert.ok(applied?.some(({ name }) => name === 'outbox'));
    await Promise.all(opened.map(({ db }) => migrate(db)));
    await Promise.all(opened.map((database) => database.close()));
  });

  it('have one effect of an activity that reaches all of them', async () => {
    const url = await createPostgresDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url)));
    const stores = opened.map(createTurnStore);
    const outcomes = await Promise.all(
      Array.from({ length: 48 }, (_, n) => stores[n % 4]?.save(turn({ activityId: `a-${n % 3}` }))),
    );
    // Three activities on version 0: one is saved, its copies are duplicates, the others have to run again.
    const counts = Object.groupBy(outcomes, (outcome) => outcome?.kind ?? 'none');
    assert.equal(counts.saved?.length, 1);
    assert.equal(counts.duplicate?.length, 15);
    assert.equal(counts.conflict?.length, 32);
    await Promise.all(opened.map((database) => database.close()));
  });
});

describe('copies of an activity that all find it new and the conversation busy', () => {
  it('are told apart when it is free: one is saved, the others are duplicates', async () => {
    const database = await openDatabase(await createPostgresDatabase());
    const store = createTurnStore(database);
    await store.save(turn());
    const copy = turn({ activityId: 'activity-2', expectedVersion: 1 });
    const copies = await database.db.transaction().execute(async (busy) => {
      await busy.selectFrom('conversations').selectAll().forUpdate().execute();
      const saves = Array.from({ length: 3 }, () => store.save(copy));
      await waitForBlocked(database.db, 3);
      return saves;
    });
    const kinds = (await Promise.all(copies)).map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), ['duplicate', 'duplicate', 'saved']);
    await database.close();
  });
});

/** Until so many sessions wait for a lock. Asked outside of transactions: inside, the answer never changes. */
async function waitForBlocked(db: Kysely<Schema>, count: number): Promise<void> {
  const waiting = sql<{ count: number }>`select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await waiting.execute(db)).rows[0]?.count !== count);
}

describe('a PostgreSQL connection that breaks while idle', () => {
  it('is reported, and the next turn gets another one', async () => {
    const url = await createPostgresDatabase();
    const lost: Error[] = [];
    const heard = Promise.withResolvers<void>();
    const database = await openDatabase(url, {
      onLostConnection: (error) => {
        lost.push(error);
        heard.resolve();
      },
    });
    const store = createTurnStore(database);
    await store.save(turn());
    const other = await openDatabase(url);
    assert.ok(other.kind === 'postgres');
    await other.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await heard.promise;
    assert.equal((await store.load('msteams/a:conversation-1', 'activity-1')).seen, true);
    assert.equal(lost.length, 1);
    await Promise.all([database.close(), other.close()]);
  });
});

describe('a PostgreSQL server that turns us away', () => {
  it('is named as the trouble, without the password', async () => {
    const url = new URL(await createPostgresDatabase());
    url.password = 'wrong-pass-canary';
    await assert.rejects(openDatabase(url.href), (error) => {
      assert.ok(error instanceof StorageUnavailable);
      assert.match(error.message, /DATABASE_URL/);
      assert.doesNotMatch(`${error.stack} ${error.cause}`, /canary/);
      return true;
    });
  });
});
