import type { SendStore } from '../../src/notices/send-store.ts';
import type { Clock } from '../doubles/clock.ts';

type Span = { readonly from: number; readonly to: number };

/** Counts what the budget gives and could have given, by the clock of who asks it. */
export function createFigures(clock: Clock, rate: number) {
  const start = clock.now();
  const tokens: number[] = [];
  const pauses: Span[] = [];
  let firstEmpty: number | null = null;

  /** Tokens that a sender would get who always takes what there is, until nobody is due for the first time. */
  function mostPossible(end: number): number {
    let most = 0;
    let at = after(start);
    while (at <= end) {
      most += rate;
      at = after(at + 1_000);
    }
    return most;
  }
  function after(moment: number): number {
    let at = moment;
    for (const { from, to } of pauses) if (from <= at && at < to) at = to;
    return at;
  }

  return {
    /** When each token was given; in order. */
    tokens: tokens as readonly number[],
    watch: (store: SendStore): SendStore => ({
      ...store,
      async begin(noticeId, atMost) {
        const begun = await store.begin(noticeId, atMost);
        if (begun.kind === 'go') tokens.push(...begun.deliveries.map(() => clock.now()));
        if (begun.kind === 'empty') firstEmpty ??= clock.now();
        return begun;
      },
      async pause(seconds) {
        await store.pause(seconds);
        pauses.push({ from: clock.now(), to: clock.now() + seconds * 1_000 });
      },
    }),
    /** The share of all possible tokens that was used, outside of pauses, until nobody was due for the first time. */
    use(): { readonly share: number; readonly seconds: number; readonly paused: number } {
      const end = firstEmpty ?? clock.now();
      const given = tokens.filter((at) => at <= end).length;
      const paused = pausedMs(pauses, end);
      return {
        share: given / mostPossible(end),
        seconds: (end - start) / 1_000,
        paused: paused / (end - start),
      };
    },
  };
}

function pausedMs(pauses: readonly Span[], end: number): number {
  let sum = 0;
  let until = 0;
  for (const { from, to } of pauses) {
    const [begin, stop] = [Math.max(from, until), Math.min(to, end)];
    if (stop > begin) sum += stop - begin;
    until = Math.max(until, to);
  }
  return sum;
}
