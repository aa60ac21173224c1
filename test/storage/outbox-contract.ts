import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Reply, ReplyOutcome, TurnStore } from '../../src/bot/turn-store.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { conversation, emptyTables, say, showCard, turn } from './builders.ts';

/** What every database that holds replies keeps to, from the save of a turn to the end of each reply. */
export function describeOutbox(open: () => Database): void {
  let database: Database;
  let store: TurnStore;
  beforeEach(async () => {
    database = open();
    store = createTurnStore(database);
    await emptyTables(database);
  });

  async function saveReplies(replies: readonly Reply[], of = conversation): Promise<readonly string[]> {
    const { version } = await store.load(of, '');
    const change = { conversation: of, activityId: `activity-${version}`, expectedVersion: version, replies };
    const outcome = await store.save(turn(change));
    assert.ok(outcome.kind === 'saved');
    return outcome.replyIds;
  }
  async function settle(id: string | undefined, outcome: ReplyOutcome): Promise<void> {
    assert.ok(id);
    await store.settle([{ id, outcome }]);
  }
  /** Moves everything that the outbox remembers into the past, instead of waiting. */
  async function letPass(seconds: number): Promise<void> {
    const span = sql`make_interval(secs => ${seconds}::float)`;
    await sql`update outbox set saved_at = saved_at - ${span}, due_at = due_at - ${span},
      claimed_until = claimed_until - ${span}, settled_at = settled_at - ${span}`.execute(database.db);
  }
  async function claimTexts(olderThanSeconds = 0, limit = 10): Promise<readonly (string | undefined)[]> {
    const claimed = await store.claimPending(olderThanSeconds, limit);
    return claimed.map(({ reply }) => reply.activity.text);
  }

  describe('replies that a crash left behind', () => {
    it('come with all that sending them needs', async () => {
      const [id] = await saveReplies([{ kind: 'update', activity: { id: 'card-1', text: 'edited' } }]);
      assert.deepEqual(await store.claimPending(0, 10), [
        {
          id,
          conversation,
          reference: { serviceUrl: 'https://smba.example/teams/', channelId: 'msteams' },
          reply: { kind: 'update', activity: { id: 'card-1', text: 'edited' } },
          attempts: 1,
          lasting: false,
        },
      ]);
    });

    it('are left to the turn that saved them for a while', async () => {
      await saveReplies([say('one')]);
      assert.deepEqual(await claimTexts(30), []);
      await letPass(31);
      assert.deepEqual(await claimTexts(30), ['one']);
    });

    it('come in the order of each conversation, oldest first', async () => {
      await saveReplies([say('a1'), say('a2')], 'msteams/z');
      await saveReplies([say('b1')], 'msteams/a');
      await saveReplies([say('a3')], 'msteams/z');
      assert.deepEqual(await claimTexts(), ['a1', 'a2', 'b1', 'a3']);
    });

    it('are claimed by one caller only', async () => {
      await saveReplies(Array.from({ length: 20 }, (_, n) => say(`${n}`)));
      const claims = await Promise.all(Array.from({ length: 5 }, () => claimTexts(0, 20)));
      assert.deepEqual(claims.map(({ length }) => length).sort(), [0, 0, 0, 0, 20]);
    });

    it('are handed out again when their claim ran out, and say how often that happened', async () => {
      await saveReplies([say('one')]);
      await store.claimPending(0, 10);
      await letPass(59);
      assert.deepEqual(await claimTexts(), []);
      await letPass(2);
      const [again] = await store.claimPending(0, 10);
      assert.equal(again?.attempts, 2);
    });

    it('never overtake an earlier reply of their conversation that somebody else has', async () => {
      await saveReplies([say('one'), say('two')]);
      await saveReplies([say('other')], 'msteams/other');
      assert.deepEqual(await claimTexts(0, 1), ['one']);
      assert.deepEqual(await claimTexts(), ['other']);
    });
  });

  describe('a reply that was settled', () => {
    for (const outcome of [
      { kind: 'sent', activityId: 'sent-1' },
      { kind: 'unknown', reason: 'ECONNRESET' },
      { kind: 'refused', reason: 'BotDisabledByAdmin' },
    ] as const) {
      it(`is not handed out again when it is ${outcome.kind}`, async () => {
        const [id] = await saveReplies([say('one')]);
        await settle(id, outcome);
        await letPass(3600);
        assert.deepEqual(await claimTexts(), []);
      });
    }

    it('is due again after the time that the channel asked for', async () => {
      const [id] = await saveReplies([say('one')]);
      await store.claimPending(0, 10);
      await settle(id, { kind: 'later', retryAfterSeconds: 120 });
      await letPass(110);
      assert.deepEqual(await claimTexts(), []);
      await letPass(11);
      assert.deepEqual(await claimTexts(), ['one']);
    });

    it('holds back the later replies of its conversation until then', async () => {
      const [id] = await saveReplies([say('one'), say('two')]);
      await settle(id, { kind: 'later', retryAfterSeconds: 120 });
      await letPass(60);
      assert.deepEqual(await claimTexts(), []);
      await letPass(61);
      assert.deepEqual(await claimTexts(), ['one', 'two']);
    });

    it('stays sent, whatever a late caller says', async () => {
      const [id] = await saveReplies([say('one')]);
      await settle(id, { kind: 'sent', activityId: 'sent-1' });
      await settle(id, { kind: 'later', retryAfterSeconds: 0 });
      await settle(id, { kind: 'refused', reason: 'late' });
      assert.deepEqual(await claimTexts(), []);
      const { state } = await database.db.selectFrom('outbox').select('state').executeTakeFirstOrThrow();
      assert.equal(state, 'sent');
    });

    it('may turn out as sent after it was unknown', async () => {
      const [id] = await saveReplies([showCard('one')]);
      await settle(id, { kind: 'unknown', reason: 'time-out' });
      await settle(id, { kind: 'sent', activityId: 'card-1' });
      assert.equal((await store.load(conversation, '')).lastCardId, 'card-1');
    });

    it('can be settled with many others at once, by two callers', async () => {
      const ids = await saveReplies(Array.from({ length: 20 }, (_, n) => showCard(`${n}`)));
      const outcomes = ids.map((id) => ({
        id,
        outcome: { kind: 'sent', activityId: `card-${id}` } as const,
      }));
      await Promise.all([store.settle(outcomes), store.settle(outcomes.toReversed()), store.settle([])]);
      assert.deepEqual(await claimTexts(), []);
      assert.equal((await store.load(conversation, '')).lastCardId, `card-${ids.at(-1)}`);
    });
  });

  describe('the last card of a conversation', () => {
    it('is the newest that was sent, even when an older one is settled later', async () => {
      const [first, second] = await saveReplies([showCard('first'), showCard('second')]);
      await settle(second, { kind: 'sent', activityId: 'card-2' });
      await settle(first, { kind: 'sent', activityId: 'card-1' });
      assert.equal((await store.load(conversation, '')).lastCardId, 'card-2');
    });

    it('is not changed by texts, by edits or by cards whose sending failed', async () => {
      const edit: Reply = { ...showCard('edit'), kind: 'update' };
      const ids = await saveReplies([showCard('card'), say('text'), edit, showCard('lost')]);
      await settle(ids[0], { kind: 'sent', activityId: 'card-1' });
      await settle(ids[1], { kind: 'sent', activityId: 'text-1' });
      await settle(ids[2], { kind: 'sent', activityId: 'edit-1' });
      await settle(ids[3], { kind: 'refused', reason: 'MessageSizeTooBig' });
      assert.equal((await store.load(conversation, '')).lastCardId, 'card-1');
    });
  });
}
