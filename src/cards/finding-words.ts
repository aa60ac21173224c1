import type { Finding, FindingCode, Severity } from '../domain/diagnosis.ts';
import { joinWords } from './node-words.ts';
import { clip } from './text.ts';
import type { Wording } from './wording.ts';

/** A finding as the result card draws it. Its mark says in a sign and a word what the colour says too. */
export type ShownFinding = {
  readonly mark: string;
  readonly color: 'Attention' | 'Warning' | 'Good' | 'Default';
  readonly name: string;
  readonly lines: readonly string[];
  readonly evidence: readonly { readonly line: string; readonly text: string }[];
};

/** Evidence is the person's text: these limits keep the card well under 25 KB. */
const mostEvidence = 3;
const longestEvidence = 140;

export function showFinding(wording: Wording, finding: Finding): ShownFinding {
  return {
    mark: wording.text(`bot.result.severities.${finding.severity}`),
    color: colorOf(finding.severity),
    name: nameFinding(wording, finding),
    lines: explainFinding(wording, finding),
    evidence: finding.evidence.slice(0, mostEvidence).map(({ line, text }) => ({
      line: wording.text('bot.result.line', { line }),
      text: clip(text, longestEvidence),
    })),
  };
}

const tellingSeverities: readonly Severity[] = ['fail', 'warn', 'info'];

/** Findings worth a word of their own, the worst first. */
export function tellingFindings(findings: readonly Finding[]): readonly Finding[] {
  return tellingSeverities.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity && !isIdle(finding, findings)),
  );
}

/** While no suite is accepted, a note on their order is noise. */
function isIdle({ code, severity }: Finding, findings: readonly Finding[]): boolean {
  const suitesFail = findings.some((each) => each.code === 'cipher-suites' && each.severity === 'fail');
  return code === 'cipher-order' && severity === 'info' && suitesFail;
}

/** One line each for what did not fit, what is fine, and what nobody could see. */
export function otherFindings(
  wording: Wording,
  findings: readonly Finding[],
  more: number,
): readonly string[] {
  const named = (severity: Severity) => [
    ...new Set(
      findings.filter((finding) => finding.severity === severity).map(({ code }) => nameCheck(wording, code)),
    ),
  ];
  const fine = named('pass');
  const unclear = named('unknown');
  return [
    ...(more > 0 ? [wording.text('bot.result.more', { count: more })] : []),
    ...(fine.length > 0 ? [wording.text('bot.result.fine', { checks: joinWords(wording, fine) })] : []),
    ...(unclear.length > 0
      ? [wording.text('bot.result.unclear', { checks: joinWords(wording, unclear) })]
      : []),
  ].map((line) => capitalise(wording, line));
}

function colorOf(severity: Severity): ShownFinding['color'] {
  switch (severity) {
    case 'fail':
      return 'Attention';
    case 'warn':
      return 'Warning';
    case 'pass':
      return 'Good';
    case 'info':
    case 'unknown':
      return 'Default';
  }
}

export function nameFinding(wording: Wording, { code, variant }: Pick<Finding, 'code' | 'variant'>): string {
  const key = `findings.${code}.${variant}.title`;
  return wording.has(key) ? wording.text(key) : capitalise(wording, nameCheck(wording, code));
}

function explainFinding(wording: Wording, { code, variant }: Finding): readonly string[] {
  const key = `findings.${code}.${variant}.text`;
  return wording.has(key) ? [wording.text(key)] : [];
}

/** What the check looks at, in words that fit into a list. */
export function nameCheck(wording: Wording, code: FindingCode): string {
  return wording.text(`bot.checks.${code}`);
}

export function capitalise({ language }: Wording, text: string): string {
  return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
}

/** The title of the finding with this code, or of its check when the diagnosis has no such finding. */
export function nameReason(wording: Wording, findings: readonly Finding[], code: FindingCode): string {
  const finding = findings.find((candidate) => candidate.code === code);
  return finding === undefined
    ? capitalise(wording, nameCheck(wording, code))
    : nameFinding(wording, finding);
}
