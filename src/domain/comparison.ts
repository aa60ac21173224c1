import { type Diagnosis, type Finding, findingCodes } from './diagnosis.ts';

/**
 * What became of a check between two reports. `new`: wrong now and not before; `unknown-now`: nobody could see it
 * this time, which is no change for the better.
 */
export type ChangeKind = 'fixed' | 'better' | 'worse' | 'new' | 'left' | 'unknown-now';

/** Both findings have the same code; each quotes lines of its own report. */
export type Change = { readonly kind: ChangeKind; readonly before: Finding; readonly after: Finding };

const order: readonly ChangeKind[] = ['fixed', 'better', 'left', 'worse', 'new', 'unknown-now'];

/**
 * What changed from one report to a later one of the same PC, what was mended first. A pasted piece looks at little,
 * so what it does not show is left out instead of called unknown.
 */
export function compare(before: Diagnosis, after: Diagnosis): readonly Change[] {
  const isWhole = [before, after].every(({ report }) => report.kind === 'handshake-report');
  const changes = findingCodes.flatMap((code) => {
    const [was, is] = [before, after].map(({ findings }) => findings.find((each) => each.code === code));
    if (was === undefined || is === undefined) return [];
    if (!isWhole && [was, is].some(({ severity }) => severity === 'unknown')) return [];
    const kind = changeOf(was, is);
    return kind === null ? [] : [{ kind, before: was, after: is }];
  });
  return order.flatMap((kind) => changes.filter((change) => change.kind === kind));
}

/** null where nothing that matters changed. */
function changeOf({ severity: was }: Finding, { severity: is }: Finding): ChangeKind | null {
  if (is === 'unknown') return was === 'unknown' || was === 'info' ? null : 'unknown-now';
  if (!isBad(was)) return isBad(is) ? 'new' : null;
  if (!isBad(is)) return 'fixed';
  if (was === is) return 'left';
  return is === 'warn' ? 'better' : 'worse';
}

export function isBad(severity: Finding['severity']): boolean {
  return severity === 'fail' || severity === 'warn';
}

/** What a comparison comes to; `fixed` leaves only what no step can mend, such as the age of the system. */
export type Progress = 'fixed' | 'better' | 'same' | 'worse';

export function progressOf(changes: readonly Change[]): Progress {
  const has = (...kinds: readonly ChangeKind[]) => changes.some(({ kind }) => kinds.includes(kind));
  const isDone = changes.every(
    ({ kind, after }) => kind === 'fixed' || (kind === 'left' && after.code === 'os-support'),
  );
  if (has('fixed') && isDone) return 'fixed';
  if (has('fixed', 'better')) return 'better';
  return has('worse', 'new') ? 'worse' : 'same';
}
