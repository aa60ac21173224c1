import { type Hours, isTimeZone, minutesOf, nextOpening } from './hours.ts';
import type { NoticeSchedule } from './notice.ts';

const noHolidays: ReadonlySet<string> = new Set();

/** The times of a week in which a notice may reach its reader; null where any time is good. */
export function sendingWeek({ window, weekdays }: NoticeSchedule): Hours['week'] | null {
  if (window === null && weekdays.length === 0) return null;
  const spans = window === null ? [{ from: 0, to: 1_440 }] : spansOf(window);
  if (spans === null) return null;
  return Array.from({ length: 7 }, (_, day) => (isSendingDay(weekdays, day) ? spans : []));
}

/** A window that ends before it begins goes over midnight: both its parts belong to the day that they are on. */
function spansOf({ from, to }: NonNullable<NoticeSchedule['window']>): Hours['week'][number] | null {
  const [start, end] = [timeOfDay(from), timeOfDay(to)];
  if (start === null || end === null || start === end) return null;
  if (start < end) return [{ from: start, to: end }];
  const evening = { from: start, to: 1_440 };
  return end === 0 ? [evening] : [{ from: 0, to: end }, evening];
}

/** `08:00` in minutes from midnight, to `24:00`; null for anything else. */
export function timeOfDay(text: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(text);
  return found === null ? null : minutesOf(found[1], found[2]);
}

/** `day` counts from Sunday, 0. */
function isSendingDay(weekdays: readonly number[], day: number): boolean {
  return weekdays.length === 0 || weekdays.includes(day === 0 ? 7 : day);
}

/**
 * When a notice may reach a reader next: null while it may. Their time zone is IANA, as the channel gives it; one that
 * nobody knows of counts as the organisation's.
 */
export function heldUntil(
  schedule: NoticeSchedule,
  timeZone: string | null,
  organisationZone: string,
  now: Date,
): Date | null {
  const week = sendingWeek(schedule);
  if (week === null) return null;
  const zone = timeZone !== null && isTimeZone(timeZone) ? timeZone : organisationZone;
  return nextOpening({ week, timeZone: zone, holidays: noHolidays }, now);
}
