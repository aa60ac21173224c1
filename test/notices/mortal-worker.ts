import type { NoticeChannel } from '../../src/notices/send-outcome.ts';
import type { SendStore } from '../../src/notices/send-store.ts';
import type { SenderParts } from '../../src/notices/sender.ts';
import { sendFor } from '../../src/notices/worker.ts';
import type { SimulatedTime } from './simulated-time.ts';

const lanes = 4;
const sweepMs = 15_000;
const never = new Promise<never>(() => {});

export type MortalParts = {
  readonly time: SimulatedTime;
  readonly parts: SenderParts;
  readonly noticeId: string;
  /** Asked before and after whatever the worker does. */
  readonly diesNow: () => boolean;
};

/**
 * A worker process with its lanes, in simulated time. When it dies, all of its lanes stay where they are: what they
 * asked for still happens, and nobody hears the answer. Resolves when it is dead.
 */
export async function runMortalWorker({ time, parts, noticeId, diesNow }: MortalParts): Promise<void> {
  const death = Promise.withResolvers<void>();
  let isDead = false;
  const look = () => {
    if (!isDead && diesNow()) {
      isDead = true;
      death.resolve();
    }
    return isDead;
  };
  async function mortal<T>(work: () => Promise<T>): Promise<T> {
    if (look()) return never;
    const done = await work();
    return look() ? never : done;
  }
  const mine: SenderParts = {
    ...parts,
    store: guarded(parts.store, (work) => mortal(() => time.real(work))),
    channel: guarded<NoticeChannel>(parts.channel, mortal),
    pause: (milliseconds) => mortal(() => time.sleep(milliseconds)),
  };
  const { signal } = new AbortController();
  async function runLane(): Promise<never> {
    for (;;) {
      const rest = await sendFor(mine, noticeId, signal);
      // A job is taken up within a second; without one, the rows are looked at now and then.
      await mine.pause(rest === null ? sweepMs : Math.max(1_000, Math.min(rest * 1_000, sweepMs)));
    }
  }
  async function sweep(): Promise<never> {
    for (;;) {
      await mine.pause(sweepMs);
      await mine.store.giveUpLost();
    }
  }
  const tasks = [...Array.from({ length: lanes }, runLane), sweep()];
  await Promise.race([death.promise, ...tasks]);
}

type Guard = <T>(work: () => Promise<T>) => Promise<T>;

function guarded<T extends SendStore | NoticeChannel>(all: T, guard: Guard): T {
  const entries = Object.entries(all).map(([name, act]) => [
    name,
    (...given: unknown[]) => guard(() => (act as (...given: unknown[]) => Promise<unknown>)(...given)),
  ]);
  return Object.fromEntries(entries) as T;
}
