import type { Urgency } from '../domain/handoff.ts';
import type { Shared } from '../domain/share.ts';
import { nameCheck, nameFinding } from './finding-words.ts';
import { titleOf } from './node-words.ts';
import { nameOs } from './os-name.ts';
import type { Wording } from './wording.ts';

/** The trouble in one line, such as `OneDrive 0x8004de40 on Windows 10: only retired cipher suites are left`. */
export function titleOfTicket(wording: Wording, { code, os, diagnosis }: Shared): string {
  const worst = diagnosis?.findings.find(({ severity }) => severity === 'fail');
  return wording.text('helpdesk.title', {
    code: code === null || code === 'unknown' ? 'none' : code,
    os: os === null || os === 'unknown' ? 'none' : nameOs(wording, os),
    finding: worst === undefined ? 'none' : nameFinding(wording, worst),
  });
}

export type DescribedTicket = {
  readonly article: string;
  readonly urgency: Urgency;
  readonly contact: string;
  readonly bestTime: string;
  readonly shared: Shared;
};

/** Everything that the person agreed to share, as plain text for other systems. */
export function describeTicket(wording: Wording, about: DescribedTicket): string {
  const { shared } = about;
  return [
    ...factLines(wording, about),
    ...findingLines(wording, shared),
    ...section(
      wording.text('bot.preview.tried'),
      shared.tried.map((tried) => triedLine(wording, about.article, tried)),
    ),
    ...section(wording.text('helpdesk.described.report'), shared.report === null ? [] : [shared.report]),
  ].join('\n');
}

function factLines(
  wording: Wording,
  { article, urgency, contact, bestTime, shared }: DescribedTicket,
): readonly string[] {
  const { note, code, os, diagnosis } = shared;
  const label = (name: string) => wording.text(`bot.preview.labels.${name}`);
  const none = (name: string) => wording.text(`bot.preview.none.${name}`);
  const step = diagnosis?.recommendation.step ?? null;
  return [
    `${label('note')} ${note === '' ? none('note') : note}`,
    `${label('urgency')} ${wording.text(`bot.person.urgencies.${urgency}`)}`,
    ...(contact === '' ? [] : [`${label('contact')} ${contact}`]),
    ...(bestTime === '' ? [] : [`${label('time')} ${bestTime}`]),
    `${label('code')} ${code === null || code === 'unknown' ? none('code') : code}`,
    `${label('os')} ${os === null || os === 'unknown' ? none('os') : nameOs(wording, os)}`,
    `${label('report')} ${diagnosis === null ? none('report') : wording.text(`bot.result.summaries.${diagnosis.verdict}`)}`,
    ...(step === null ? [] : [`${label('next')} ${titleOf(wording, article, step)}`]),
  ];
}

function findingLines(wording: Wording, { diagnosis }: Shared): readonly string[] {
  const telling =
    diagnosis?.findings.filter(({ severity }) => severity === 'fail' || severity === 'warn') ?? [];
  const lines = telling.flatMap((finding) => [
    `${wording.text(`bot.result.severities.${finding.severity}`)}: ${nameCheck(wording, finding.code)}, ${nameFinding(wording, finding)}`,
    ...finding.evidence.map(({ line, text }) => `  ${wording.text('bot.result.line', { line })}: ${text}`),
  ]);
  return section(wording.text('bot.preview.found'), lines);
}

function triedLine(wording: Wording, article: string, { node, answer }: Shared['tried'][number]): string {
  const words = wording.has(`bot.answers.${answer}`) ? wording.text(`bot.answers.${answer}`) : answer;
  return `- ${titleOf(wording, article, node)}: ${words}`;
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines];
}
