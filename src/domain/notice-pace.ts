import type { Notice, NoticeCommand } from './notice.ts';

/** When a notice goes on by itself, and when it stops. */
export type Pace = {
  /** More than this share of a wave failed, blocked or unknown halts it; 0.1 is a tenth. */
  readonly haltShare: number;
  /** And at least so many, so that one slip in a small wave does not. */
  readonly haltAtLeast: number;
  /** So long a first wave is watched after its last delivery, before the next one goes out. */
  readonly watchSeconds: number;
};

/** How the deliveries up to the notice's wave stand, as far as they were settled since it last went on. */
export type WaveCounts = {
  readonly open: number;
  readonly held: number;
  readonly sent: number;
  readonly bad: number;
  readonly lastAt: Date | null;
};

/** What a notice that is due or on its way does next by itself; null while it waits. */
export function nextStep(
  { status, since }: Pick<Notice, 'status' | 'since'>,
  counts: WaveCounts,
  pace: Pace,
  now: Date,
): NoticeCommand | null {
  if (status.at === 'scheduled') return { do: 'start' };
  if (status.at !== 'sending') return null;
  const { open, held, sent, bad } = counts;
  if (isTooBad(counts, pace)) {
    return { do: 'halt', why: { code: 'too-many-bad', bad, settled: sent + bad } };
  }
  if (status.wave === 2) return open + held === 0 ? { do: 'finish' } : null;
  // Who is held until tomorrow in another time zone is not waited for, while most of the wave has told how it went.
  if (open > 0 || held > sent + bad) return null;
  const quietSince = counts.lastAt ?? new Date(since);
  const isWatched = now.getTime() - quietSince.getTime() >= pace.watchSeconds * 1_000;
  return isWatched ? { do: 'next-wave' } : null;
}

/** Of what is over by now, not of the whole wave: what goes wrong from the beginning is seen at the beginning. */
function isTooBad({ sent, bad }: WaveCounts, { haltShare, haltAtLeast }: Pace): boolean {
  return bad >= haltAtLeast && bad > (sent + bad) * haltShare;
}
