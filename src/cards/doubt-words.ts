import type { Doubt } from '../domain/case.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { isCurrent, madeAt } from '../domain/doubts.ts';
import type { Wording } from './wording.ts';

export type Remarks = { readonly name: string; readonly lines: readonly string[] };

/** Doubts that come with words of their own; a report that was cut or changed says so by its flaws. */
const worded: readonly Doubt[] = [
  'other-case',
  'other-device',
  'old',
  'ahead',
  'unknown-script',
  'other-account',
  'narrow-shell',
];

/** What has to be said of a report besides what it shows; empty when it is whole and beyond doubt. */
export function remarksOn(
  wording: Wording,
  diagnosis: Diagnosis,
  doubts: readonly Doubt[],
): readonly Remarks[] {
  const isDamaged = doubts.includes('cut') || doubts.includes('changed');
  const lines = [
    ...worded
      .filter((doubt) => doubts.includes(doubt))
      .map((doubt) => wording.text(`bot.doubts.${doubt}`, { time: nameTime(wording, diagnosis) ?? '' })),
    ...diagnosis.report.flaws.map((flaw) => wording.text(`bot.result.flaw.${flaw}`)),
    ...(isDamaged ? [wording.text('bot.doubts.damaged')] : []),
  ];
  return lines.length === 0 ? [] : [{ name: wording.text('bot.result.flaws'), lines }];
}

/** How the card begins: whose report it is, or from when, comes before what it shows. */
export function headingFor(
  wording: Wording,
  diagnosis: Diagnosis,
  doubts: readonly Doubt[],
): { readonly eyebrow: string; readonly title: string; readonly lines: readonly string[] } {
  const { verdict } = diagnosis;
  const eyebrow = wording.text('bot.result.eyebrow');
  if (isCurrent(doubts)) {
    const lines = [wording.text(`bot.result.summaries.${verdict}`)];
    return { eyebrow, title: wording.text(`bot.result.titles.${verdict}`), lines };
  }
  const title = doubts.includes('other-case')
    ? wording.text('bot.result.whose')
    : wording.text('bot.result.dated', { date: nameDay(wording, diagnosis) });
  return { eyebrow, title, lines: [wording.text(`bot.result.past.${verdict}`)] };
}

function nameDay(wording: Wording, diagnosis: Diagnosis): string {
  return nameMoment(wording, diagnosis, { dateStyle: 'long' }) ?? '';
}

/** When a report was made, with the time zone, because people know their own time; null where it does not say. */
export function nameTime(wording: Wording, diagnosis: Diagnosis): string | null {
  return nameMoment(wording, diagnosis, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
}

function nameMoment(
  { language }: Wording,
  diagnosis: Diagnosis,
  style: Intl.DateTimeFormatOptions,
): string | null {
  const made = madeAt(diagnosis);
  const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' });
  return made === null ? null : format.format(new Date(made));
}
