import type { ImpactClass, Notice, NoticeText } from '../domain/notice.ts';
import { fillText, type PlaceholderValues, textFor } from '../domain/notice-text.ts';
import { isOs } from '../domain/os.ts';
import type { Card } from './card.ts';
import type { FillTemplate } from './compile.ts';
import { createKit } from './kit.ts';
import { dayOf, dayText, localeIn, momentOfChange } from './notice-day.ts';
import { nameOs } from './os-name.ts';
import { type ReaderWordings, wordingFor } from './reader-wording.ts';
import { clip, headingText, unmarked } from './text.ts';
import type { Wording } from './wording.ts';

/** What of a delivery its reader's card tells. Times are ISO, UTC; null is not yet. */
export type ReadersDelivery = {
  readonly impact: ImpactClass;
  readonly cause: string | null;
  readonly os: string | null;
  /** When the report of the PC came in, by which people with several know it. */
  readonly evidenceAt: string | null;
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
  /** What is said to a press or to words, for the language of the card, or that of the reader. */
  noticeAnswer(name: NoticeAnswer, language: string | null): string;
};

export type NoticeAnswer = 'stopped' | 'started' | 'stale' | 'previewed';

export type TextShowing = Pick<NoticeShowing, 'notice' | 'organisation' | 'contact'> & {
  readonly delivery: Pick<ReadersDelivery, 'impact' | 'cause' | 'os' | 'name' | 'locale' | 'timeZone'>;
};

const longestTitle = 200;
/** A text as long as a draft may have it, and what its placeholders bring along. */
const longestBody = 10_000;

export function createNoticeCard(readers: ReaderWordings, fill: FillTemplate): NoticeCards {
  return {
    noticeCard: (showing) => noticeCard(readers, fill, inOneLanguage(showing)),
    noticeText: (showing) => noticeText(readers, inOneLanguage(showing)),
    noticeAnswer: (name, language) => wordingFor(readers, language).text(`notices.reader.${name}`),
  };
}

/** The rest of a card is in the language of its text; the reader's country says no more than how days are written. */
function inOneLanguage<Showing extends TextShowing>(showing: Showing): Showing {
  const { notice, delivery } = showing;
  const { language } = textFor(notice.texts, delivery.impact, delivery.locale) ?? { language: 'en' };
  return { ...showing, delivery: { ...delivery, locale: localeIn(language, delivery.locale) } };
}

function noticeCard(readers: ReaderWordings, fill: FillTemplate, showing: NoticeShowing): Card {
  const { notice, delivery } = showing;
  const { wording, draw } = createKit(wordingFor(readers, delivery.locale), fill);
  const text = noticeText(readers, showing) ?? { title: notice.name, body: '' };
  return draw('notice', {
    title: headingText(clip(text.title, longestTitle)),
    eyebrow: eyebrowOf(wording, showing),
    paragraphs: paragraphsOf(text.body),
    impact: impactOf(readers, showing),
    facts: factsOf(wording, showing),
    states: statesOf(wording, showing),
    small: [wording.text(notice.mandatory === null ? 'notices.reader.small' : 'notices.reader.mandatory')],
    buttons: buttonsOf(wording, showing),
    links: linksOf(wording, notice),
  });
}

function noticeText(readers: ReaderWordings, showing: TextShowing): NoticeText | null {
  const { notice, delivery } = showing;
  const chosen = textFor(notice.texts, delivery.impact, delivery.locale);
  return chosen === null ? null : fillText(chosen.text, valuesOf(readers, showing));
}

function valuesOf(readers: ReaderWordings, { notice, delivery, organisation, contact }: TextShowing) {
  const wording = wordingFor(readers, delivery.locale);
  const say = (key: string) => wording.text(`notices.reader.${key}`);
  const values: PlaceholderValues = {
    name: clip(delivery.name ?? say('somebody'), 80),
    day: dayText(notice.subject, delivery) ?? say('day'),
    cause: causeOf(wording, delivery),
    pc: nameOfPc(readers, delivery),
    organisation: organisation ?? notice.author.name,
    contact: contact ?? say('nobody'),
  };
  return values;
}

/** At risk is who still has something that works, so what is wrong may read otherwise than where nothing does. */
function causeOf(wording: Wording, { impact, cause }: Pick<ReadersDelivery, 'impact' | 'cause'>): string {
  const lists = impact === 'at-risk' ? ['risks', 'causes'] : ['causes'];
  const keys = lists.map((list) => `notices.reader.${list}.${cause}`);
  return wording.text(keys.find(wording.has) ?? 'notices.reader.causes.other');
}

/** Systems have the same names in every language. */
function nameOfPc(readers: ReaderWordings, { os, locale }: TextShowing['delivery']): string {
  const wording = wordingFor(readers, locale);
  return isOs(os) && os !== 'other' && os !== 'unknown'
    ? wording.text('notices.reader.named-pc', { os: nameOs(readers[0], os) })
    : wording.text('notices.reader.some-pc');
}

function eyebrowOf(wording: Wording, { notice, organisation }: NoticeShowing): string {
  const key = notice.remindsOf === null ? 'eyebrow' : 'reminder';
  return organisation === null
    ? wording.text(`notices.reader.${key}-bare`)
    : wording.text(`notices.reader.${key}`, { organisation });
}

/** What it means for this PC; nothing for an announcement, for which no PC was judged. */
function impactOf(readers: ReaderWordings, { notice, delivery }: NoticeShowing) {
  if (notice.subject.kind !== 'policy') return [];
  const { impact, cause, locale } = delivery;
  const wording = wordingFor(readers, locale);
  const pc = nameOfPc(readers, delivery);
  const why =
    cause === null ? [] : [wording.text('notices.reader.cause', { cause: causeOf(wording, delivery) })];
  const lines = [wording.text(`notices.reader.impact.${impact}`, { pc }), ...why];
  return [{ heading: wording.text('notices.reader.heading'), lines }];
}

function factsOf(wording: Wording, { notice, delivery, contact }: NoticeShowing) {
  const fact = (label: string, text: string | null) =>
    text === null ? [] : [{ label: wording.text(`notices.reader.labels.${label}`), text: unmarked(text) }];
  return [
    ...fact('when', momentOfChange(notice.subject, delivery)),
    ...fact('device', deviceOf(wording, notice, delivery)),
    ...fact('ask', contact),
    ...fact('from', clip(notice.author.name, 80)),
  ];
}

function deviceOf(wording: Wording, { subject }: Notice, delivery: ReadersDelivery): string | null {
  const { evidenceAt } = delivery;
  if (evidenceAt === null || subject.kind !== 'policy') return null;
  return wording.text('notices.reader.checked-on', { day: dayOf(new Date(evidenceAt), delivery) });
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
