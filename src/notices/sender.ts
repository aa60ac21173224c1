import type { Logger } from 'pino';
import type { Notice } from '../domain/notice.ts';
import { heldUntil } from '../domain/send-window.ts';
import { type Consequence, consequenceOf, type NoticeChannel, type SendOutcome } from './send-outcome.ts';
import type { Claimed, SendStore, Settled } from './send-store.ts';

type Message = Readonly<Record<string, unknown>>;

export type SenderParts = {
  readonly store: SendStore;
  /** The activity that this reader gets, ready to be sent. */
  readonly compose: (notice: Notice, delivery: Claimed) => Message;
  readonly channel: NoticeChannel;
  /** IANA; of people whose own zone is not known. */
  readonly timeZone: string;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

/**
 * How a round ended: something was done, or so many seconds have nothing to do (null: for now nothing waits). What all
 * notices wait for, such as the end of a 429, `isForAll`.
 */
export type Round =
  | { readonly kind: 'did'; readonly sent: number }
  | { readonly kind: 'idle'; readonly seconds: number | null; readonly isForAll: boolean };

/** Rows a round: few enough that a killed worker leaves few unknown, enough for any rate with slow answers. */
const roundSize = 5;
/** Teams takes about 100 KB; what it would refuse is not even tried. */
const largestMessage = 80_000;
const settleTries = [200, 1_000, 5_000, 15_000];

/**
 * Sends what the budget gives room for, and writes down how it ended. Each row's intent is recorded in the statement
 * that gives its token, right before its own request: whatever dies, only requests on their way are in doubt.
 */
export async function sendRound(parts: SenderParts, notice: Notice): Promise<Round> {
  const begun = await parts.store.begin(notice.id, roundSize);
  switch (begun.kind) {
    case 'stopped':
      return { kind: 'idle', seconds: null, isForAll: false };
    case 'empty':
    case 'wait':
      return { kind: 'idle', seconds: begun.seconds, isForAll: begun.kind === 'wait' };
    case 'go': {
      const settled = await Promise.all(begun.deliveries.map((delivery) => sendOne(parts, notice, delivery)));
      if (settled.length > 0) await settle(parts, notice.id, settled);
      return { kind: 'did', sent: settled.length };
    }
  }
}

async function sendOne(parts: SenderParts, notice: Notice, delivery: Claimed): Promise<Settled> {
  const { personId, attempts } = delivery;
  const consequence = (await unsendable(parts, notice, delivery)) ?? (await attempt(parts, notice, delivery));
  return { personId, attempts, consequence };
}

/** The window may have closed since it was looked at last. */
async function unsendable(
  { timeZone, now }: SenderParts,
  { schedule }: Notice,
  delivery: Claimed,
): Promise<Consequence | null> {
  const dueAt = heldUntil(schedule, delivery.timeZone, timeZone, now());
  return dueAt === null ? null : { state: 'held', dueAt };
}

async function attempt(parts: SenderParts, notice: Notice, delivery: Claimed): Promise<Consequence> {
  const { channel, store } = parts;
  const { reference, entraId, tenantId } = delivery;
  let outcome: SendOutcome;
  if (reference === null) {
    outcome = await channel.create({ entraId: entraId ?? '', tenantId });
  } else {
    const message = composeSafely(parts, notice, delivery);
    if ('state' in message) return message;
    outcome = await channel.send(reference, message.message);
  }
  // Before the row is settled, so that nobody takes it for due in a pause that is only about to begin.
  if (outcome.kind === 'throttled') await repeat(parts, () => store.pause(outcome.retryAfterSeconds));
  return consequenceOf(outcome, delivery);
}

/** A text that cannot be composed fails this one delivery, not the worker. */
function composeSafely(
  { compose, log }: SenderParts,
  notice: Notice,
  delivery: Claimed,
): { readonly message: Message } | Consequence {
  try {
    const message = compose(notice, delivery);
    const size = Buffer.byteLength(JSON.stringify(message));
    return size > largestMessage ? { state: 'failed', reason: 'message-too-big' } : { message };
  } catch (error) {
    log.error({ err: error, notice: notice.id }, 'a notice could not be composed');
    return { state: 'failed', reason: 'not-composed' };
  }
}

/**
 * A message that went out while its row could not be written stays `sending` and becomes `unknown` later, so it is
 * never sent twice.
 */
async function settle(parts: SenderParts, noticeId: string, settled: readonly Settled[]): Promise<void> {
  const isDone = await repeat(parts, () => parts.store.settle(noticeId, settled));
  if (!isDone) parts.log.error({ notice: noticeId, rows: settled.length }, 'ends of sends were not written');
}

async function repeat({ pause, log }: SenderParts, task: () => Promise<unknown>): Promise<boolean> {
  for (const wait of [...settleTries, null]) {
    try {
      await task();
      return true;
    } catch (error) {
      log.warn({ err: error }, 'the database did not take how a send ended');
      if (wait !== null) await pause(wait);
    }
  }
  return false;
}

/** Holds at once all who wait in a time zone whose window is closed, so that they cost neither tokens nor time. */
export async function holdClosed({ store, timeZone, now }: SenderParts, notice: Notice): Promise<void> {
  const { window, weekdays } = notice.schedule;
  if (window === null && weekdays.length === 0) return;
  const zones = (await store.zonesWaiting(notice.id)).flatMap((zone) => {
    const until = heldUntil(notice.schedule, zone, timeZone, now());
    return until === null ? [] : [{ zone, until }];
  });
  if (zones.length > 0) await store.hold(notice.id, zones);
}
