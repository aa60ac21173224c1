import type { NoticeSubject } from '../domain/notice.ts';
import { knownZone } from './time-words.ts';

/** How a reader writes days: a BCP 47 locale, and an IANA time zone or null. */
export type DayForm = { readonly locale: string | null; readonly timeZone: string | null };

/**
 * The first day of the change where the reader is: the service's days begin at midnight UTC. Null for an announcement.
 */
export function dayText(subject: NoticeSubject, { locale, timeZone }: DayForm): string | null {
  if (subject.kind !== 'policy') return null;
  return dayOf(startOf(subject.after), { locale, timeZone });
}

/** The day on which something was, where the reader is. */
export function dayOf(moment: Date, { locale, timeZone }: DayForm): string {
  const options = { dateStyle: 'full', timeZone: knownZone(timeZone) } as const;
  return new Intl.DateTimeFormat(knownLocale(locale), options).format(moment);
}

/** The day with its hour. */
export function momentOfChange(subject: NoticeSubject, { locale, timeZone }: DayForm): string | null {
  if (subject.kind !== 'policy') return null;
  return new Intl.DateTimeFormat(knownLocale(locale), {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone: knownZone(timeZone) },
  }).format(startOf(subject.after));
}

/** A language as it is written where the reader is: English for `de-CH` has Swiss days, not American ones. */
export function localeIn(language: string, locale: string | null): string {
  try {
    const { region } = new Intl.Locale(locale ?? language);
    return new Intl.Locale(language, region === undefined ? {} : { region }).toString();
  } catch {
    return language;
  }
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
