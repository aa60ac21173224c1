import { isCurrent } from '../domain/doubts.ts';
import type { Binding } from '../domain/press.ts';
import { isMendable } from '../domain/remedy.ts';
import type { Card } from './card.ts';
import { headingFor, remarksOn } from './doubt-words.ts';
import { nameReason, otherFindings, showFinding, tellingFindings } from './finding-words.ts';
import { buttonsOf, type Kit } from './kit.ts';
import { type Judged, nextButtons, nextOf } from './next-step.ts';
import { titleOf } from './node-words.ts';
import type { Wording } from './wording.ts';

export type ResultCards = {
  /** `article` names the article that the recommended step belongs to. */
  result(binding: Binding, about: Judged): Card;
};

export function createResultCard(kit: Kit): ResultCards {
  return { result: (binding, about) => resultCard(kit, binding, about) };
}

const mostFindings = 6;
const mostRuledOut = 6;

function resultCard(kit: Kit, binding: Binding, judged: Judged): Card {
  const { wording, draw } = kit;
  const { diagnosis, doubts } = judged;
  const shown = tellingFindings(diagnosis.findings);
  return draw('result', {
    ...headingFor(wording, diagnosis, doubts),
    notes: remarksOn(wording, diagnosis, doubts),
    next: nextOf(wording, judged),
    foundHeading: wording.text('bot.result.found'),
    findings: shown.slice(0, mostFindings).map((finding) => showFinding(wording, finding)),
    ruledOutHeading: wording.text('bot.result.ruled-out'),
    ruledOut: isCurrent(doubts) ? ruledOutOf(wording, judged) : [],
    others: otherFindings(wording, diagnosis.findings, shown.length - mostFindings),
    remedies: isMendable(diagnosis) && isCurrent(doubts) ? [buttonsOf(kit, binding)('remedies')] : [],
    buttons: nextButtons(kit, binding, judged),
  });
}

function ruledOutOf(wording: Wording, { article, diagnosis }: Judged): readonly string[] {
  return diagnosis.recommendation.ruledOut.slice(0, mostRuledOut).map(({ step, reason }) =>
    wording.text('bot.result.ruled-out-line', {
      step: titleOf(wording, article, step),
      reason: nameReason(wording, diagnosis.findings, reason),
    }),
  );
}
