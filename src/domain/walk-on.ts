import type { Article, Node, Step } from './article.ts';
import { optionByFacts, startOf, targetOf } from './article-walk.ts';
import type { Case, Place } from './case.ts';
import type { Note } from './decision.ts';
import type { FindingCode } from './diagnosis.ts';
import { evidenceOf } from './evidence.ts';
import { holdOf, isRejoin } from './hold.ts';
import type { Os } from './os.ts';

/** A step that must wait; `reason` is the finding that stands in the way, null where no report tells. */
export type Held = { readonly step: string; readonly reason: FindingCode | null };

/** Where the walk goes on, the steps that evidence or experience rules out, and those that must wait. */
export type WalkedOn = {
  readonly place: Place;
  readonly skipped: readonly string[];
  readonly held: readonly Held[];
};

/** Nothing is passed over without a word. */
export function notesOf({ skipped, held }: Pick<WalkedOn, 'skipped' | 'held'>): readonly Note[] {
  return [
    ...(skipped.length === 0 ? [] : [{ note: 'skipped', nodes: skipped } as const]),
    ...(held.length === 0 ? [] : [{ note: 'held', steps: held } as const]),
  ];
}

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

/** Follows the graph past questions that the report answers and past steps that need not, or must not, be tried. */
function walkOn(current: Case, article: Article, target: string): WalkedOn {
  const skipped: string[] = [];
  const held: Held[] = [];
  let next = target;
  for (;;) {
    if (next === 'solved' || next === 'person') return { place: { at: next }, skipped, held };
    const node = nodeOf(article, next);
    const answer = passing(node);
    if (answer === null) return { place: { at: 'node', node: next, agreed: false }, skipped, held };
    next = targetOf(node, answer, osOf(current));
  }

  function passing(node: Node): string | null {
    if (node.kind === 'end') return null;
    if (node.kind === 'question') return optionByFacts(node, evidenceOf(current)?.facts ?? []);
    const hold = holdAt(current, article, node);
    if (isRuledOut(current, node.id) || isTried(current, node.id)) skipped.push(node.id);
    else if (hold !== null) held.push(hold);
    else return null;
    return 'broken';
  }
}

export function isRuledOut(current: Case, step: string): boolean {
  const ruledOut = evidenceOf(current)?.recommendation.ruledOut ?? [];
  return ruledOut.some((each) => each.step === step);
}

function isTried(current: Case, step: string): boolean {
  return current.tried.some(({ node, answer }) => node === step && answer !== 'works');
}

/**
 * Why a step must wait; null when it need not. Without evidence nobody knows whether a PC would get back in after
 * leaving. What a step may have mended since the report came in does not hold back a later one.
 */
export function holdAt(current: Case, article: Article, step: Step): Held | null {
  const evidence = evidenceOf(current);
  if (evidence === null) return isRejoin(step) ? { step: step.id, reason: null } : null;
  const done = current.tried.slice(current.triedBefore).filter(({ answer }) => answer === 'broken');
  const addressed = done.flatMap(({ node }) => addressedBy(article.nodes.get(node)));
  const open = evidence.findings.filter(
    ({ code, severity }) => severity !== 'fail' || !addressed.includes(code),
  );
  const reason = holdOf(step, open);
  return reason === null ? null : { step: step.id, reason };
}

/** Failures in the report that this node can mend; where it is recommended, those that it is recommended for. */
export function mends(node: Node, current: Case): readonly FindingCode[] {
  const evidence = evidenceOf(current);
  if (evidence === null || node.kind !== 'step') return [];
  const { findings, recommendation } = evidence;
  const meant =
    recommendation.step === node.id ? [...node.addresses, ...recommendation.reasons] : node.addresses;
  return findings
    .filter(({ code, severity }) => severity === 'fail' && meant.includes(code))
    .map(({ code }) => code);
}

function addressedBy(node: Node | undefined): readonly FindingCode[] {
  return node?.kind === 'step' ? node.addresses : [];
}
