import type { Notice, NoticeActor } from '../domain/notice.ts';
import { changeNotice } from '../domain/notice-change.ts';
import { nextStep, type Pace } from '../domain/notice-pace.ts';
import type { NoticeStore } from './notice-store.ts';

export type ClockParts = {
  readonly store: NoticeStore;
  readonly pace: Pace;
  readonly now: () => Date;
};

export const clockActor: NoticeActor = { id: 'clock', name: '', roles: [], via: 'bot' };

/**
 * Does what is due: starts notices, judges waves, lets go what was held, finishes. Every process does so every few
 * seconds; a change that another one has made already is a conflict and changes nothing. Returns the notices changed.
 */
export async function windClock(parts: ClockParts): Promise<readonly Notice[]> {
  const changed: Notice[] = [];
  for (const notice of await parts.store.listAtWork(parts.now())) {
    const after = await windOne(parts, notice);
    if (after !== null) changed.push(after);
  }
  return changed;
}

async function windOne({ store, pace, now }: ClockParts, notice: Notice): Promise<Notice | null> {
  const { id, status, since } = notice;
  const moment = now();
  if (status.at === 'sending') await store.release(id, moment);
  const wave = 'wave' in status ? status.wave : 0;
  const counts = await store.waveFigures(id, wave, new Date(since));
  const command = nextStep(notice, counts, pace, moment);
  if (command === null) return null;
  const facts = { now: moment, approvalAbove: 0, total: 0, classes: [], failed: 0 };
  const outcome = changeNotice(notice, command, clockActor, facts);
  if (outcome.kind === 'refused') return null;
  const { lastAt: _, ...figures } = counts;
  const data = { from: status.at, to: outcome.notice.status.at, wave, ...figures };
  const saved = await store.save({
    ...{ notice: outcome.notice, by: clockActor, what: command.do, data },
    ...{ deliveries: outcome.deliveries, recipients: [] },
  });
  return saved === 'saved' ? outcome.notice : null;
}
