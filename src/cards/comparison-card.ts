import { type Change, type ChangeKind, isBad, type Progress, progressOf } from '../domain/comparison.ts';
import type { Diagnosis, Finding, FindingCode } from '../domain/diagnosis.ts';
import type { Comparison } from '../domain/evidence.ts';
import type { Binding } from '../domain/press.ts';
import type { Button, Card } from './card.ts';
import { nameTime, type Remarks, remarksOn } from './doubt-words.ts';
import { capitalise, nameCheck, otherFindings, showFinding } from './finding-words.ts';
import { buttonsOf, type Kit } from './kit.ts';
import { type Judged, type Next, nextButtons, nextOf, ownersLine } from './next-step.ts';
import { joinWords, titleOf } from './node-words.ts';
import type { Wording } from './wording.ts';

export type ComparisonCards = {
  /** Before and after: what a new report shows against the last one. */
  comparison(binding: Binding, about: Compared): Card;
};

export type Compared = Judged & { readonly comparison: Comparison };

export function createComparisonCard(kit: Kit): ComparisonCards {
  return { comparison: (binding, about) => comparisonCard(kit, binding, about) };
}

const mostChanges = 6;
const mostEvidence = 2;

function comparisonCard(kit: Kit, binding: Binding, about: Compared): Card {
  const { wording, draw } = kit;
  const { comparison, diagnosis, doubts } = about;
  const { changes } = comparison;
  const progress = progressOf(changes);
  const more = changes.length - mostChanges;
  return draw('comparison', {
    eyebrow: wording.text('bot.comparison.eyebrow'),
    title: wording.text(`bot.comparison.titles.${progress}`),
    lines: [wording.text(`bot.comparison.summaries.${progress}`), ...timesOf(wording, comparison)],
    notes: [...vainRemarks(wording, about), ...remarksOn(wording, diagnosis, doubts)],
    changes: changes.slice(0, mostChanges).map((change) => showChange(wording, change)),
    leftHeading: wording.text('bot.comparison.left'),
    left: leftOf(wording, diagnosis.findings),
    others: [
      ...(more > 0 ? [wording.text('bot.comparison.more', { count: more })] : []),
      ...otherFindings(wording, diagnosis.findings, 0),
    ],
    next: progress === 'fixed' ? trySignIn(wording) : nextOf(wording, about),
    buttons: comparisonButtons(kit, binding, about, progress),
  });
}

function timesOf(wording: Wording, { before, after }: Comparison): readonly string[] {
  const [first, second] = [nameTime(wording, before), nameTime(wording, after)];
  return first === null || second === null
    ? []
    : [wording.text('bot.comparison.times', { before: first, after: second })];
}

/** A step that was done and changed nothing: why that can be, and who can change it. */
function vainRemarks(wording: Wording, { article, comparison }: Compared): readonly Remarks[] {
  const { inVain, after } = comparison;
  return inVain.map(({ step, codes }) => {
    const checks = codes.map((code) => nameCheck(wording, code));
    return {
      name: wording.text('bot.comparison.in-vain', { step: titleOf(wording, article, step) }),
      lines: [
        wording.text('bot.comparison.as-before', { checks: joinWords(wording, checks) }),
        ...whoLines(wording, after, codes),
      ],
    };
  });
}

/** The next step names who can change what it is about, so here the others follow, or nobody in particular. */
function whoLines(
  wording: Wording,
  { findings, recommendation }: Diagnosis,
  codes: readonly FindingCode[],
): readonly string[] {
  if (ownersLine(wording, findings, codes).length === 0) return [wording.text('bot.comparison.who')];
  const others = codes.filter((code) => !recommendation.reasons.includes(code));
  return ownersLine(wording, findings, others).map(({ label, text }) => `${label} ${text}`);
}

const colors: Readonly<Record<ChangeKind, 'Good' | 'Warning' | 'Attention' | 'Default'>> = {
  fixed: 'Good',
  better: 'Good',
  left: 'Attention',
  worse: 'Attention',
  new: 'Attention',
  'unknown-now': 'Default',
};

function showChange(wording: Wording, { kind, before, after }: Change) {
  return {
    mark: wording.text(`bot.comparison.kinds.${kind}`),
    color: colors[kind],
    check: capitalise(wording, nameCheck(wording, after.code)),
    sides: [
      { label: wording.text('bot.comparison.before'), ...showSide(wording, before) },
      { label: wording.text('bot.comparison.after'), ...showSide(wording, after) },
    ],
  };
}

function showSide(wording: Wording, finding: Finding) {
  const { mark, color, name, evidence } = showFinding(wording, finding);
  return { mark, color, name, evidence: evidence.slice(0, mostEvidence) };
}

function leftOf(wording: Wording, findings: readonly Finding[]): readonly string[] {
  const left = findings.filter(({ severity }) => isBad(severity));
  if (left.length === 0) return [wording.text('bot.comparison.nothing-left')];
  const checks = left.map(({ code }) => nameCheck(wording, code));
  return [`${capitalise(wording, joinWords(wording, checks))}.`];
}

/** Nothing is wrong with the PC any more, so the only thing left to see is whether OneDrive signs in. */
function trySignIn(wording: Wording): Next {
  return {
    label: wording.text('bot.result.next'),
    name: wording.text('bot.comparison.try'),
    lines: wording.list('bot.comparison.try-lines'),
    facts: [],
  };
}

function comparisonButtons(
  kit: Kit,
  binding: Binding,
  about: Compared,
  progress: Progress,
): readonly Button[] {
  if (progress !== 'fixed') return nextButtons(kit, binding, about);
  const add = buttonsOf(kit, binding);
  return [add('works'), add('choose-guide'), add('check-again'), add('back'), add('person')];
}
