import assert from 'node:assert/strict';
import { channelLimits, createLimiter } from '../../src/helpdesk/limiter.ts';
import { createLimiter as createTeams, sendLimits } from '../doubles/connector-limits.ts';

const at = (milliseconds: number) => new Date(1_800_000_000_000 + milliseconds);

describe('The limits of a channel', () => {
  it('let through what Teams lets through, and say how long to wait', () => {
    const limiter = createLimiter([{ count: 2, seconds: 10 }]);
    assert.deepEqual(
      [0, 1_000, 2_000, 9_000].map((ms) => limiter.take('message', at(ms))),
      [0, 0, 8, 1],
    );
    assert.equal(limiter.take('message', at(10_000)), 0);
  });

  it('leave a third to words of people when cards are brought up to date', () => {
    const limiter = createLimiter([{ count: 3, seconds: 10 }]);
    assert.deepEqual(
      [0, 1, 2].map((ms) => limiter.take('card', at(ms))),
      [0, 0, 10],
    );
    assert.equal(limiter.take('message', at(3)), 0);
  });

  it('are never above those of Teams, however fast somebody asks', () => {
    const [ours, teams] = [createLimiter(channelLimits), createTeams()];
    for (let ms = 0; ms < 120_000; ms += 37) {
      const passes = ours.take(ms % 2 === 0 ? 'card' : 'message', at(ms)) === 0;
      if (passes) assert.equal(teams.take('c', sendLimits, at(ms).getTime()), 0, String(ms));
    }
  });
});
