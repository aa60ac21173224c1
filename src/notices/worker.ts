import type { NoticeJobs } from './jobs.ts';
import { holdClosed, type SenderParts, sendRound } from './sender.ts';

export type WorkerParts = SenderParts & {
  readonly jobs: Pick<NoticeJobs, 'work' | 'stop'>;
};

export type Worker = {
  /** Finishes the messages in hand; what waits stays queued for others. */
  stop(): Promise<void>;
  /** Gives up what dead workers left, and takes up what no job is there for. */
  sweep(): Promise<void>;
};

/** A job works so long and hands over, so that it neither expires nor keeps a new notice waiting. */
const turnMs = 40_000;
/** The longest sleep for one notice within a turn; waits that concern all notices may last as long as the turn. */
const longestSleepMs = 5_000;

/** Sends what jobs name, several rounds at once. Any number of processes may run one. */
export async function startWorker(parts: WorkerParts): Promise<Worker> {
  const { jobs, store, log } = parts;
  const stopping = new AbortController();
  await jobs.work((noticeId) => sendFor(parts, noticeId, stopping.signal));
  return {
    async sweep() {
      const lost = await store.giveUpLost();
      if (lost > 0) log.warn({ lost }, 'a worker died; nobody knows whether these notices arrived');
      for (const noticeId of await store.listDue()) await sendFor(parts, noticeId, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await jobs.stop();
    },
  };
}

/**
 * Sends a notice until nothing waits, its state forbids it, the turn is over or the worker stops. Answers the seconds
 * after which somebody has to go on, or null where there is nothing to go on with.
 */
export async function sendFor(
  parts: SenderParts,
  noticeId: string,
  stop: AbortSignal,
): Promise<number | null> {
  const { store, now, pause } = parts;
  const end = now().getTime() + turnMs;
  const notice = await store.find(noticeId);
  if (notice === null || notice.status.at !== 'sending') return null;
  await holdClosed(parts, notice);
  while (!stop.aborted && now().getTime() < end) {
    const round = await sendRound(parts, notice);
    if (round.kind === 'did') continue;
    if (round.seconds === null) return null;
    const sleep = Math.max(1, Math.ceil(round.seconds * 1_000));
    const isLong = round.isForAll ? now().getTime() + sleep > end : sleep > longestSleepMs;
    if (isLong) return round.seconds;
    await pause(sleep);
  }
  return 0;
}
