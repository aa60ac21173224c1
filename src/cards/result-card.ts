import type { Diagnosis, Finding, FindingCode } from '../domain/diagnosis.ts';
import type { Binding } from '../domain/press.ts';
import type { Button, Card } from './card.ts';
import { nameCheck, nameReason, otherFindings, showFinding, tellingFindings } from './finding-words.ts';
import { buttonsOf, type Kit } from './kit.ts';
import { type LabelledLine, needsLine, titleOf } from './node-words.ts';

export type ResultCards = {
  /** `article` names the article that the recommended step belongs to. */
  result(binding: Binding, about: { readonly article: string; readonly diagnosis: Diagnosis }): Card;
};

export function createResultCard(kit: Kit): ResultCards {
  return { result: (binding, about) => resultCard(kit, binding, about) };
}

const mostFindings = 6;
const mostRuledOut = 6;

function resultCard(
  kit: Kit,
  binding: Binding,
  { article, diagnosis }: { readonly article: string; readonly diagnosis: Diagnosis },
): Card {
  const { wording, draw } = kit;
  const { findings, verdict } = diagnosis;
  const shown = tellingFindings(findings);
  return draw('result', {
    eyebrow: wording.text('bot.result.eyebrow'),
    title: wording.text(`bot.result.titles.${verdict}`),
    lines: [wording.text(`bot.result.summaries.${verdict}`)],
    notes: notesOf(kit, diagnosis),
    next: nextOf(kit, article, diagnosis),
    foundHeading: wording.text('bot.result.found'),
    findings: shown.slice(0, mostFindings).map((finding) => showFinding(wording, finding)),
    ruledOutHeading: wording.text('bot.result.ruled-out'),
    ruledOut: ruledOutOf(kit, article, diagnosis),
    others: otherFindings(wording, findings, shown.length - mostFindings),
    buttons: resultButtons(kit, binding, diagnosis),
  });
}

/** What happened to the report on its way; empty when it came in whole. */
function notesOf({ wording }: Kit, { report }: Diagnosis): readonly unknown[] {
  if (report.flaws.length === 0) return [];
  const lines = report.flaws.map((flaw) => wording.text(`bot.result.flaw.${flaw}`));
  return [{ name: wording.text('bot.result.flaws'), lines }];
}

type Next = {
  readonly label: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly facts: readonly LabelledLine[];
};

/** What to do now: the recommended step, or the one missing fact, or a person. */
function nextOf({ wording }: Kit, article: string, { recommendation, findings }: Diagnosis): Next {
  const { step, missing, needs, reasons } = recommendation;
  const label = wording.text('bot.result.next');
  const why = reasonsLine(wording, findings, reasons);
  if (step !== null) {
    const decides = missing === null ? [] : [missingLine(wording, missing)];
    const facts = [...why, ...needsLine(wording, needs), ...decides];
    return { label, name: titleOf(wording, article, step), lines: [], facts };
  }
  if (missing !== null) {
    const name = wording.text('bot.result.missing', { check: nameCheck(wording, missing) });
    return { label, name, lines: [missingHow(wording, missing)], facts: why };
  }
  return {
    label,
    name: wording.text('bot.result.next-person'),
    lines: wording.list('bot.result.next-person-lines'),
    facts: why,
  };
}

function reasonsLine(
  wording: Kit['wording'],
  findings: readonly Finding[],
  reasons: readonly FindingCode[],
): readonly LabelledLine[] {
  if (reasons.length === 0) return [];
  const titles = reasons.map((code) => nameReason(wording, findings, code));
  return [{ label: wording.text('bot.result.because'), text: titles.join(' · ') }];
}

function missingLine(wording: Kit['wording'], missing: FindingCode): LabelledLine {
  return {
    label: `${wording.text('bot.result.missing', { check: nameCheck(wording, missing) })}.`,
    text: missingHow(wording, missing),
  };
}

function missingHow(wording: Kit['wording'], missing: FindingCode): string {
  const key = `findings.${missing}.missing`;
  return wording.text(wording.has(key) ? key : 'bot.result.missing-how');
}

function ruledOutOf({ wording }: Kit, article: string, diagnosis: Diagnosis): readonly string[] {
  return diagnosis.recommendation.ruledOut.slice(0, mostRuledOut).map(({ step, reason }) =>
    wording.text('bot.result.ruled-out-line', {
      step: titleOf(wording, article, step),
      reason: nameReason(wording, diagnosis.findings, reason),
    }),
  );
}

/** The likeliest button first; "talk to a person" comes first when only a person can go on. */
function resultButtons(kit: Kit, binding: Binding, { recommendation }: Diagnosis): readonly Button[] {
  const add = buttonsOf(kit, binding);
  const again = add('choose-check', { label: 'check-again' });
  const guide = add('choose-guide');
  const rest = [add('works'), add('back')];
  if (recommendation.step !== null) return [add('follow'), guide, again, ...rest, add('person')];
  if (recommendation.missing !== null) return [again, guide, ...rest, add('person')];
  return [add('person'), guide, again, ...rest];
}
