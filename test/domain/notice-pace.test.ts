import assert from 'node:assert/strict';
import type { NoticeStatus } from '../../src/domain/notice.ts';
import { nextStep, type Pace, type WaveCounts } from '../../src/domain/notice-pace.ts';

const pace: Pace = { haltShare: 0.1, haltAtLeast: 3, watchSeconds: 300 };
const first: NoticeStatus = { at: 'sending', wave: 0 };
const last: NoticeStatus = { at: 'sending', wave: 2 };
const quiet = new Date('2026-11-24T12:00:00Z');

function step(status: NoticeStatus, given: Partial<WaveCounts>, secondsLater = 0): string {
  const counts = { open: 0, held: 0, sent: 0, bad: 0, lastAt: quiet, ...given };
  const now = new Date(quiet.getTime() + secondsLater * 1_000);
  return nextStep({ status, since: '2026-11-24T11:00:00Z' }, counts, pace, now)?.do ?? 'wait';
}

describe('what a notice does next by itself', () => {
  const lines: readonly [string, NoticeStatus, Partial<WaveCounts>, number, string][] = [
    ['starts when it is due', { at: 'scheduled' }, {}, 0, 'start'],
    ['watches a first wave that is out', first, { sent: 10 }, 299, 'wait'],
    ['goes on after that', first, { sent: 10 }, 300, 'next-wave'],
    ['waits for what is on its way', first, { sent: 10, open: 1 }, 900, 'wait'],
    ['does not wait for a few who are held', first, { sent: 10, held: 10 }, 300, 'next-wave'],
    ['waits for those held who are the most', first, { sent: 10, held: 11 }, 300, 'wait'],
    ['goes on from a wave in which everybody was skipped', first, { lastAt: null }, 0, 'next-wave'],
    ['lets two slips pass, however few there are', first, { sent: 0, bad: 2 }, 300, 'next-wave'],
    ['halts at three of three, at once', first, { sent: 0, bad: 3, open: 7 }, 0, 'halt'],
    ['lets a tenth pass', first, { sent: 27, bad: 3 }, 300, 'next-wave'],
    ['halts at more than a tenth', first, { sent: 26, bad: 3 }, 300, 'halt'],
    ['halts in the last wave, too', last, { sent: 800, bad: 100, open: 90 }, 0, 'halt'],
    ['is done when nothing is left', last, { sent: 900 }, 0, 'finish'],
    ['is not done while anything is on its way', last, { sent: 900, open: 1 }, 900, 'wait'],
    ['nor while anybody is held', last, { sent: 900, held: 1 }, 900, 'wait'],
    ['rests while it is paused', { at: 'paused', wave: 2 }, {}, 900, 'wait'],
  ];
  for (const [rule, status, counts, later, expected] of lines) {
    it(rule, () => assert.equal(step(status, counts, later), expected));
  }

  it('says how many made it halt', () => {
    const counts = { open: 0, held: 0, sent: 6, bad: 4, lastAt: quiet };
    const command = nextStep({ status: first, since: quiet.toISOString() }, counts, pace, quiet);
    assert.ok(command?.do === 'halt');
    assert.deepEqual(command.why, { code: 'too-many-bad', bad: 4, settled: 10 });
  });
});
