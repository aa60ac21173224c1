import assert from 'node:assert/strict';
import { type CardOutcome, type DrawnCard, followCards } from '../../src/notices/card-follow.ts';
import type { KeptCard } from '../../src/notices/card-store.ts';

const start = new Date('2026-03-01T08:00:00Z');
const kept: KeptCard = {
  ...{ noticeId: 'N-1', official: 'ada', kind: 'progress', version: 0, reference: {} },
  ...{ activityId: '1:card', print: 'ten sent', attempts: 1 },
};
const drawn: DrawnCard = { activity: { type: 'message' }, print: 'twenty sent', againMs: 10_000 };
const sent: CardOutcome = { kind: 'sent', activityId: '1:card' };

type Case = readonly [string, Partial<KeptCard>, DrawnCard | null, CardOutcome, readonly string[]];

// What comes of a card that is due: what the channel got, and what is kept.
const cases: readonly Case[] = [
  [
    'is edited when it shows something else',
    ...([{}, drawn, sent, ['edit 1:card', 'shown 1:card twenty sent +10']] as const),
  ],
  ['is not edited when it shows the same', { print: 'twenty sent' }, drawn, sent, ['wait +10']],
  [
    'is sent where it was not yet',
    ...([{ activityId: null }, drawn, sent, ['send', 'shown 1:card twenty sent +10']] as const),
  ],
  [
    'is edited for the last time, and then left alone',
    { print: 'ten sent' },
    { ...drawn, againMs: null },
    sent,
    ['edit 1:card', 'shown 1:card twenty sent +0', 'end 1:card done'],
  ],
  [
    'is sent once, where it says all that it ever will',
    { activityId: null },
    { ...drawn, againMs: null },
    sent,
    ['send', 'shown 1:card twenty sent +0', 'end 1:card done'],
  ],
  ['is left alone where there is nothing to show', {}, null, sent, ['end 1:card nothing to show']],
  [
    'waits as long as the channel says',
    ...([{}, drawn, { kind: 'later', retryAfterSeconds: 30 }, ['edit 1:card', 'wait +30']] as const),
  ],
  [
    'is given up when Teams refuses the edit, and keeps its Refresh button',
    ...([
      {},
      drawn,
      { kind: 'refused', reason: '404' },
      ['edit 1:card', 'lose 404', 'end 1:card 404'],
    ] as const),
  ],
  [
    'is tried again when nobody knows whether it arrived',
    ...([{}, drawn, { kind: 'unknown', reason: '502' }, ['edit 1:card', 'wait +10']] as const),
  ],
  [
    'but not for ever',
    ...([
      { attempts: 5 },
      drawn,
      { kind: 'unknown', reason: '502' },
      ['edit 1:card', 'end 1:card 502'],
    ] as const),
  ],
  [
    'is given up when it was sent, but nobody knows under which id',
    { activityId: null },
    drawn,
    { kind: 'sent', activityId: null },
    ['send', 'shown null twenty sent +10', 'end null sent, but not under which id'],
  ],
];

describe('a card of a notice that is due', () => {
  for (const [rule, changes, now, outcome, expected] of cases) {
    it(rule, async () => {
      assert.deepEqual(await follow({ ...kept, ...changes }, now, outcome), expected);
    });
  }
});

async function follow(
  card: KeptCard,
  now: DrawnCard | null,
  outcome: CardOutcome,
): Promise<readonly string[]> {
  const done: string[] = [];
  const waiting = [card];
  const after = (date: Date) => `+${(date.getTime() - start.getTime()) / 1_000}`;
  await followCards({
    store: {
      claim: async () => waiting.splice(0),
      shown: async (_, { activityId, print }, due) =>
        void done.push(`shown ${activityId} ${print} ${after(due)}`),
      wait: async (_, due) => void done.push(`wait ${after(due)}`),
      end: async ({ activityId }, reason) => void done.push(`end ${activityId} ${reason}`),
    },
    draw: async () => now,
    deliver: async ({ activityId }) => {
      done.push(activityId === null ? 'send' : `edit ${activityId}`);
      return outcome;
    },
    lose: async (_, reason) => void done.push(`lose ${reason}`),
    now: () => start,
  });
  return done;
}
