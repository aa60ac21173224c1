import type { Article, Edge, Node, Question, Step } from './article.ts';
import type { Fact } from './diagnosis.ts';
import type { Os } from './os.ts';

/** A node's id, or one of the two ways out of an article. */
export type Target = string;
/** An answer that a person gave to a node. */
export type Given = { readonly node: string; readonly answer: string };
export type Progress = { readonly position: number; readonly total: number };

/** The walk was asked for something that the article does not have. */
export class WalkImpossible extends Error {
  readonly code = 'walk-impossible';
}

/** Id of the first node for this system. */
export function startOf(article: Article, os: Os): Target {
  return follow(article.start, os, `the start of ${article.id}`);
}

/**
 * Where an answer leads: a node's id, `solved` or `person`.
 * Steps take `works`, `broken` and `cannot`; questions take an option's id; at the end all but `works` is a person.
 */
export function targetOf(node: Node, answer: string, os: Os): Target {
  if (node.kind !== 'question' && answer === 'works') return 'solved';
  const edges = edgesOf(node, answer);
  if (edges === undefined) throw new WalkImpossible(`"${node.id}" has no answer "${answer}".`);
  return follow(edges, os, `"${answer}" at "${node.id}"`);
}

/** The option that the facts choose without asking; null when they leave it open. */
export function optionByFacts(question: Question, facts: readonly Fact[]): string | null {
  const fact = facts.find((candidate) => candidate.name === question.fact);
  if (fact === undefined) return null;
  const values = Array.isArray(fact.value) ? fact.value : [String(fact.value)];
  return question.options.find((option) => option.when.some((value) => values.includes(value)))?.id ?? null;
}

/**
 * Every step that someone with this system can be led to, in walking order. A question that the facts or the
 * person answered is followed along that option alone.
 */
export function stepsFor(
  article: Article,
  os: Os,
  facts: readonly Fact[] = [],
  given: readonly Given[] = [],
): readonly Step[] {
  const reached = new Map<string, Node>();

  function visit(id: Target): void {
    const node = article.nodes.get(id);
    if (node === undefined || reached.has(id)) return;
    // Holding the place now and taking it again after the rest makes an order in which no step precedes its cause.
    reached.set(id, node);
    for (const next of targetsOf(node, os, facts, given).toReversed()) visit(next);
    reached.delete(id);
    reached.set(id, node);
  }

  visit(startOf(article, os));
  return [...reached.values()].toReversed().filter((node) => node.kind === 'step');
}

/**
 * "Step 2 of 9": `total` counts the most steps that can still come, so it never grows on the way.
 * `visited` holds the nodes shown so far, with or without this one.
 */
export function progress(article: Article, node: Node, os: Os, visited: readonly string[]): Progress {
  const behind = new Set(visited.filter((id) => id !== node.id && article.nodes.get(id)?.kind === 'step'));
  const position = behind.size + (node.kind === 'step' ? 1 : 0);
  const ahead = targetsOf(node, os, []).map((target) => mostSteps(article, target, os));
  return { position, total: position + Math.max(0, ...ahead) };
}

/** Nodes and ways out that the answers at this node lead to, in the order of its edges, without repeats. */
export function targetsOf(
  node: Node,
  os: Os,
  facts: readonly Fact[] = [],
  given: readonly Given[] = [],
): readonly Target[] {
  const said = given.findLast((answer) => answer.node === node.id)?.answer ?? null;
  const chosen = node.kind === 'question' ? (optionByFacts(node, facts) ?? said) : null;
  const answers = chosen === null ? answersOf(node) : [chosen];
  return [...new Set(answers.map((answer) => targetOf(node, answer, os)))];
}

/** Answers that lead on; "it works now" is not among them. */
function answersOf(node: Node): readonly string[] {
  switch (node.kind) {
    case 'step':
      return ['broken', 'cannot'];
    case 'question':
      return node.options.map((option) => option.id);
    case 'end':
      return ['person'];
  }
}

function edgesOf(node: Node, answer: string): readonly Edge[] | undefined {
  switch (node.kind) {
    case 'step':
      return answer === 'broken' ? node.broken : answer === 'cannot' ? node.cannot : undefined;
    case 'question':
      return node.options.find((option) => option.id === answer)?.to;
    case 'end':
      return [{ to: 'person' }];
  }
}

function follow(edges: readonly Edge[], os: Os, place: string): Target {
  const edge =
    edges.find((candidate) => candidate.for?.includes(os)) ?? edges.find((candidate) => !candidate.for);
  if (edge === undefined) throw new WalkImpossible(`${place} leads nowhere for ${os}.`);
  return edge.to;
}

function mostSteps(article: Article, target: Target, os: Os): number {
  const node = article.nodes.get(target);
  if (node === undefined) return 0;
  const ahead = targetsOf(node, os).map((next) => mostSteps(article, next, os));
  return (node.kind === 'step' ? 1 : 0) + Math.max(0, ...ahead);
}
