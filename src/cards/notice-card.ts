import type { ImpactClass, Notice, NoticeText } from '../domain/notice.ts';
import { fillText, type PlaceholderValues, textFor } from '../domain/notice-text.ts';
import { isOs } from '../domain/os.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import { clip, headingText, unmarked } from './text.ts';
import { knownZone } from './time-words.ts';
import type { Wording } from './wording.ts';

/** What of a delivery its reader's card tells. Times are ISO, UTC; null is not yet. */
export type ReadersDelivery = {
  readonly impact: ImpactClass;
  readonly cause: string | null;
  readonly os: string | null;
  /** Pseudonym of the PC, which people with several can tell apart. */
  readonly device: string | null;
  readonly name: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly acknowledgedAt: string | null;
  readonly checkedAt: string | null;
  readonly fixedAt: string | null;
};

export const noticePresses = ['check', 'acknowledge', 'person', 'stop'] as const;
export type NoticePress = (typeof noticePresses)[number];

export type NoticeShowing = {
  readonly notice: Notice;
  readonly delivery: ReadersDelivery;
  readonly binding: string;
  /** True once they want no more notices. */
  readonly stopped: boolean;
  readonly organisation: string | null;
  readonly contact: string | null;
};

export type NoticeCards = {
  noticeCard(showing: NoticeShowing): Card;
  /** The text of the card alone, as this reader gets it; null where there is none for them. */
  noticeText(showing: TextShowing): NoticeText | null;
};

export type TextShowing = Pick<NoticeShowing, 'notice' | 'organisation' | 'contact'> & {
  readonly delivery: Pick<ReadersDelivery, 'impact' | 'cause' | 'os' | 'name' | 'locale' | 'timeZone'>;
};

const longestTitle = 200;
const longestBody = 4_000;

export function createNoticeCard(kit: Kit): NoticeCards {
  return {
    noticeCard: (showing) => noticeCard(kit, showing),
    noticeText: (showing) => noticeText(kit.wording, showing),
  };
}

function noticeCard({ wording, draw }: Kit, showing: NoticeShowing): Card {
  const { notice } = showing;
  const text = noticeText(wording, showing) ?? { title: notice.name, body: '' };
  return draw('notice', {
    title: headingText(clip(text.title, longestTitle)),
    eyebrow: eyebrowOf(wording, showing),
    paragraphs: paragraphsOf(text.body),
    impact: impactOf(wording, showing),
    facts: factsOf(wording, showing),
    states: statesOf(wording, showing),
    small: [wording.text(notice.mandatory === null ? 'notices.reader.small' : 'notices.reader.mandatory')],
    buttons: buttonsOf(wording, showing),
    links: linksOf(wording, notice),
  });
}

function noticeText(wording: Wording, showing: TextShowing): NoticeText | null {
  const { notice, delivery } = showing;
  const chosen = textFor(notice.texts, delivery.impact, delivery.locale);
  return chosen === null ? null : fillText(chosen.text, valuesOf(wording, showing));
}

function valuesOf(wording: Wording, { notice, delivery, organisation, contact }: TextShowing) {
  const say = (key: string) => wording.text(`notices.reader.${key}`);
  const values: PlaceholderValues = {
    name: clip(delivery.name ?? say('somebody'), 80),
    day: dayOf(notice, delivery) ?? say('day'),
    cause: causeOf(wording, delivery),
    pc: nameOfPc(wording, delivery),
    organisation: organisation ?? notice.author.name,
    contact: contact ?? say('nobody'),
  };
  return values;
}

/**
 * The first day of the change where the reader is, in their form: the service's days begin at midnight UTC. Null for an
 * announcement.
 */
function dayOf({ subject }: Notice, { locale, timeZone }: TextShowing['delivery']): string | null {
  if (subject.kind !== 'policy') return null;
  const options = { dateStyle: 'full', timeZone: knownZone(timeZone) } as const;
  return new Intl.DateTimeFormat(knownLocale(locale), options).format(startOf(subject.after));
}

function whenOf({ subject }: Notice, { locale, timeZone }: ReadersDelivery): string | null {
  if (subject.kind !== 'policy') return null;
  return new Intl.DateTimeFormat(knownLocale(locale), {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone: knownZone(timeZone) },
  }).format(startOf(subject.after));
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** A language that the machine does not know counts as English. */
function knownLocale(locale: string | null): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** At risk is who still has something that works, so what is wrong may read otherwise than where nothing does. */
function causeOf(wording: Wording, { impact, cause }: Pick<ReadersDelivery, 'impact' | 'cause'>): string {
  const lists = impact === 'at-risk' ? ['risks', 'causes'] : ['causes'];
  const keys = lists.map((list) => `notices.reader.${list}.${cause}`);
  return wording.text(keys.find(wording.has) ?? 'notices.reader.causes.other');
}

function nameOfPc(wording: Wording, { os }: Pick<ReadersDelivery, 'os'>): string {
  const pc = wording.text('notices.reader.some-pc');
  return isOs(os) && os !== 'other' && os !== 'unknown' ? `${wording.text(`bot.os.${os}`)} ${pc}` : pc;
}

function eyebrowOf(wording: Wording, { notice, organisation }: NoticeShowing): string {
  if (organisation === null) return wording.text('notices.reader.eyebrow-bare');
  const key = notice.remindsOf === null ? 'eyebrow' : 'reminder';
  return wording.text(`notices.reader.${key}`, { organisation });
}

/** What it means for this PC; nothing for an announcement, for which no PC was judged. */
function impactOf(wording: Wording, { notice, delivery }: NoticeShowing) {
  if (notice.subject.kind !== 'policy') return [];
  const { impact, cause } = delivery;
  const pc = nameOfPc(wording, delivery);
  const why =
    cause === null ? [] : [wording.text('notices.reader.cause', { cause: causeOf(wording, delivery) })];
  const lines = [wording.text(`notices.reader.impact.${impact}`, { pc }), ...why];
  return [{ heading: wording.text('notices.reader.heading'), lines }];
}

function factsOf(wording: Wording, { notice, delivery, contact }: NoticeShowing) {
  const fact = (label: string, text: string | null) =>
    text === null ? [] : [{ label: wording.text(`notices.reader.labels.${label}`), text: unmarked(text) }];
  return [
    ...fact('when', whenOf(notice, delivery)),
    ...fact('device', delivery.device === null ? null : clip(delivery.device, 80)),
    ...fact('ask', contact),
    ...fact('from', clip(notice.author.name, 80)),
  ];
}

function statesOf(wording: Wording, { delivery, stopped }: NoticeShowing): readonly string[] {
  const { acknowledgedAt, checkedAt, fixedAt } = delivery;
  const checked = fixedAt !== null ? ['fixed'] : checkedAt !== null ? ['checked'] : [];
  return [
    ...(acknowledgedAt === null ? [] : ['acknowledged']),
    ...checked,
    ...(stopped ? ['stopped'] : []),
  ].map((name) => wording.text(`notices.reader.states.${name}`));
}

function buttonsOf(wording: Wording, { notice, delivery, stopped, binding }: NoticeShowing) {
  const offered: readonly NoticePress[] = [
    ...(notice.subject.kind === 'policy' && delivery.fixedAt === null ? (['check'] as const) : []),
    ...(delivery.acknowledgedAt === null ? (['acknowledge'] as const) : []),
    'person',
    ...(stopped ? [] : (['stop'] as const)),
  ];
  return offered.map((press) => ({
    title: wording.text(`notices.reader.buttons.${press}`),
    data: { notice: press, binding },
  }));
}

function linksOf(wording: Wording, { subject }: Notice) {
  if (subject.kind !== 'policy' || !/^https?:\/\//.test(subject.source)) return [];
  return [{ title: wording.text('notices.reader.source'), url: subject.source }];
}

function paragraphsOf(body: string): readonly string[] {
  return body
    .slice(0, longestBody)
    .split('\n')
    .map((line) => unmarked(clip(line.trim(), longestBody)))
    .filter((line) => line !== '');
}
