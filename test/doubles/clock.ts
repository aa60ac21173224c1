/** A clock that moves only when a test says so. Times are milliseconds since 1970. */
export type Clock = { now(): number; advance(milliseconds: number): void };

export function createClock(start = Date.UTC(2026, 10, 24, 8, 0, 0)): Clock {
  let time = start;
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
