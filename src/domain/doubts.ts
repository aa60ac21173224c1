import type { Case, Doubt, Examined } from './case.ts';
import type { Diagnosis, Fact, ReportFlaw } from './diagnosis.ts';

/** What a report is measured by: the moment (ISO, UTC), and the SHA-256 of all scripts that were ever handed out. */
export type Reference = { readonly now: string; readonly scripts: ReadonlySet<string> };

const hourMs = 3_600_000;
const oldestMs = 24 * hourMs;
/** Clocks are off by minutes everywhere; beyond this, the report's time says nothing. */
const aheadMs = hourMs;

/** What speaks against taking a report for how the person's PC is now, in the order in which to say it. */
export function doubtsAbout(
  { reportId, diagnosis }: Pick<Examined, 'reportId' | 'diagnosis'>,
  current: Case,
  reference: Reference,
): readonly Doubt[] {
  const { provenance, report } = diagnosis;
  const { account, caseCode, device, scriptSha256 } = provenance;
  const doubts: readonly (readonly [Doubt, boolean])[] = [
    ['repeated', isRepeated(reportId, diagnosis, current)],
    ['other-case', caseCode !== null && !isOfCase(caseCode, current)],
    ['other-device', device !== null && current.device !== null && device !== current.device],
    ...doubtsAboutTime(diagnosis, reference.now),
    ['cut', report.flaws.some((flaw) => cutting.includes(flaw))],
    ['changed', report.flaws.some((flaw) => changing.includes(flaw))],
    ['unknown-script', scriptSha256 !== null && !reference.scripts.has(scriptSha256)],
    ['other-account', account === 'other'],
    ['narrow-shell', isNarrowShell(diagnosis)],
  ];
  return doubts.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
}

const cutting: readonly ReportFlaw[] = ['no-begin', 'no-end', 'too-long'];
const changing: readonly ReportFlaw[] = ['line-count', 'checksum'];

function isOfCase(code: string, { id, checkCodes }: Case): boolean {
  return [id, ...checkCodes].some((own) => own.toUpperCase() === code.toUpperCase());
}

function doubtsAboutTime(diagnosis: Diagnosis, now: string): readonly (readonly [Doubt, boolean])[] {
  const made = Date.parse(madeAt(diagnosis) ?? '');
  const age = Date.parse(now) - made;
  // Without a time, nothing compares and both are false.
  return [
    ['old', age > oldestMs],
    ['ahead', -age > aheadMs],
  ];
}

/** When a report was made, ISO: by the clock of the server that it asked, else by the PC's own; null where neither is told. */
export function madeAt({ facts, provenance }: Diagnosis): string | null {
  const byServer = factValue(facts, 'clock.server-date-utc');
  const time = typeof byServer === 'string' && isTime(byServer) ? byServer : provenance.time;
  return time !== null && isTime(time) ? time : null;
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

function factValue(facts: readonly Fact[], name: string): Fact['value'] | undefined {
  return facts.find((candidate) => candidate.name === name)?.value;
}

/** The batch file asks for the 64-bit half of the registry whatever the shell; PowerShell shows its own half. */
export function isNarrowShell({ provenance }: Pick<Diagnosis, 'provenance'>): boolean {
  const { shellBits, osBits, script } = provenance;
  return shellBits === 32 && osBits === 64 && !(script?.includes('.cmd') ?? false);
}

/** The same report once more, or one from before the last: it cannot show what a step did. */
function isRepeated(reportId: string, diagnosis: Diagnosis, current: Case): boolean {
  const last = current.examined;
  if (last === null || last.reportId === reportId || !canProve(current.doubts)) return false;
  if (last.diagnosis.provenance.device !== diagnosis.provenance.device) return false;
  const [before, after] = [last.diagnosis, diagnosis].map((each) => Date.parse(madeAt(each) ?? ''));
  if (before === undefined || after === undefined || !(after <= before)) return false;
  return after < before || JSON.stringify(last.diagnosis.facts) === JSON.stringify(diagnosis.facts);
}

/** Whether a report with these doubts says how the PC of this case is now, so that a next step may rest on it. */
export function isCurrent(doubts: readonly Doubt[]): boolean {
  return !doubts.some((doubt) => ['old', 'ahead', 'other-case'].includes(doubt));
}

const unproving: readonly Doubt[] = ['cut', 'changed', 'unknown-script', 'narrow-shell'];

/** Whether a report with these doubts may be compared with another, and may show that something was mended. */
export function canProve(doubts: readonly Doubt[]): boolean {
  return isCurrent(doubts) && !doubts.some((doubt) => unproving.includes(doubt));
}
