import type { Finding, FindingCode, ReportSummary, Verdict } from '../domain/diagnosis.ts';

/** Says nothing about whether the sign-in works, so not knowing it leaves no doubt. */
export const indecisive: readonly FindingCode[] = ['onedrive-version'];

/**
 * The worst finding decides. Only a whole, undamaged report can pass: a pasted piece shows that something is
 * wrong, or that one thing is right, never that everything is.
 */
export function verdictOf(findings: readonly Finding[], report: ReportSummary, whole: boolean): Verdict {
  if (findings.some((finding) => finding.severity === 'fail')) return 'fail';
  if (findings.some((finding) => finding.severity === 'warn')) return 'warn';
  const isUnclear = findings.some(
    (finding) => finding.severity === 'unknown' && !indecisive.includes(finding.code),
  );
  return isUnclear || !whole || !report.complete ? 'unknown' : 'pass';
}
