import type { Article, Node } from './article.ts';
import { optionByFacts, startOf, targetOf } from './article-walk.ts';
import type { Case, Place } from './case.ts';
import type { Os } from './os.ts';

/** Where the walk goes on, and the steps it left out because evidence or experience rules them out. */
export type WalkedOn = { readonly place: Place; readonly skipped: readonly string[] };

export function osOf(current: Case): Os {
  return current.os ?? 'unknown';
}

/** The first place of the guide for this case. */
export function beginGuide(current: Case, article: Article): WalkedOn {
  return walkOn(current, article, startOf(article, osOf(current)));
}

/** The place after an answer to a node. */
export function answerNode(current: Case, article: Article, node: string, answer: string): WalkedOn {
  return walkOn(current, article, targetOf(nodeOf(article, node), answer, osOf(current)));
}

export function nodeOf(article: Article, id: string): Node {
  const node = article.nodes.get(id);
  if (node === undefined) throw new Error(`Article ${article.id} has no node "${id}".`);
  return node;
}

/** A drastic step says what it does, and waits for a yes before it shows how. */
export function asksFirst(node: Node, agreed: boolean): boolean {
  return node.kind === 'step' && node.impact === 'drastic' && !agreed;
}

/** Follows the graph past questions that the report answers and past steps that need not be tried. */
function walkOn(current: Case, article: Article, target: string): WalkedOn {
  const skipped: string[] = [];
  let next = target;
  for (;;) {
    if (next === 'solved' || next === 'person') return { place: { at: next }, skipped };
    const node = nodeOf(article, next);
    const answer = answerKnown(current, node);
    if (answer === null) return { place: { at: 'node', node: next, agreed: false }, skipped };
    if (node.kind === 'step') skipped.push(next);
    next = targetOf(node, answer, osOf(current));
  }
}

function answerKnown(current: Case, node: Node): string | null {
  if (node.kind === 'end') return null;
  if (node.kind === 'question') return optionByFacts(node, current.examined?.diagnosis.facts ?? []);
  const ruledOut = current.examined?.diagnosis.recommendation.ruledOut.some(({ step }) => step === node.id);
  const triedInVain = current.tried.some((tried) => tried.node === node.id);
  return ruledOut || triedInVain ? 'broken' : null;
}
