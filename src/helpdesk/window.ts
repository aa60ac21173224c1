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

/**
 * Leaves out what the poll before told, when it was taken in: then the cursor of that poll comes back. Spares the
 * worker news that it knows, and the log what does not fit a ticket again and again.
 */
export function withoutRepeats(
  poll: (cursor: string | null) => Promise<Poll>,
): (cursor: string | null) => Promise<Poll> {
  let told: { readonly cursor: string; readonly ids: ReadonlySet<string> } | null = null;
  return async (cursor) => {
    const asked = await poll(cursor);
    if (asked.kind === 'failed') return asked;
    const known = told !== null && told.cursor === cursor ? told.ids : new Set<string>();
    told = { cursor: asked.cursor, ids: new Set(asked.news.map(({ id }) => id)) };
    return { ...asked, news: asked.news.filter(({ id }) => !known.has(id)) };
  };
}
