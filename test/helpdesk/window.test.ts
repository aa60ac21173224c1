import assert from 'node:assert/strict';
import type { News, Poll } from '../../src/helpdesk/connector.ts';
import { openWindow, withoutRepeats } from '../../src/helpdesk/window.ts';

const noon = Date.parse('2026-11-24T12:00:00Z');

describe('How far back a poll looks', () => {
  const cases = [
    { says: 'the overlap at first', cursor: null, minutes: 15 },
    { says: 'the overlap, when it asked just now', cursor: '2026-11-24T12:00:00.000Z', minutes: 15 },
    { says: 'all that passed since it asked, and the overlap', cursor: '2026-11-24T11:29:30Z', minutes: 46 },
    { says: 'the overlap, when the clock was put back', cursor: '2026-11-24T13:00:00Z', minutes: 15 },
    { says: 'the overlap, when the cursor is no time', cursor: 'none', minutes: 15 },
    { says: '30 days at most', cursor: '2020-01-01T00:00:00Z', minutes: 43_200 },
  ];
  for (const { says, cursor, minutes } of cases) {
    it(says, () => {
      const window = openWindow(cursor, noon, 15);
      assert.equal(window.minutes, minutes);
      assert.equal(window.since, noon - (minutes + 60) * 60_000);
      assert.equal(window.cursor, '2026-11-24T12:00:00.000Z');
    });
  }
});

describe('News that a poll told before', () => {
  it('are left out when they were taken in, which the cursor shows', async () => {
    const poll = withoutRepeats(pollsOf([['a'], ['a', 'b'], ['b']]));
    assert.deepEqual(await idsOf(poll(null)), ['a']);
    assert.deepEqual(await idsOf(poll('1')), ['b']);
    assert.deepEqual(await idsOf(poll('2')), []);
  });

  it('come again when they were not', async () => {
    const poll = withoutRepeats(pollsOf([['a'], ['a', 'b'], ['b', 'c']]));
    await poll(null);
    assert.deepEqual(await idsOf(poll(null)), ['a', 'b']);
    assert.deepEqual(await idsOf(poll('1')), ['b', 'c']);
  });

  it('are still known after a poll that failed', async () => {
    const poll = withoutRepeats(pollsOf([['a'], null, ['a']]));
    await poll(null);
    assert.equal((await poll('1')).kind, 'failed');
    assert.deepEqual(await idsOf(poll('1')), []);
  });
});

/** The first poll ends with cursor 1, the next one with cursor 2; null fails. */
function pollsOf(all: readonly (readonly string[] | null)[]): () => Promise<Poll> {
  let asked = 0;
  return async () => {
    const ids = all[asked++] ?? null;
    if (ids === null) return { kind: 'failed', reason: 'http-500' };
    return { kind: 'news', news: ids.map(newsOf), cursor: String(asked) };
  };
}

function newsOf(id: string): News {
  return { id, ticketId: 'HS-1', remoteId: '7', by: 'Grace', what: { kind: 'taken' } };
}

async function idsOf(asked: Promise<Poll>): Promise<readonly string[]> {
  const poll = await asked;
  return poll.kind === 'news' ? poll.news.map(({ id }) => id) : [poll.reason];
}
