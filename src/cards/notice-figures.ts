import { type ImpactClass, impactClasses, type Notice } from '../domain/notice.ts';
import type { OsFamily } from '../domain/os.ts';
import { reasonText, sayDesk } from './notice-desk-kit.ts';
import { nameOs } from './os-name.ts';
import type { Wording } from './wording.ts';

/** How many people, by what a change does to them, why, and where. */
export type ShownFigures = {
  readonly byClass: Readonly<Record<ImpactClass, number>>;
  readonly rows: readonly {
    readonly impact: ImpactClass;
    readonly cause: string | null;
    readonly os: OsFamily | null;
    readonly site: string | null;
    readonly people: number;
  }[];
};

/** Who would get a notice; null where its audience has no limit yet. */
export type ShownDryRun = {
  readonly count: number;
  readonly sample: readonly { readonly name: string | null; readonly impact: ImpactClass }[];
  readonly unreachable: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly why: string;
  }[];
};

const mostListed = 12;

/** Everyone by class, then by cause, system and site, the most first. */
export function figureLines(wording: Wording, { byClass, rows }: ShownFigures): readonly string[] {
  const say = sayDesk(wording);
  const list = (key: string, nameOf: (row: ShownFigures['rows'][number]) => string | null) => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const name = nameOf(row);
      if (name !== null) counts.set(name, (counts.get(name) ?? 0) + row.people);
    }
    const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, mostListed);
    const words = most.map(([name, count]) => `${name} ${count}`).join(', ');
    return words === '' ? [] : [say(`edit.${key}`, { list: words })];
  };
  return [
    ...impactClasses.map((impact) =>
      say('edit.figure', { impact: nameOf(wording, impact), count: byClass[impact] }),
    ),
    ...list('by-cause', ({ cause }) => (cause === null ? null : nameCause(wording, cause))),
    ...list('by-os', ({ os }) => (os === null ? null : nameOs(wording, os))),
    ...list('by-site', ({ site }) => site),
  ];
}

/** For an announcement no PC is judged, so there is nothing to tell. */
export function judgedLines(
  wording: Wording,
  { subject }: Pick<Notice, 'subject'>,
  figures: ShownFigures,
): readonly string[] {
  return subject.kind === 'policy' ? figureLines(wording, figures) : [];
}

export function nameCause(wording: Wording, code: string): string {
  return wording.has(`bot.checks.${code}`) ? wording.text(`bot.checks.${code}`) : code;
}

export function nameOf(wording: Wording, impact: ImpactClass | 'all'): string {
  return wording.text(`notices.classes.${impact}`);
}

export function audienceHeading(wording: Wording, dryRun: ShownDryRun | null): string {
  return sayDesk(wording)('edit.audience', { count: dryRun?.count ?? 0 });
}

export function dryRunLines(wording: Wording, dryRun: ShownDryRun | null): readonly string[] {
  const say = sayDesk(wording);
  if (dryRun === null) return [say('edit.unlimited')];
  const { sample, unreachable } = dryRun;
  const list = sample
    .slice(0, mostListed)
    .map(({ name, impact }) => `${name ?? '?'} (${nameOf(wording, impact)})`)
    .join(', ');
  const more = unreachable.length - mostListed;
  return [
    ...(list === '' ? [] : [say('edit.sample', { list })]),
    ...unreachable
      .slice(0, mostListed)
      .map((each) =>
        say('edit.unreachable', { name: each.name ?? each.id, why: reasonText(wording, each.why) }),
      ),
    ...(more > 0 ? [say('edit.unreachable-more', { count: more })] : []),
  ];
}
