import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Earlier, ReplyOutcome, TurnStore } from '../../src/bot/turn-store.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { conversation, emptyTables, say, turn } from './builders.ts';

/** No reply overtakes another of its conversation, whoever sends it: the next turn, or the sweeper. */
export function describeEarlierReplies(open: () => Database): void {
  let database: Database;
  let store: TurnStore;
  beforeEach(async () => {
    database = open();
    store = createTurnStore(database);
    await emptyTables(database);
  });

  async function saveTurn(...texts: readonly string[]) {
    const { version } = await store.load(conversation, '');
    const outcome = await store.save(
      turn({ activityId: `activity-${version}`, expectedVersion: version, replies: texts.map(say) }),
    );
    assert.ok(outcome.kind === 'saved');
    return outcome;
  }
  async function settle(ids: readonly string[], outcome: ReplyOutcome): Promise<void> {
    await store.settle(ids.map((id) => ({ id, outcome })));
  }
  async function letPass(seconds: number): Promise<void> {
    const span = sql`make_interval(secs => ${seconds}::float)`;
    await sql`update outbox set saved_at = saved_at - ${span}, due_at = due_at - ${span},
      claimed_until = claimed_until - ${span}`.execute(database.db);
  }
  function textsOf(earlier: Earlier): unknown {
    return earlier === 'waiting' ? earlier : earlier.map(({ reply }) => reply.activity.text);
  }
  async function sweepTexts(olderThanSeconds = 30): Promise<unknown> {
    return textsOf(await store.claimPending(olderThanSeconds, 10));
  }

  it('are none when everything before was settled, whichever way', async () => {
    const { replyIds } = await saveTurn('sent', 'unknown', 'refused');
    const [sent = '', unknown = '', refused = ''] = replyIds;
    await settle([sent], { kind: 'sent', activityId: null });
    await settle([unknown], { kind: 'unknown', reason: '502' });
    await settle([refused], { kind: 'refused', reason: '403' });
    assert.deepEqual((await saveTurn('new')).earlier, []);
  });

  it('are none of another conversation', async () => {
    await store.save(turn({ conversation: 'msteams/another', replies: [say('elsewhere')] }));
    assert.deepEqual((await saveTurn('new')).earlier, []);
  });

  describe('when they are due', () => {
    it('are given to the next turn, with all that sending them needs', async () => {
      const { replyIds } = await saveTurn('one');
      await settle(replyIds, { kind: 'later', retryAfterSeconds: 20 });
      await letPass(21);
      assert.deepEqual((await saveTurn('two')).earlier, [
        {
          id: replyIds[0],
          conversation,
          reference: { serviceUrl: 'https://smba.example/teams/', channelId: 'msteams' },
          reply: { kind: 'send', activity: { type: 'message', text: 'one' } },
          attempts: 1,
          lasting: false,
        },
      ]);
    });

    it('are given to it in their order, also what a crash left behind', async () => {
      const first = await saveTurn('one', 'two');
      await settle(first.replyIds, { kind: 'later', retryAfterSeconds: 5 });
      await saveTurn('three');
      await letPass(31);
      assert.deepEqual(textsOf((await saveTurn('four')).earlier), ['one', 'two', 'three']);
    });

    it('are given to nobody else meanwhile', async () => {
      await saveTurn('one');
      await letPass(31);
      assert.deepEqual(textsOf((await saveTurn('two')).earlier), ['one']);
      assert.deepEqual(await sweepTexts(0), []);
      assert.equal((await saveTurn('three')).earlier, 'waiting');
    });
  });

  describe('when they must still wait', () => {
    it('hold the new ones back, and the sweeper gets all of them in order', async () => {
      const { replyIds } = await saveTurn('one');
      await settle(replyIds, { kind: 'later', retryAfterSeconds: 20 });
      assert.equal((await saveTurn('two')).earlier, 'waiting');
      assert.deepEqual(await sweepTexts(), []);
      await letPass(21);
      assert.deepEqual(await sweepTexts(), ['one', 'two']);
    });

    it('hold the new ones back while somebody else is sending them, and not a moment longer', async () => {
      await saveTurn('one');
      await letPass(31);
      const [claimed] = await store.claimPending(30, 10);
      assert.equal((await saveTurn('two')).earlier, 'waiting');
      assert.deepEqual(await sweepTexts(), []);
      await settle([claimed?.id ?? ''], { kind: 'sent', activityId: null });
      assert.deepEqual(await sweepTexts(), ['two']);
    });

    it('hold the new ones back while the turn that saved them may still be at it', async () => {
      const { replyIds } = await saveTurn('one');
      assert.equal((await saveTurn('two')).earlier, 'waiting');
      await settle(replyIds, { kind: 'sent', activityId: null });
      assert.deepEqual(await sweepTexts(), ['two']);
    });
  });
}
