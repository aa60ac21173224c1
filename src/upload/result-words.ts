import { nameCheck, nameFinding } from '../cards/finding-words.ts';
import { titleOf } from '../cards/node-words.ts';
import type { Wording } from '../cards/wording.ts';
import type { Diagnosis, Finding } from '../domain/diagnosis.ts';

/** What a diagnosis came to, and the article that its steps are in. */
export type Result = { readonly article: string; readonly diagnosis: Diagnosis };

export type ResultWords = {
  readonly verdict: string;
  readonly summary: string;
  /** The worst finding; null when nothing is wrong. */
  readonly found: string | null;
  readonly next: string;
};

/** The result card in four sentences. Quotes nothing of the report: the page shows it to whoever has the code. */
export function wordResult(wording: Wording, { article, diagnosis }: Result): ResultWords {
  const { verdict, findings } = diagnosis;
  const worst = findings.find(isOf('fail')) ?? findings.find(isOf('warn'));
  return {
    verdict: wording.text(`bot.result.titles.${verdict}`),
    summary: wording.text(`bot.result.summaries.${verdict}`),
    found: worst === undefined ? null : nameFinding(wording, worst),
    next: wordNext(wording, article, diagnosis),
  };
}

function isOf(severity: Finding['severity']): (finding: Finding) => boolean {
  return (finding) => finding.severity === severity;
}

function wordNext(wording: Wording, article: string, { recommendation }: Diagnosis): string {
  const { step, missing } = recommendation;
  if (step !== null) return titleOf(wording, article, step);
  if (missing !== null) return wording.text('bot.result.missing', { check: nameCheck(wording, missing) });
  return wording.text('bot.result.next-person');
}
