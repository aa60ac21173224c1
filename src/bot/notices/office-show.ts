import type { Activity } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import type { Cards } from '../../cards/cards.ts';
import type { ReadersDelivery } from '../../cards/notice-card.ts';
import type { Viewer } from '../../cards/notice-desk-kit.ts';
import type { ImpactClass, Notice, NoticeActor, NoticeProgress } from '../../domain/notice.ts';
import { hasAudience } from '../../domain/notice-check.ts';
import { hasReminderAhead, remindsAt as reminderOf } from '../../domain/notice-reminder.ts';
import type { PolicyChange } from '../../domain/policy.ts';
import type { CardKey, NoticeEvent } from '../../notices/card-store.ts';
import type { Acted, NoticeDesk } from '../../notices/notice-desk.ts';
import type { Binder, Showing } from '../binding.ts';
import type { ComposeParts } from './compose.ts';

export type OfficeParts = Omit<ComposeParts, 'cards' | 'binder'> & {
  readonly cards: Cards;
  readonly binder: Binder;
  readonly desk: NoticeDesk;
  /** What begins or ends to be accepted in the last and the coming year. */
  readonly changes: () => readonly PolicyChange[];
  /** The address of a notice's report, good for a short time. */
  readonly csvLink: (noticeId: string, officialId: string) => string;
  /** Asks everybody who may approve it, as far as the bot knows them. */
  readonly askApprovers: () => Promise<void>;
  /** Names of those who may approve this version of the notice and were shown it. */
  readonly askedOf: (notice: Notice) => Promise<readonly string[]>;
  /** What made this version of the notice. */
  readonly eventAt: (noticeId: string, version: number) => Promise<NoticeEvent | null>;
  /** Somebody of each class. */
  readonly sampleReaders: (notice: Notice) => Promise<Readonly<Record<ImpactClass, SampleReader>>>;
  readonly now: () => Date;
  /** A sentence under `notices.desk.texts`. */
  readonly say: (name: string, values?: Readonly<Record<string, string>>) => string;
};

/** Whose PC a preview shows. */
export type SampleReader = Pick<ReadersDelivery, 'impact' | 'cause' | 'os'>;

/** Whoever has a role, with their zone and language as Teams tells them. */
export type Official = NoticeActor & { readonly timeZone: string | null; readonly locale: string | null };

/** Words and a card; `extra` is sent besides, such as a preview. */
export type OfficeAnswer = {
  readonly text: string | null;
  readonly card: Card | null;
  readonly extra: readonly Partial<Activity>[];
  /** What the card shows, where it is edited when that goes on. */
  readonly follows: CardKey | null;
};

/** A card of the desk belongs to one administrator, and to one version of its notice. */
export function officeShowing(officialId: string, noticeId: string, version: number): Showing {
  return { conversation: `notice-desk/${officialId}`, caseId: noticeId, serial: version };
}

/** For cards that are about no notice. */
const noNotice = 'desk';

/** The card that fits where the notice stands and who looks at it. */
export async function draw(
  parts: OfficeParts,
  notice: Notice,
  by: Official,
  remark: string | null,
): Promise<OfficeAnswer> {
  const { cards, desk } = parts;
  const viewer = viewerOf(parts, by, notice);
  const { at } = notice.status;
  if (at === 'draft' && by.roles.includes('author')) {
    const { subject, audience, mandatory } = notice;
    const found = hasAudience(audience) ? await desk.dryRun(subject, audience, mandatory !== null) : null;
    const sample = found?.sample.map(({ person, impact }) => ({ name: person.name, impact })) ?? [];
    const dryRun = found === null ? null : { ...found, sample };
    const figures = await desk.figures(subject);
    return shown(cards.editNotice({ notice, figures, dryRun, remark, binding: viewer.binding }));
  }
  if (at === 'draft' || at === 'awaiting-approval') {
    const asked = at === 'draft' ? [] : await parts.askedOf(notice);
    const card = cards.awaitingCard(notice, await desk.figures(notice.subject), asked, viewer);
    return { ...shown(card), text: remark, follows: at === 'draft' ? null : followed(notice, by) };
  }
  const progress = await desk.progress(notice.id);
  return {
    ...shown(drawProgress(parts, notice, progress, by)),
    ...{ text: remark, follows: followed(notice, by) },
  };
}

/** How a notice goes on, and its report at the end. */
export function drawProgress(
  parts: OfficeParts,
  notice: Notice,
  progress: NoticeProgress,
  by: Official,
): Card {
  const { at } = notice.status;
  const csv = at === 'done' || at === 'cancelled' ? parts.csvLink(notice.id, by.id) : null;
  const remindsAt = hasReminderAhead(notice, parts.now()) ? reminderOf(notice) : null;
  return parts.cards.progressCard(notice, progress, { csv, remindsAt }, viewerOf(parts, by, notice));
}

/** What was scheduled waits as well: its progress comes on a card of its own, which tells its author that it began. */
function followed({ id: noticeId, status, version }: Notice, { id: official }: Official): CardKey {
  const waits = status.at === 'awaiting-approval' || status.at === 'scheduled';
  return waits
    ? { noticeId, official, kind: 'waiting', version }
    : { noticeId, official, kind: 'progress', version: 0 };
}

export function viewerOf(parts: OfficeParts, by: Official, notice: Notice | null): Viewer {
  return { id: by.id, roles: by.roles, timeZone: by.timeZone, binding: signed(parts, by, notice) };
}

export function signed({ binder }: Pick<OfficeParts, 'binder'>, { id }: Official, notice: Notice | null) {
  return binder.sign(officeShowing(id, notice?.id ?? noNotice, notice?.version ?? 0));
}

export function refusal({ say }: OfficeParts, { why, says }: Extract<Acted, { kind: 'refused' }>): string {
  return say(why, { about: says });
}

export function shown(card: Card): OfficeAnswer {
  return { text: null, card, extra: [], follows: null };
}

export function said(text: string): OfficeAnswer {
  return { text, card: null, extra: [], follows: null };
}
