import { impactClasses, type Notice, type NoticeSubject } from '../domain/notice.ts';
import { haltText, nameOfNotice, stateOf } from './notice-desk-kit.ts';
import { nameOf } from './notice-figures.ts';
import { nameOs } from './os-name.ts';
import { clip } from './text.ts';
import type { Wording } from './wording.ts';

/** Lines for a terminal. What people wrote must not steer it. */
export function linesText(lines: readonly string[]): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => clip(line, 10_000))
    .join('\n');
}

export function sayCommand({ text }: Pick<Wording, 'text'>) {
  return (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    text(`notice-commands.${key}`, values);
}

/** Moments in UTC, as a file of settings or a report has them: whoever reads it may sit anywhere. */
export function momentText(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** Notices in a list, one a line, in the order given. */
export function noticeListText(wording: Wording, notices: readonly Notice[]): string {
  const say = sayCommand(wording);
  if (notices.length === 0) return say('list.none');
  const rows = notices.map((notice) =>
    say('list.row', {
      ...{ id: notice.id, state: stateOf(wording, notice), name: nameOfNotice(wording, notice) },
      ...{ author: notice.author.name, total: notice.total ?? 0 },
    }),
  );
  return linesText(rows);
}

/** Everything that whoever approves a notice has to see. */
export function noticeText(wording: Wording, notice: Notice): string {
  const say = sayCommand(wording);
  const section = (heading: string, lines: readonly string[]) => [
    '',
    heading,
    ...lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`),
  ];
  return linesText([
    ...headLines(wording, notice),
    ...section(say('show.subject'), subjectLines(wording, notice.subject)),
    ...section(say('show.audience'), audienceLines(wording, notice)),
    ...section(say('show.schedule'), scheduleLines(wording, notice)),
    ...textsOf(wording, notice).flatMap(({ heading, lines }) => section(heading, lines)),
  ]);
}

function headLines(wording: Wording, notice: Notice): readonly string[] {
  const say = sayCommand(wording);
  const { id, name, version, status, author, submitter, approver, total, mandatory, remindsOf } = notice;
  return [
    say('show.title', { id, name }),
    say('show.state', { state: stateOf(wording, notice), version }),
    ...(status.at === 'halted' ? [say('show.halted', { why: haltText(wording, status.why) })] : []),
    say('show.author', { author: author.name }),
    ...(submitter === null ? [] : [say('show.submitter', { name: submitter.name })]),
    ...(approver === null ? [] : [say('show.approver', { name: approver.name })]),
    total === null ? say('show.not-fixed') : say('show.total', { total }),
    ...(mandatory === null ? [] : [say('show.mandatory', { reason: mandatory.reason })]),
    ...(remindsOf === null ? [] : [say('show.reminds', { id: remindsOf })]),
  ];
}

function subjectLines(wording: Wording, subject: NoticeSubject): readonly string[] {
  const say = sayCommand(wording);
  if (subject.kind === 'announcement') return [say('show.announcement')];
  const { before, after, lost, source } = subject;
  return [
    say('show.change', { before, after }),
    ...lost.map(({ kind, name }) => say('show.lost', { kind, name })),
    say('show.source', { source }),
  ];
}

const mostIds = 20;

function audienceLines(wording: Wording, { audience }: Notice): readonly string[] {
  const say = sayCommand(wording);
  const { everyone, impact, findings, os, sites, languages, people, groups } = audience;
  const limits: readonly (readonly [string, readonly string[]])[] = [
    ['impact', impact.map((each) => nameOf(wording, each))],
    ['findings', findings.map((each) => wording.text(`bot.checks.${each}`))],
    ['os', os.map((each) => nameOs(wording, each))],
    ['sites', sites],
    ['languages', languages],
    ['people', people],
    ['groups', groups],
  ];
  const lines = limits
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) =>
      say('show.limit', { what: say(`show.limits.${what}`), list: shortList(wording, names) }),
    );
  if (everyone) return [say('show.everyone'), ...lines];
  return lines.length === 0 ? [say('show.nobody')] : lines;
}

function shortList(wording: Wording, names: readonly string[]): string {
  const list = names.slice(0, mostIds).join(', ');
  const count = names.length - mostIds;
  return count > 0 ? sayCommand(wording)('show.more', { list, count }) : list;
}

function scheduleLines(wording: Wording, { schedule }: Notice): readonly string[] {
  const say = sayCommand(wording);
  const { startAt, window, weekdays, remindAfterDays: days } = schedule;
  return [
    startAt === null ? say('show.at-once') : say('show.start', { start: momentText(startAt) }),
    ...(window === null ? [] : [say('show.window', window)]),
    ...(weekdays.length === 0 ? [] : [say('show.weekdays', { list: weekdays.join(', ') })]),
    ...(days === null ? [] : [say('show.remind', { days })]),
  ];
}

function textsOf(wording: Wording, { texts }: Notice) {
  return ([...impactClasses, 'all'] as const).flatMap((impact) =>
    Object.entries(texts[impact] ?? {}).map(([language, { title, body }]) => ({
      heading: sayCommand(wording)('show.text', { impact: nameOf(wording, impact), language }),
      lines: [title, body],
    })),
  );
}
