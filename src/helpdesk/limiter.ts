/** At most `count` within any span of `seconds`. */
export type Limit = { readonly count: number; readonly seconds: number };

/**
 * What Microsoft lets a bot send into one channel, all its threads together: "Optimize your bot with rate
 * limiting" of the Teams developer documentation.
 */
export const channelLimits: readonly Limit[] = [
  { count: 7, seconds: 1 },
  { count: 8, seconds: 2 },
  { count: 60, seconds: 30 },
  { count: 1_800, seconds: 3_600 },
];

export type Limiter = {
  /**
   * Counts a call and answers 0, or answers in how many seconds (at least 1) to ask again. `card`: brings a card up
   * to date, which can wait; it leaves a third of each limit to people's words.
   */
  take(what: 'message' | 'card', now: Date): number;
};

export function createLimiter(limits: readonly Limit[] = channelLimits): Limiter {
  let taken: readonly number[] = [];
  const longest = Math.max(...limits.map(({ seconds }) => seconds)) * 1_000;
  return {
    take(what, now) {
      const at = now.getTime();
      taken = taken.filter((time) => at - time < longest);
      const share = what === 'card' ? 2 / 3 : 1;
      const wait = Math.max(...limits.map((limit) => waitFor(limit, share, taken, at)));
      if (wait === 0) taken = [...taken, at];
      return Math.ceil(wait / 1_000);
    },
  };
}

function waitFor({ count, seconds }: Limit, share: number, taken: readonly number[], at: number): number {
  const span = seconds * 1_000;
  const recent = taken.filter((time) => at - time < span);
  const blocking = recent[recent.length - Math.max(1, Math.floor(count * share))];
  return blocking === undefined ? 0 : blocking + span - at;
}
