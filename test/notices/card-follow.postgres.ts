import assert from 'node:assert/strict';
import { setImmediate as breathe } from 'node:timers/promises';
import { type CardOutcome, followCards } from '../../src/notices/card-follow.ts';
import type { KeptCard, PlannedCard } from '../../src/notices/card-store.ts';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { createNoticeCardStore } from '../../src/storage/notice-card-store.ts';
import { ada, bob, draft } from '../domain/notice-builders.ts';
import { createPostgresDatabase } from '../storage/postgres-server.ts';
import { createNoticeWorld, crowd, done } from './notice-world.ts';

/** Several batches, so that there is something left for each process. */
const officials = Array.from({ length: 40 }, (_, n) => `official-${n}`);
const never = new Promise<never>(() => undefined);

describe('Two processes that follow the same cards of a notice, on PostgreSQL', () => {
  let databases: readonly Database[] = [];
  before(async () => {
    const url = await createPostgresDatabase();
    databases = await Promise.all([openDatabase(url), openDatabase(url)]);
  });
  after(() => Promise.all(databases.map((database) => database.close())));

  /** A notice that waits to be approved, and the chat of each official with all that their card has shown. */
  async function begin() {
    const [database] = databases;
    assert.ok(database);
    await database.db.deleteFrom('notices').execute();
    const world = createNoticeWorld(database, crowd(60));
    const { id } = done(await world.desk.create(draft(), ada));
    let { version } = await world.act(id, { do: 'submit' });
    const chats = new Map<string, string[]>(officials.map((official) => [official, []]));
    const drawn = (card: KeptCard) => {
      const print = `${card.kind} ${version}`;
      const waitingMs = card.version === version ? 0 : null;
      return { activity: { text: print }, print, againMs: card.kind === 'progress' ? 10_000 : waitingMs };
    };
    function startProcess(connection: Database) {
      const store = createNoticeCardStore(connection);
      let edits = 0;
      let isDead = false;
      const hasCards = Promise.withResolvers<void>();
      const parts = {
        ...{ store, now: world.now, lose: async () => undefined },
        draw: async (card: KeptCard) => drawn(card),
        async deliver(
          { official }: KeptCard,
          { text }: Readonly<Record<string, unknown>>,
        ): Promise<CardOutcome> {
          if (isDead) {
            hasCards.resolve();
            return never;
          }
          edits += 1;
          // Others get their chance while Teams thinks.
          for (let breath = 0; breath < edits % 7; breath += 1) await breathe();
          chats.get(official)?.push(String(text));
          return { kind: 'sent', activityId: `1:${official}` };
        },
      };
      return {
        plan: (kind: PlannedCard['kind']) =>
          store.plan(
            officials.map((official) => cardOf(official, kind)),
            world.now(),
          ),
        follow: () => followCards(parts),
        edits: () => edits,
        /** It takes cards, and is not heard of again. */
        async dieWithCards() {
          isDead = true;
          void followCards(parts);
          await hasCards.promise;
        },
      };
    }
    const cardOf = (official: string, kind: PlannedCard['kind']): PlannedCard => ({
      ...{ noticeId: id, official, kind, reference: { of: official } },
      version: kind === 'progress' ? 0 : version,
    });
    const [first, second] = databases.map(startProcess);
    assert.ok(first && second);
    return {
      ...{ ...world, chats, first, second },
      goesOn() {
        version += 1;
        world.pass(10);
      },
      async approve() {
        ({ version } = await world.act(id, { do: 'approve' }, bob));
      },
      version: () => version,
      /** Each process does so twice, as by its clock and by a press. */
      followAtOnce: () => Promise.all([first, second, first, second].map(({ follow }) => follow())),
    };
  }

  function eachHasShown(chats: ReadonlyMap<string, readonly string[]>, expected: readonly string[]): void {
    for (const [official, shown] of chats) assert.deepEqual(shown, expected, official);
  }

  it('send each card once, whoever planned it', async () => {
    const { first, second, chats, followAtOnce, version } = await begin();
    await Promise.all([first.plan('waiting'), second.plan('waiting')]);
    await followAtOnce();
    eachHasShown(chats, [`waiting ${version()}`]);
    assert.ok(first.edits() > 0 && second.edits() > 0, 'both take part');
  });

  it('edit each card once when the notice is approved, and not again', async () => {
    const { first, chats, approve, followAtOnce, version } = await begin();
    await first.plan('waiting');
    await followAtOnce();
    await approve();
    await followAtOnce();
    await followAtOnce();
    eachHasShown(chats, [`waiting ${version() - 1}`, `waiting ${version()}`]);
  });

  it('edit each card once for each state of the progress, and leave none behind', async () => {
    const { first, second, chats, goesOn, followAtOnce, version } = await begin();
    await first.plan('progress');
    const states: string[] = [];
    for (let state = 0; state < 8; state += 1) {
      goesOn();
      await followAtOnce();
      states.push(`progress ${version()}`);
      eachHasShown(chats, states);
    }
    assert.ok(first.edits() > 0 && second.edits() > 0, 'both take part');
  });

  it('take over after a minute what the other one had in hand when it died', async () => {
    const { first, second, chats, goesOn, pass, version } = await begin();
    await first.plan('progress');
    await first.follow();
    goesOn();
    await first.dieWithCards();
    await second.follow();
    const behind = [...chats.values()].filter((shown) => shown.length === 1);
    assert.equal(behind.length, 5, 'one batch');
    pass(61);
    await second.follow();
    eachHasShown(chats, [`progress ${version() - 1}`, `progress ${version()}`]);
  });
});
