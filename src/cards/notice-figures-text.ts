import {
  deliveryStates,
  type ImpactClass,
  impactClasses,
  type Notice,
  type NoticeProgress,
} from '../domain/notice.ts';
import { haltText, reasonText, stateOf } from './notice-desk-kit.ts';
import { figureLines, nameCause, nameOf, type ShownDryRun, type ShownFigures } from './notice-figures.ts';
import { linesText, momentText, sayCommand } from './notice-text.ts';
import type { Wording } from './wording.ts';

/** Everyone whom the bot knows, by class, cause, system and site. */
export function figuresText(wording: Wording, figures: ShownFigures & { readonly people: number }): string {
  const { people } = figures;
  const lines = people === 0 ? [] : figureLines(wording, figures);
  return linesText([sayCommand(wording)('figures.title', { people }), ...indented(lines)]);
}

export type DryRunInWords = Omit<ShownDryRun, 'sample'> & {
  readonly byClass: Readonly<Record<ImpactClass, number>>;
  readonly sample: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly impact: ImpactClass;
    readonly cause: string | null;
  }[];
  /** Without any limit and not meant for everyone: it would be refused. */
  readonly isUnlimited: boolean;
};

/** How many would get a notice, some of them, and each of those who cannot be reached, with the reason. */
export function dryRunText(wording: Wording, dryRun: DryRunInWords): string {
  const say = sayCommand(wording);
  const { count, byClass, sample, isUnlimited } = dryRun;
  const classes = impactClasses
    .filter((impact) => byClass[impact] > 0)
    .map((impact) => say('dry-run.class', { impact: nameOf(wording, impact), count: byClass[impact] }));
  const people = sample.map(({ id, name, impact, cause }) =>
    say('dry-run.person', {
      ...{ name: name ?? id, impact: nameOf(wording, impact) },
      cause: cause === null ? 'none' : nameCause(wording, cause),
    }),
  );
  return linesText([
    say('dry-run.title', { count }),
    ...(isUnlimited ? [say('dry-run.unlimited')] : []),
    ...indented(classes),
    ...(people.length === 0 ? [] : ['', say('dry-run.sample'), ...indented(people)]),
    ...unreachableLines(wording, dryRun),
  ]);
}

function unreachableLines(wording: Wording, { unreachable }: DryRunInWords): readonly string[] {
  const say = sayCommand(wording);
  if (unreachable.length === 0) return [];
  const sayWhy = (why: string) => reasonText(wording, why);
  const reasons = [...new Set(unreachable.map(({ why }) => why))];
  const countOf = (reason: string) => unreachable.filter(({ why }) => why === reason).length;
  return [
    '',
    say('dry-run.unreachable', { count: unreachable.length }),
    ...indented(reasons.map((why) => say('dry-run.reason', { why: sayWhy(why), count: countOf(why) }))),
    '',
    ...indented(
      unreachable.map(({ id, name, why }) =>
        say('dry-run.row', { name: name === null ? id : `${name} (${id})`, why: sayWhy(why) }),
      ),
    ),
    ...(reasons.includes('unknown-person') ? ['', say('dry-run.import')] : []),
  ];
}

/** Every state with its count, also where nobody is in it: they add up before the reader's eyes. */
export function progressText(wording: Wording, notice: Notice, progress: NoticeProgress): string {
  const say = sayCommand(wording);
  const { total, states, reasons, rate, expectedEnd } = progress;
  const { id, name, status } = notice;
  const countOf = (state: (typeof deliveryStates)[number], count: number) =>
    wording.text(`notices.deliveries.${state}`, { count });
  return linesText([
    say('progress.title', { id, name, state: stateOf(wording, notice) }),
    ...(status.at === 'halted' ? [say('show.halted', { why: haltText(wording, status.why) })] : []),
    say('progress.total', { total }),
    ...(total === 0 ? [] : indented(deliveryStates.map((state) => countOf(state, states[state])))),
    ...indented(
      reasons.map(({ state, reason, count }) =>
        say('progress.reason', { state, reason: reasonText(wording, reason), count }),
      ),
    ),
    ...(['acknowledged', 'checked', 'fixed'] as const)
      .filter((each) => progress[each] > 0)
      .map((each) => wording.text(`notices.desk.progress.${each}`, { count: progress[each] })),
    ...(rate > 0 ? [say('progress.rate', { rate })] : []),
    ...(expectedEnd === null ? [] : [say('progress.end', { end: momentText(expectedEnd) })]),
  ]);
}

export type LoggedDeed = {
  readonly at: string;
  readonly noticeId: string;
  readonly by: { readonly name: string; readonly via: string };
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Who did what, one a line; `--json` has the drafts, too. */
export function auditText(wording: Wording, entries: readonly LoggedDeed[]): string {
  const say = sayCommand(wording);
  if (entries.length === 0) return say('audit.none');
  const rows = entries.map(({ at, noticeId, by, what, data }) => {
    const words = wordsOf(data);
    const { via } = by;
    const name = by.name === '' ? via : by.name;
    return say('audit.row', { at: momentText(at), notice: noticeId, what, name, via, data: words });
  });
  return linesText(rows);
}

/** A draft is too long for a line. */
function wordsOf({ draft: _, ...data }: LoggedDeed['data']): string {
  const told = Object.entries(data).filter(([, value]) => value !== null);
  const say = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return told.length === 0 ? 'none' : told.map(([name, value]) => `${name}: ${say(value)}`).join(', ');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
