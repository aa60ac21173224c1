import type { Article } from './article.ts';
import type { Case, Doubt, Examined, Proof } from './case.ts';
import { type Change, compare, isBad } from './comparison.ts';
import type { Diagnosis, FindingCode } from './diagnosis.ts';
import { canProve, isCurrent } from './doubts.ts';

/** A report and what speaks against it. */
export type Weighed = { readonly examined: Examined; readonly doubts: readonly Doubt[] };

/** Takes a report in as the case's evidence. Nothing of one PC is compared with, or counted for, another. */
export function takeIn(current: Case, { examined, doubts }: Weighed, article: Article): Case {
  const { device } = examined.diagnosis.provenance;
  const base = device === null || device === current.device ? current : onOtherPc(current, device);
  const kept = isCurrent(doubts);
  // A piece of an unknown PC says nothing about what was done on the known one.
  const judgesSteps = kept && device === base.device;
  const done = stepsDone(base, device);
  return {
    ...base,
    examined,
    doubts,
    unclaimed: null,
    earlier: earlierFor(device, base),
    seenFailing: kept ? union(base.seenFailing, troublesOf(examined.diagnosis)) : base.seenFailing,
    triedBefore: judgesSteps ? base.tried.length : base.triedBefore,
    inVain: judgesSteps
      ? done.filter((step) => badAt(step, examined.diagnosis, article).length > 0)
      : base.inVain,
  };
}

/** The first report that names its PC says nothing about pieces before it, except that they may be of another. */
function onOtherPc(current: Case, device: string): Case {
  const tried = current.device === null ? current.tried : [];
  return { ...current, device, seenFailing: [], inVain: [], tried, triedBefore: tried.length };
}

/** The newest report that may be compared with one of this PC; failing that, the one to keep for later. */
function earlierFor(device: string | null, { examined, doubts, earlier }: Case): Examined | null {
  const candidates = [canProve(doubts) ? examined : null, earlier].filter((each) => each !== null);
  const ofSamePc = candidates.find((each) => each.diagnosis.provenance.device === device);
  return ofSamePc ?? candidates[0] ?? null;
}

/** What a report blames: what fails, or else the warnings that its recommendation rests on. */
function troublesOf({ findings, recommendation }: Diagnosis): readonly FindingCode[] {
  const failing = findings.filter(({ severity }) => severity === 'fail').map(({ code }) => code);
  if (failing.length > 0) return failing;
  return recommendation.reasons.filter((reason) =>
    findings.some(({ code, severity }) => code === reason && severity === 'warn'),
  );
}

/** Steps that were done on this PC since its last report, or before it in vain: newest evidence judges them. */
export function stepsDone(current: Case, device: string | null): readonly string[] {
  if (current.examined === null || current.device !== device) return [];
  const since = current.tried.slice(current.triedBefore).filter(({ answer }) => isDone(answer));
  return union(
    current.inVain,
    since.map(({ node }) => node),
  );
}

function isDone(answer: string): boolean {
  return ['broken', 'works', 'checked'].includes(answer);
}

/** What is wrong although the step should mend it. */
function badAt(step: string, { findings }: Diagnosis, article: Article): readonly FindingCode[] {
  const node = article.nodes.get(step);
  if (node?.kind !== 'step') return [];
  return findings
    .filter(({ code, severity }) => isBad(severity) && node.addresses.includes(code))
    .map(({ code }) => code);
}

/** The report whose result is on show: one that waits to be claimed comes before the case's own. */
export function reportOnShow({ unclaimed, examined, doubts }: Case): Weighed | null {
  return unclaimed ?? (examined === null ? null : { examined, doubts });
}

/** What the case may rest a next step on; null without a report, and where the last one is not of now. */
export function evidenceOf({ examined, doubts }: Case): Diagnosis | null {
  return examined !== null && isCurrent(doubts) ? examined.diagnosis : null;
}

export type Comparison = {
  readonly before: Diagnosis;
  readonly after: Diagnosis;
  readonly changes: readonly Change[];
  /** Steps that were done without effect, each with what it should have mended. */
  readonly inVain: readonly { readonly step: string; readonly codes: readonly FindingCode[] }[];
};

/** The last two reports side by side; null unless both are of one PC, are free of doubt and differ in what matters. */
export function comparisonOf(current: Case, article: Article): Comparison | null {
  const { examined, earlier, doubts, unclaimed } = current;
  if (examined === null || earlier === null || unclaimed !== null || !canProve(doubts)) return null;
  const [before, after] = [earlier.diagnosis, examined.diagnosis];
  if (before.provenance.device !== after.provenance.device) return null;
  const changes = compare(before, after);
  if (changes.length === 0) return null;
  const inVain = current.inVain.map((step) => ({ step, codes: badAt(step, after, article) }));
  return { before, after, changes, inVain };
}

/** Only a report without doubt, of the PC on which something was wrong, proves that all of it is mended. */
export function proofOf(current: Case): Proof {
  const last = canProve(current.doubts) ? current.examined : current.earlier;
  if (last === null || last.diagnosis.provenance.device !== current.device) return 'word';
  const isContradicted = evidenceOf(current)?.findings.some(({ severity }) => severity === 'fail') ?? false;
  return showsMended(current, last.diagnosis) && !isContradicted ? 'evidence' : 'word';
}

/** Something was wrong, and no report since shows beyond doubt that it is not: a new one would tell. */
export function awaitsProof(current: Case): boolean {
  const { examined, doubts, seenFailing } = current;
  if (examined === null || seenFailing.length === 0 || proofOf(current) === 'evidence') return false;
  return !canProve(doubts) || !showsMended(current, examined.diagnosis);
}

function showsMended({ seenFailing }: Case, { findings }: Diagnosis): boolean {
  const isFine = (code: FindingCode) =>
    findings.some((each) => each.code === code && (each.severity === 'pass' || each.severity === 'info'));
  return seenFailing.length > 0 && seenFailing.every(isFine);
}

function union<T>(some: readonly T[], more: readonly T[]): readonly T[] {
  return [...new Set([...some, ...more])];
}
