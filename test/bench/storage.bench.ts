import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { caseRow, say, turn } from '../storage/builders.ts';
import { ratioTable } from './ratios.ts';

/**
 * How much a turn costs in storage, its replies settled: statements in a transaction, as one would write them
 * first, against one read and one `save_turn`. Run `node test/bench/storage.bench.ts [--seconds 2] [--url pglite:PATH|postgres://…]`.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'pglite:memory://' },
    seconds: { type: 'string', default: '2' },
  },
});

const state = {
  place: 'w1-policy',
  history: Array.from({ length: 12 }, (_, n) => ({ step: `step-${n}`, answer: 'broken' })),
};

type SaveOne = (conversation: string, version: number) => Promise<void>;

function change(conversation: string, version: number) {
  return turn({
    conversation,
    activityId: `activity-${version}`,
    expectedVersion: version,
    state,
    replies: [say('The next step')],
    cases: [caseRow({ id: conversation, conversation })],
    events: [{ caseId: conversation, kind: 'answered', data: { step: 'w1', answer: 'broken' } }],
  });
}

function saveByFunction(database: Database): SaveOne {
  const store = createTurnStore(database);
  return async (conversation, version) => {
    await store.load(conversation, `activity-${version}`);
    const outcome = await store.save(change(conversation, version));
    if (outcome.kind !== 'saved') throw new Error(`A turn came out as ${outcome.kind}.`);
    await store.settle(outcome.replyIds.map((id) => ({ id, outcome: { kind: 'sent', activityId: null } })));
  };
}

function saveByStatements({ db }: Database): SaveOne {
  return async (conversation, version) => {
    await db.transaction().execute(async (trx) => {
      const { reference, activityId, replies, events } = change(conversation, version);
      await trx.selectFrom('conversations').selectAll().where('key', '=', conversation).execute();
      const inbox = { conversation, activity_id: activityId };
      await trx
        .selectFrom('inbox')
        .selectAll()
        .where('activity_id', '=', activityId)
        .where('conversation', '=', conversation)
        .execute();
      await trx.insertInto('inbox').values(inbox).execute();
      const row = {
        key: conversation,
        version: version + 1,
        state: JSON.stringify(state),
        reference: JSON.stringify(reference),
      };
      await trx
        .insertInto('conversations')
        .values(row)
        .onConflict((on) => on.column('key').doUpdateSet(row))
        .execute();
      const kept = {
        id: conversation,
        conversation,
        user_id: '29:ada',
        status: 'open',
        article: 'a',
        place: 'p',
      } as const;
      await trx
        .insertInto('cases')
        .values(kept)
        .onConflict((on) => on.column('id').doUpdateSet(kept))
        .execute();
      for (const { kind, activity } of replies) {
        await trx
          .insertInto('outbox')
          .values({ conversation, kind, activity: JSON.stringify(activity) })
          .execute();
      }
      for (const { caseId, kind, data } of events) {
        await trx
          .insertInto('case_events')
          .values({ case_id: caseId, kind, data: JSON.stringify(data) })
          .execute();
      }
    });
    await db
      .updateTable('outbox')
      .set({ state: 'sent', settled_at: new Date() })
      .where('conversation', '=', conversation)
      .where('state', '=', 'pending')
      .execute();
  };
}

/** Turns a second over several conversations at once, each of which takes its turns in order. */
async function measure(name: string, saveOne: SaveOne, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  const clients = 8;
  let turns = 0;
  async function converse(conversation: string): Promise<void> {
    for (let version = 0; performance.now() < end; version += 1) {
      await saveOne(conversation, version);
      turns += 1;
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, n) => converse(`bench/${name}-${process.pid}-${n}`)));
  return turns / seconds;
}

const database = await openDatabase(values.url);
const seconds = Number(values.seconds);
const variants = { statements: saveByStatements(database), save_turn: saveByFunction(database) };
for (const [name, saveOne] of Object.entries(variants)) await measure(`warm-${name}`, saveOne, seconds / 4);

console.log(
  ratioTable(`storage on ${database.kind}, 8 conversations at once`, 'turns/s', [
    { name: 'transaction of statements', figure: await measure('statements', variants.statements, seconds) },
    { name: 'load_turn and save_turn', figure: await measure('save_turn', variants.save_turn, seconds) },
  ]),
);
await database.close();
