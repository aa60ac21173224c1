import type { Audience, ImpactClass, NoticeDraft, NoticeRefusal, NoticeSchedule } from './notice.ts';
import { impactClasses } from './notice.ts';
import { textFor, unknownPlaceholders } from './notice-text.ts';
import { sendingWeek } from './send-window.ts';

/** What keeps a notice from going on; `about` names the part, such as `will-break` or `startAt`. */
export type NoticeFault = { readonly why: NoticeRefusal; readonly about: string };

const minuteMs = 60_000;
const longestAheadMs = 366 * 24 * 60 * minuteMs;
const longestReminderDays = 90;

/** What is wrong with a draft in itself, whoever it goes to; drafts that are not complete yet may be kept. */
export function checkDraft({ schedule, mandatory, texts }: NoticeDraft, now: Date): NoticeFault | null {
  const about = faultyPart(schedule, now);
  if (about !== null) return { why: 'schedule-invalid', about };
  if (mandatory !== null && isBlank(mandatory.reason)) return { why: 'reason-missing', about: 'mandatory' };
  const strange = unknownPlaceholders(texts);
  if (strange.length > 0) {
    return { why: 'placeholder-unknown', about: strange.map((name) => `{${name}}`).join(', ') };
  }
  return null;
}

function faultyPart(schedule: NoticeSchedule, now: Date): keyof NoticeSchedule | null {
  const { startAt, window, weekdays, remindAfterDays } = schedule;
  if (startAt !== null && !isSoon(startAt, now)) return 'startAt';
  if (!weekdays.every((day) => isWholeBetween(day, 1, 7))) return 'weekdays';
  if (window !== null && sendingWeek(schedule) === null) return 'window';
  if (remindAfterDays !== null && !isWholeBetween(remindAfterDays, 1, longestReminderDays)) {
    return 'remindAfterDays';
  }
  return null;
}

/** Not past, but for the time that it takes to fill in a form, and not so far ahead that a digit must be wrong. */
function isSoon(startAt: string, now: Date): boolean {
  const ahead = Date.parse(startAt) - now.getTime();
  return ahead >= -5 * minuteMs && ahead <= longestAheadMs;
}

/** What a draft still needs before it can go to people of these classes. */
export function checkSubmission(draft: NoticeDraft, classes: readonly ImpactClass[]): NoticeFault | null {
  if (!hasAudience(draft.audience)) {
    return { why: 'audience-unlimited', about: 'everyone' };
  }
  if (classes.length === 0) return { why: 'audience-empty', about: 'audience' };
  const silent = impactClasses.filter((impact) => classes.includes(impact) && !hasText(draft, impact));
  return silent.length > 0 ? { why: 'text-missing', about: silent.join(', ') } : null;
}

/** Whether it is said whom a notice is for: without any limit it would be everybody, which has to be said. */
export function hasAudience({ everyone, ...lists }: Audience): boolean {
  return everyone || Object.values(lists).some((list) => list.length > 0);
}

/** Whether people of a class are meant; where no class is named, those of each are. */
export function meansClass({ impact }: Pick<Audience, 'impact'>, each: ImpactClass): boolean {
  return impact.length === 0 || impact.includes(each);
}

export function classesMeant(audience: Pick<Audience, 'impact'>): readonly ImpactClass[] {
  return impactClasses.filter((each) => meansClass(audience, each));
}

/** English stands in for every other language, and no language has half a text. */
function hasText({ texts }: NoticeDraft, impact: ImpactClass): boolean {
  const written = [texts[impact], texts.all].flatMap((byLanguage) => Object.values(byLanguage ?? {}));
  const isWhole = written.every(({ title, body }) => !isBlank(title) && !isBlank(body));
  return isWhole && textFor(texts, impact, 'en') !== null;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function isWholeBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
