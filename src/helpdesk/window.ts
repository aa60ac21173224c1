import type { Poll } from './connector.ts';

/**
 * How far back a poll has to look. Times are compared over there, as so-and-so many minutes ago: no time zone and
 * no difference between two clocks can make a gap. The same news comes more than once, and has one effect by its id.
 */
export type Window = {
  readonly minutes: number;
  /** Milliseconds since 1970: what is older is no news. An hour more than `minutes`, because clocks differ. */
  readonly since: number;
  /** For the next poll. */
  readonly cursor: string;
};

const longestMinutes = 30 * 24 * 60;

/** `overlap`, in minutes, is how long the other side may take until a change is found there. */
export function openWindow(cursor: string | null, now: number, overlap: number): Window {
  const before = cursor === null ? now : Date.parse(cursor);
  const missed = Number.isNaN(before) ? 0 : Math.max(0, Math.ceil((now - before) / 60_000));
  const minutes = Math.min(missed + overlap, longestMinutes);
  return { minutes, since: now - (minutes + 60) * 60_000, cursor: new Date(now).toISOString() };
}

/** A poll, and names of what it has read and need not read again while it stays as it is. */
export type Reading = Poll & { readonly read?: readonly string[] };

/** How many ids and names are kept in mind; what falls out is only asked for and told once more. */
const longestMemory = 5_000;

/**
 * Leaves out what earlier polls told, while they were taken in: then the cursor of the last one comes back. Spares
 * the worker news that it knows, the log what does not fit a ticket, and the other side requests (`known` holds ids
 * of news and names of what was read).
 */
export function withoutRepeats(
  ask: (cursor: string | null, known: ReadonlySet<string>) => Promise<Reading>,
): (cursor: string | null) => Promise<Poll> {
  let last: { readonly cursor: string; readonly keys: readonly string[] } | null = null;
  return async (cursor) => {
    const known = new Set(last !== null && last.cursor === cursor ? last.keys : []);
    const reading = await ask(cursor, known);
    if (reading.kind === 'failed') return reading;
    const news = reading.news.filter(({ id }) => !known.has(id));
    const keys = [...known, ...news.map(({ id }) => id), ...(reading.read ?? [])];
    last = { cursor: reading.cursor, keys: keys.slice(-longestMemory) };
    return { kind: 'news', news, cursor: reading.cursor };
  };
}
