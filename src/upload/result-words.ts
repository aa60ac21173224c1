import { headingFor } from '../cards/doubt-words.ts';
import { nameFinding, tellingFindings } from '../cards/finding-words.ts';
import { type Judged, nextOf } from '../cards/next-step.ts';
import type { Wording } from '../cards/wording.ts';

export type ResultWords = {
  readonly verdict: string;
  readonly summary: readonly string[];
  /** The worst finding; null when nothing stands out. */
  readonly found: string | null;
  readonly next: string;
};

/** The result card in a few sentences. Quotes nothing of the report: the page tells whoever has the code. */
export function wordResult(wording: Wording, judged: Judged): ResultWords {
  const { diagnosis, doubts } = judged;
  const { title, lines } = headingFor(wording, diagnosis, doubts);
  const [worst] = tellingFindings(diagnosis.findings).filter(({ severity }) => severity !== 'info');
  return {
    verdict: title,
    summary: lines,
    found: worst === undefined ? null : nameFinding(wording, worst),
    next: nextOf(wording, judged).name,
  };
}
