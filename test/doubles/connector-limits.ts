/** At most `count` requests within any span of `seconds`. */
export type Limit = { readonly count: number; readonly seconds: number };

/** The limits that Microsoft publishes for bots in Teams, per bot and thread. */
export const sendLimits: readonly Limit[] = [
  { count: 7, seconds: 1 },
  { count: 8, seconds: 2 },
  { count: 60, seconds: 30 },
  { count: 1800, seconds: 3600 },
];
export const memberLimits: readonly Limit[] = [
  { count: 14, seconds: 1 },
  { count: 16, seconds: 2 },
  { count: 120, seconds: 30 },
  { count: 3600, seconds: 3600 },
];
/** Per app and tenant. */
export const appLimits: readonly Limit[] = [{ count: 50, seconds: 1 }];

export type Limiter = {
  /** Counts a request, or answers how many seconds (rounded up) to wait before the next one. */
  take(key: string, limits: readonly Limit[], now: number): number;
};

/** Sliding windows, as strict as the published numbers; a refused request does not count. */
export function createLimiter(): Limiter {
  const taken = new Map<string, number[]>();
  return {
    take(key, limits, now) {
      const longest = Math.max(...limits.map((limit) => limit.seconds)) * 1000;
      const times = (taken.get(key) ?? []).filter((time) => now - time < longest);
      taken.set(key, times);
      const wait = Math.max(...limits.map((limit) => waitFor(limit, times, now)));
      if (wait === 0) times.push(now);
      return Math.ceil(wait / 1000);
    },
  };
}

function waitFor(limit: Limit, times: readonly number[], now: number): number {
  const span = limit.seconds * 1000;
  const recent = times.filter((time) => now - time < span);
  const blocking = recent[recent.length - limit.count];
  return blocking === undefined ? 0 : blocking + span - now;
}
