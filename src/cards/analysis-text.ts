import type { Diagnosis, Finding, Severity } from '../domain/diagnosis.ts';
import { tellingFindings } from './finding-words.ts';
import type { Wording } from './wording.ts';

export type Analysis = {
  readonly file: string;
  readonly date: string;
  /** Id of the article that the recommended step belongs to. */
  readonly article: string;
  readonly diagnosis: Diagnosis;
};

/** A diagnosis as plain text for a terminal: verdict, next step, what was found with its lines, the rest. */
export function analysisText(wording: Wording, analysis: Analysis): string {
  const { findings, verdict } = analysis.diagnosis;
  const say = sayIn(wording);
  const shown = tellingFindings(findings);
  return [
    ...heading(wording, analysis),
    '',
    say(`verdicts.${verdict}`),
    say('judged', { date: analysis.date }),
    '',
    ...nextLines(wording, analysis),
    ...shown.flatMap((finding) => ['', ...findingLines(wording, finding)]),
    ...summaryLines(wording, findings),
    '',
  ].join('\n');
}

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

function sayIn(wording: Wording): Say {
  return (key, values) => wording.text(`findings.report.${key}`, values);
}

function heading(wording: Wording, { file, diagnosis }: Analysis): readonly string[] {
  const { kind, flaws } = diagnosis.report;
  const say = sayIn(wording);
  const title = say('heading', { file, kind: say(`kinds.${kind}`) });
  if (kind === 'unrecognised') return [title, say('unrecognised')];
  return [title, ...flaws.map((flaw) => say(`flaws.${flaw}`))];
}

function nextLines(wording: Wording, { article, diagnosis }: Analysis): readonly string[] {
  const { step, reasons, needs, missing, ruledOut } = diagnosis.recommendation;
  const say = sayIn(wording);
  const titleOf = (id: string) => wording.text(`${article}.${id}.title`);
  const reasonOf = (code: string) => {
    const finding = diagnosis.findings.find((candidate) => candidate.code === code);
    return finding === undefined ? code : titleOfFinding(wording, finding);
  };
  const lines: string[] = [];
  if (step !== null) lines.push(say('next', { step: titleOf(step) }));
  else if (missing === null) lines.push(say('next-person'));
  if (reasons.length > 0) lines.push(say('because', { titles: reasons.map(reasonOf).join('; ') }));
  if (needs.length > 0) {
    lines.push(say('needs', { needs: needs.map((need) => wording.text(`bot.needs.${need}`)).join(', ') }));
  }
  if (missing !== null) lines.push(say('missing', { how: wording.text(`findings.${missing}.missing`) }));
  if (ruledOut.length > 0) lines.push(say('ruled-out'));
  const out = ruledOut.map((each) => ({ step: titleOf(each.step), reason: reasonOf(each.reason) }));
  return [...lines, ...out.map((each) => say('ruled-out-line', each))];
}

function findingLines(wording: Wording, finding: Finding): readonly string[] {
  const say = sayIn(wording);
  const { code, severity, variant, evidence, source } = finding;
  const mark = say(`severities.${severity}`);
  return [
    say('finding', { mark, title: titleOfFinding(wording, finding), code }),
    `  ${wording.text(`findings.${code}.${variant}.text`)}`,
    ...evidence.map(({ line, text }) => `  ${say('evidence', { line, text: printable(text) })}`),
    `  ${say('source', { url: source })}`,
  ];
}

/** A report is a stranger's text: it must not steer the terminal that shows it. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '');
}

function summaryLines(wording: Wording, findings: readonly Finding[]): readonly string[] {
  const say = sayIn(wording);
  const titles = (severity: Severity) =>
    findings
      .filter((finding) => finding.severity === severity)
      .map((finding) => titleOfFinding(wording, finding));
  const fine = titles('pass');
  const unclear = titles('unknown');
  return [
    '',
    ...(fine.length > 0 ? [say('fine', { titles: fine.join('; ') })] : []),
    ...(unclear.length > 0 ? [say('unclear', { titles: unclear.join('; ') })] : []),
  ];
}

function titleOfFinding(wording: Wording, { code, variant }: Finding): string {
  return wording.text(`findings.${code}.${variant}.title`);
}
