import { setImmediate } from 'node:timers/promises';
import { type Clock, createClock } from '../doubles/clock.ts';

/** Time that goes on when everybody sleeps, and stands still while a statement is on its way to the database. */
export type SimulatedTime = {
  readonly clock: Clock;
  /** In whole milliseconds, as the database is told. */
  sleep(milliseconds: number): Promise<void>;
  /** Work in real time: the clock waits for it. */
  real<T>(work: () => Promise<T>): Promise<T>;
  /** Lets time go by until `isOver`. Rejects when nobody sleeps any more before that. */
  run(isOver: () => boolean): Promise<void>;
};

export function createSimulatedTime(): SimulatedTime {
  const clock = createClock();
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  let busy = 0;
  let onQuiet = () => {};
  return {
    clock,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.add({ at: clock.now() + Math.ceil(milliseconds), wake });
      }),
    async real(work) {
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
        if (busy === 0) onQuiet();
      }
    },
    async run(isOver) {
      while (!isOver()) {
        await setImmediate();
        if (busy > 0) {
          await new Promise<void>((resolve) => {
            onQuiet = resolve;
          });
          continue;
        }
        const next = Math.min(...[...sleepers].map(({ at }) => at));
        if (next === Infinity) throw new Error('Everybody waits, and nobody for the clock.');
        clock.advance(Math.max(0, next - clock.now()));
        for (const sleeper of sleepers) {
          if (sleeper.at > next) continue;
          sleepers.delete(sleeper);
          sleeper.wake();
        }
      }
    },
  };
}
