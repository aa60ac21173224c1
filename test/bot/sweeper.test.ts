import assert from 'node:assert/strict';
import { sweepOutbox } from '../../src/bot/sweeper.ts';
import type { Reply, ReplyOutcome } from '../../src/bot/turn-store.ts';
import { createMemoryStore } from '../doubles/memory-store.ts';
import { say, turn } from '../storage/builders.ts';

describe('The sweeper', () => {
  let store: ReturnType<typeof createMemoryStore>;
  let sent: string[];
  const log = { info: () => undefined, warn: () => undefined };
  beforeEach(async () => {
    store = createMemoryStore();
    sent = [];
    await store.save(
      turn({ conversation: 'msteams/maria', replies: [say('one'), say('two'), say('three')] }),
    );
    await store.save(turn({ conversation: 'msteams/paul', replies: [say('hello')] }));
  });

  function sweep(
    answer: (text: string) => ReplyOutcome | null,
    stop = new AbortController().signal,
  ): Promise<number> {
    const deliver = async (_reference: unknown, { activity }: Reply): Promise<ReplyOutcome> => {
      const text = activity.text ?? '';
      const outcome = answer(text) ?? { kind: 'sent', activityId: null };
      if (outcome.kind === 'sent') sent.push(text);
      return outcome;
    };
    return sweepOutbox({ store, deliver, log }, { olderThanSeconds: 0, stop });
  }
  const outcomes = () => store.outbox.map(({ outcome }) => outcome);

  it('sends what was left behind, conversation by conversation in order', async () => {
    assert.equal(await sweep(() => null), 4);
    assert.deepEqual(sent, ['one', 'two', 'three', 'hello']);
  });

  it('lets the rest of a conversation wait as long as the reply before it, and nobody else', async () => {
    const busy = { kind: 'later', retryAfterSeconds: 90 } as const;
    await sweep((text) => (text === 'two' ? busy : null));
    assert.deepEqual(sent, ['one', 'hello']);
    assert.deepEqual(outcomes().slice(1, 3), [busy, busy]);
  });

  it('goes on after a reply that is lost or refused: waiting would not bring it back', async () => {
    await sweep((text) => (text === 'one' ? { kind: 'unknown', reason: '502' } : null));
    assert.deepEqual(sent, ['two', 'three', 'hello']);
  });

  it('ends early when the server closes, and puts back what it had not begun', async () => {
    const closing = new AbortController();
    await sweep(() => {
      closing.abort();
      return null;
    }, closing.signal);
    assert.deepEqual(sent, ['one']);
    assert.deepEqual(outcomes().slice(1), Array(3).fill({ kind: 'later', retryAfterSeconds: 0 }));
    await sweep(() => null);
    assert.deepEqual(sent, ['one', 'two', 'three', 'hello']);
  });
});
