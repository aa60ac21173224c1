import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Finding, FindingCode, Severity, Verdict } from '../../src/domain/diagnosis.ts';
import { buildReport, type Changes } from './report-builder.ts';
import { route } from './route-builder.ts';

/** One situation: what differs from a healthy PC, what the finding comes to, and the verdict. */
export type Row = readonly [
  situation: string,
  broken: readonly Changes[],
  code: FindingCode,
  outcome: `${Severity} ${string}`,
  verdict: Verdict,
];

export function testRows(rows: readonly Row[]): void {
  for (const [situation, changes, code, expected, verdict] of rows) {
    it(`${situation}: ${code} is ${expected}`, () => {
      const diagnosis = judgeReport(changes);
      const { severity, variant } = findingOf(diagnosis.findings, code);
      assert.equal(`${severity} ${variant}`, expected);
      assert.equal(diagnosis.verdict, verdict);
    });
  }
}

export function judgeReport(changes: readonly Changes[], at = '2026-05-04') {
  return diagnose(buildReport(...changes), { at, route: () => route });
}

export function findingOf(findings: readonly Finding[], code: FindingCode): Finding {
  const found = findings.find((finding) => finding.code === code);
  assert.ok(found);
  return found;
}
