import type { Notice, NoticeProgress } from '../../domain/notice.ts';
import { hasReminderAhead } from '../../domain/notice-reminder.ts';
import type { DrawnCard } from '../../notices/card-follow.ts';
import type { KeptCard } from '../../notices/card-store.ts';
import { messageWith } from './compose.ts';
import { draw, drawProgress, type OfficeParts, type Official, viewerOf } from './office-show.ts';

export type FollowingParts = {
  readonly office: OfficeParts;
  /** Null for somebody who has no role any more. */
  readonly officialOf: (id: string) => Promise<Official | null>;
  readonly now: () => Date;
};

const secondMs = 1_000;
const dayMs = 86_400_000;
/** So long after its end people still read, check and repair. */
const followedMs = 30 * dayMs;

/** A card of the desk as it should be now; null where there is nothing to show any more. */
export async function drawFollowed(parts: FollowingParts, card: KeptCard): Promise<DrawnCard | null> {
  const { office, officialOf, now } = parts;
  const [notice, by] = await Promise.all([office.desk.find(card.noticeId), officialOf(card.official)]);
  if (notice === null || by === null) return null;
  switch (card.kind) {
    case 'progress': {
      const progress = await office.desk.progress(notice.id);
      const { contentType, content, title } = drawProgress(office, notice, progress, by);
      const activity = messageWith({ contentType, content, title });
      const print = printOf(notice, progress, hasReminderAhead(notice, now()));
      return { activity, print, againMs: pauseOf(notice, now()) };
    }
    case 'news':
      return notice.version === card.version ? drawNews(office, notice, by) : null;
    case 'waiting':
      return notice.version === card.version
        ? drawWaiting(office, notice, by)
        : drawDecided(office, notice, by, card);
  }
}

async function drawWaiting(office: OfficeParts, notice: Notice, by: Official): Promise<DrawnCard | null> {
  const { card } = await draw(office, notice, by, null);
  return card === null ? null : { activity: messageWith(card), print: String(notice.version), againMs: 0 };
}

/** A message of its own: an edit of another card notifies nobody. */
async function drawNews(office: OfficeParts, notice: Notice, by: Official): Promise<DrawnCard | null> {
  const event = await office.eventAt(notice.id, notice.version);
  if (event === null) return null;
  const card = office.cards.newsCard(notice, event, viewerOf(office, by, notice));
  return { activity: messageWith(card), print: event.what, againMs: null };
}

/** Whoever was not asked in time is not told how it was decided. */
async function drawDecided(
  office: OfficeParts,
  notice: Notice,
  by: Official,
  { activityId, version }: KeptCard,
): Promise<DrawnCard | null> {
  const event = activityId === null ? null : await office.eventAt(notice.id, version + 1);
  if (event === null) return null;
  const card = office.cards.decidedCard(notice, event, viewerOf(office, by, notice));
  return { activity: messageWith(card), print: `${version} ${event.what}`, againMs: null };
}

/** The expected end follows from the rest, and links are made anew each time: neither is a reason for an edit. */
function printOf(
  { version, status }: Notice,
  { expectedEnd: _, ...progress }: NoticeProgress,
  isReminderAhead: boolean,
): string {
  return JSON.stringify([version, status.at, isReminderAhead, progress]);
}

/** Often while it is sent; afterwards for whoever reads, checks and repairs. Null ends it. */
function pauseOf({ status, since }: Notice, now: Date): number | null {
  if (status.at === 'sending') return 10 * secondMs;
  const ageMs = now.getTime() - Date.parse(since);
  if (ageMs < dayMs / 24) return 60 * secondMs;
  return ageMs < followedMs ? 600 * secondMs : null;
}
