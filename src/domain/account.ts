import type { Article } from './article.ts';
import { stepsFor } from './article-walk.ts';
import type { Case } from './case.ts';
import { evidenceOf } from './evidence.ts';
import { holdAt, isRuledOut, osOf } from './walk-on.ts';

/** What became of each step of the way, by its id, in walking order. Every step is in one of the lists. */
export type Account = {
  readonly tried: readonly string[];
  /** The person could not do them. */
  readonly refused: readonly string[];
  /** The report shows that they are not needed. */
  readonly needless: readonly string[];
  /** Not safe, or of no use, as things stand. */
  readonly held: readonly string[];
  /** Nobody came to them, for example because the way began at a recommended step. */
  readonly left: readonly string[];
};

type Lot = keyof Account;

/** An honest account of the steps for this case: what was done, and what was not. */
export function accountOf(current: Case, article: Article): Account {
  const facts = evidenceOf(current)?.facts ?? [];
  const steps = stepsFor(article, osOf(current), facts, current.tried);
  const lots = steps.map((step) => ({ id: step.id, lot: lotOf(step.id) }));
  const inLot = (lot: Lot) => lots.filter((each) => each.lot === lot).map(({ id }) => id);
  return {
    tried: inLot('tried'),
    refused: inLot('refused'),
    needless: inLot('needless'),
    held: inLot('held'),
    left: inLot('left'),
  };

  function lotOf(id: string): Lot {
    const answer = current.tried.findLast(({ node }) => node === id)?.answer;
    if (answer !== undefined) return answer === 'cannot' ? 'refused' : 'tried';
    if (isRuledOut(current, id)) return 'needless';
    const step = steps.find((candidate) => candidate.id === id);
    return step !== undefined && holdAt(current, article, step) !== null ? 'held' : 'left';
  }
}
