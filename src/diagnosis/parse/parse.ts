import type { Fact, ReportFlaw, ReportSummary } from '../../domain/diagnosis.ts';
import { deriveFacts } from '../derive.ts';
import { emptyLine, type Line, splitLines } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import { readCurves } from './curves.ts';
import { readDsregcmd } from './dsregcmd.ts';
import { readHealthChecker } from './health-checker.ts';
import { readNetsh } from './netsh.ts';
import { ownFacts } from './own-facts.ts';
import { readPowerShellRegistry } from './powershell-registry.ts';
import type { Reading } from './reading.ts';
import { readRegExport } from './reg-export.ts';
import { readRegQuery } from './reg-query.ts';
import { readRegeditText } from './regedit-text.ts';
import { readReport } from './report.ts';
import { readSuites } from './suites.ts';
import { readTlsChecker } from './tls-checker.ts';
import { readWindowsVersion } from './windows-version.ts';

export type Parsed = {
  readonly report: ReportSummary;
  readonly facts: readonly Fact[];
  readonly lines: readonly Line[];
  /** The text holds a handshake-report, whole or damaged, and not only pieces of other output. */
  readonly whole: boolean;
};

/** Text as it came to facts, whatever it is. Never throws. */
export function parseText(text: string): Parsed {
  const { lines, tooLong } = splitLines(text);
  const report = readReport(lines);
  const readings = readPieces(report?.outside ?? lines);
  const found = [...(report?.facts ?? []), ...readings.flatMap((reading) => reading.facts)];
  const base = ownFacts(withoutContradictions(found));
  const facts = [...base, ...deriveFacts(base, text.slice(0, 200_000))].sort((a, b) => a.line - b.line);
  const kinds = new Set<ReportSummary['kind']>(readings.filter(hasContent).map((reading) => reading.kind));
  const flaws: ReportFlaw[] = [...(report?.flaws ?? []), ...(tooLong ? (['too-long'] as const) : [])];
  if (report !== null) kinds.add('handshake-report');
  else if (base.some((candidate) => candidate.name === 'cipher.truncated')) flaws.push('no-end');
  return { report: summarise(kinds, flaws), facts, lines, whole: report !== null };
}

function hasContent(reading: Reading): boolean {
  return reading.facts.length > 0 || reading.used.size > 0;
}

function summarise(kinds: ReadonlySet<ReportSummary['kind']>, flaws: readonly ReportFlaw[]): ReportSummary {
  const [kind = 'unrecognised'] = kinds;
  if (kinds.size === 0) return { kind, complete: false, flaws: [...flaws, 'no-begin'] };
  // The version that a console prints as it opens comes with every paste of something else.
  const telling = [...kinds].filter((each) => each !== 'windows-version');
  return {
    kind: telling.length > 1 ? 'mixed' : (telling[0] ?? kind),
    complete: flaws.length === 0,
    flaws,
  };
}

type Reader = (lines: readonly Line[]) => Reading;

/** Each with the characters that its output cannot do without. */
const readers: readonly (readonly [needs: number, read: Reader])[] = [
  [mark.bracket | mark.backslash, readRegExport],
  [mark.backslash | mark.underscore, readRegQuery],
  [mark.colon | mark.underscore, readRegeditText],
  [mark.colon, readPowerShellRegistry],
  [mark.digit, readHealthChecker],
  [0, readDsregcmd],
  [mark.colon, readNetsh],
  [mark.colon, readTlsChecker],
  [mark.underscore, readSuites],
  [mark.digit, readCurves],
  [mark.digit, readWindowsVersion],
];

/** Each reader sees the lines that the ones before it did not know; the first line has the number 1. */
function readPieces(lines: readonly Line[]): readonly Reading[] {
  const first = lines.findIndex(isFilled);
  if (first < 0) return [];
  // One empty line after the last says that nothing goes on.
  const rest = lines.slice(first, lines.findLastIndex(isFilled) + 2);
  const marks = rest.reduce((sum, line) => sum | line.marks, 0);
  return readers
    .filter(([needs]) => hasMark(marks, needs))
    .map(([, read]) => {
      const reading = read(rest);
      // A line that was read keeps its place, so that what stands around it does not join up.
      for (const number of reading.used) rest[number - 1 - first] = emptyLine(number);
      return reading;
    });
}

function isFilled({ plain }: Line): boolean {
  return plain !== '';
}

/** A property that one text states in two ways is unknown: two machines, or before and after. */
function withoutContradictions(facts: readonly Fact[]): readonly Fact[] {
  const kept = new Map<string, Fact>();
  const contradicted = new Map<string, Fact>();
  for (const found of facts) {
    const first = kept.get(found.name);
    if (first === undefined) kept.set(found.name, found);
    else if (!contradicted.has(found.name) && !isSame(first, found)) contradicted.set(found.name, found);
  }
  if (contradicted.size === 0) return [...kept.values()];
  const value = [...kept.keys()].filter((name) => contradicted.has(name));
  const agreed = [...kept.values()].filter(({ name }) => !contradicted.has(name));
  const line = contradicted.get(value[0] ?? '')?.line ?? 0;
  return [...agreed, { name: 'report.contradictions', value, line }];
}

function isSame({ value }: Fact, other: Fact): boolean {
  return value === other.value || JSON.stringify(value) === JSON.stringify(other.value);
}
