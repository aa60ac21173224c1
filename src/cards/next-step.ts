import type { Doubt } from '../domain/case.ts';
import type { Diagnosis, Finding, FindingCode } from '../domain/diagnosis.ts';
import { isCurrent } from '../domain/doubts.ts';
import type { Binding } from '../domain/press.ts';
import type { Button } from './card.ts';
import { nameCheck, nameReason } from './finding-words.ts';
import { buttonsOf, type Kit } from './kit.ts';
import { type LabelledLine, needsLine, titleOf } from './node-words.ts';
import type { Wording } from './wording.ts';

/** What a report leads to. `doubts` is what speaks against it. */
export type Judged = {
  readonly article: string;
  readonly diagnosis: Diagnosis;
  readonly doubts: readonly Doubt[];
};

export type Next = {
  readonly label: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly facts: readonly LabelledLine[];
};

/** What to do now: say whose report it is, check afresh, the recommended step, the one missing fact, or a person. */
export function nextOf(wording: Wording, { article, diagnosis, doubts }: Judged): Next {
  const label = wording.text('bot.result.next');
  const plain = (name: string) => ({
    label,
    name: wording.text(`bot.result.${name}`),
    lines: wording.list(`bot.result.${name}-lines`),
    facts: [],
  });
  if (doubts.includes('other-case')) return plain('next-whose');
  if (!isCurrent(doubts)) return plain('next-afresh');
  const { step, missing, needs, reasons } = diagnosis.recommendation;
  const why = [
    ...reasonsLine(wording, diagnosis.findings, reasons),
    ...ownersLine(wording, diagnosis.findings, reasons),
  ];
  if (step !== null) {
    const decides = missing === null ? [] : [missingLine(wording, missing)];
    const facts = [...why, ...needsLine(wording, needs), ...decides];
    return { label, name: titleOf(wording, article, step), lines: [], facts };
  }
  if (missing !== null) {
    const name = wording.text('bot.result.missing', { check: nameCheck(wording, missing) });
    return { label, name, lines: [missingHow(wording, missing)], facts: why };
  }
  return { ...plain('next-person'), facts: why };
}

function reasonsLine(
  wording: Wording,
  findings: readonly Finding[],
  reasons: readonly FindingCode[],
): readonly LabelledLine[] {
  if (reasons.length === 0) return [];
  const titles = reasons.map((code) => nameReason(wording, findings, code));
  return [{ label: wording.text('bot.result.because'), text: titles.join(' · ') }];
}

/** Where a policy holds a setting fast, nobody at the PC can change it: who can is named. */
export function ownersLine(
  wording: Wording,
  findings: readonly Finding[],
  codes: readonly FindingCode[],
): readonly LabelledLine[] {
  const owners = findings
    .filter(({ code }) => codes.includes(code))
    .map(({ code, variant }) => `findings.${code}.${variant}.owner`)
    .filter((key) => wording.has(key))
    .map((key) => wording.text(key));
  return owners.length === 0
    ? []
    : [{ label: wording.text('bot.result.owner'), text: [...new Set(owners)].join(' ') }];
}

function missingLine(wording: Wording, missing: FindingCode): LabelledLine {
  return {
    label: `${wording.text('bot.result.missing', { check: nameCheck(wording, missing) })}.`,
    text: missingHow(wording, missing),
  };
}

function missingHow(wording: Wording, missing: FindingCode): string {
  const key = `findings.${missing}.missing`;
  return wording.text(wording.has(key) ? key : 'bot.result.missing-how');
}

/** The likeliest button first; "talk to a person" comes first when only a person can go on. */
export function nextButtons(kit: Kit, binding: Binding, { diagnosis, doubts }: Judged): readonly Button[] {
  const add = buttonsOf(kit, binding);
  const again = add('check-again');
  const guide = add('choose-guide');
  const rest = [add('works'), add('back')];
  if (doubts.includes('other-case')) {
    return [add('claim-report'), add('disown-report'), add('back'), add('person')];
  }
  const { step, missing } = diagnosis.recommendation;
  if (!isCurrent(doubts)) return [again, guide, ...rest, add('person')];
  if (step !== null) return [add('follow'), guide, again, ...rest, add('person')];
  if (missing !== null) return [again, guide, ...rest, add('person')];
  return [add('person'), guide, again, ...rest];
}
