import { type Activity, ActivityTypes } from 'botbuilder';
import type { Logger } from 'pino';

/** What the channel gets for an activity. */
export type Answer = { readonly status: number; readonly body?: unknown };

export type InTimeOptions = {
  /** How long the channel waits for an answer before it sends the same activity again. */
  readonly answerWithinMilliseconds?: number;
  readonly log: Pick<Logger, 'warn'>;
};

/** Teams waits for 15 s. */
const answerWithin = 14_000;

/**
 * A turn that takes longer than the channel waits goes on. A message is answered only once it is saved: an earlier
 * answer would be a promise that a crash breaks, while without one Teams sends it again and the inbox knows it.
 * Invokes come again under a new id, which nobody can know, so they are told in time.
 */
export async function inTime(
  turn: Promise<Answer>,
  saved: Saved,
  activity: Activity,
  options: InTimeOptions,
): Promise<Answer> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    const { id, type } = activity;
    options.log.warn({ activity: id, type, saved: saved.isSo }, 'turn takes longer than the channel waits');
    late.resolve();
  }, options.answerWithinMilliseconds ?? answerWithin);
  try {
    return await Promise.race([turn, late.promise.then(() => answerLate(saved, activity))]);
  } finally {
    clearTimeout(timer);
  }
}

async function answerLate(saved: Saved, { type }: Activity): Promise<Answer> {
  if (type === ActivityTypes.Invoke) return { status: saved.isSo ? 200 : 504 };
  await saved.moment;
  return { status: 202 };
}

export type Saved = { isSo: boolean; readonly moment: Promise<void>; readonly happened: () => void };

/** Until `happened` is called. */
export function notSaved(): Saved {
  const { promise, resolve } = Promise.withResolvers<void>();
  const saved = { isSo: false, moment: promise, happened };
  function happened(): void {
    saved.isSo = true;
    resolve();
  }
  return saved;
}
