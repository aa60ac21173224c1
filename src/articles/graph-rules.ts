import type { Article, Edge, Node } from '../domain/article.ts';
import { allOs, type Os } from '../domain/os.ts';
import type { Path } from '../yaml-text.ts';

export type Complain = (path: Path, message: string) => void;
type Place = { readonly path: Path; readonly edges: readonly Edge[] };

const waysOut = ['solved', 'person'];
const reserved = [...waysOut, 'sources'];
const ranks = { harmless: 0, settings: 1, drastic: 2 };
// A shell takes typographic quotes, dashes and blanks for letters: the command then fails on the person's screen.
const notForShells = /[^\x20-\x7e]/u;

/** Everything that must hold for the graph itself, whatever its wording. */
export function checkGraph(article: Article, complain: Complain): void {
  checkTargets(article, complain);
  checkSections(article, complain);
  for (const node of article.nodes.values()) checkNode(node, complain);
  const reached = new Set(allOs.flatMap((os) => [...checkWalk(article, os, complain)]));
  for (const id of article.nodes.keys()) {
    if (!reached.has(id)) complain(['nodes', id], `"${id}" is reached by no system`);
  }
}

function checkTargets(article: Article, complain: Complain): void {
  for (const { path, edges } of placesOf(article)) {
    for (const { to } of edges) {
      if (!article.nodes.has(to) && !waysOut.includes(to)) complain(path, `there is no node "${to}"`);
    }
  }
  for (const { to } of article.start) {
    if (waysOut.includes(to)) complain(['start'], 'an article starts at a node');
  }
}

function checkSections(article: Article, complain: Complain): void {
  const retold = new Set([...article.nodes.values()].map((node) => node.section));
  for (const node of article.nodes.values()) {
    if (node.section === 'beyond' || article.sections.includes(node.section)) continue;
    complain(
      ['nodes', node.id, 'section'],
      `"${node.section}" is neither a section of the article nor "beyond"`,
    );
  }
  article.sections.forEach((section, index) => {
    if (!retold.has(section)) complain(['sections', index], `section ${section} is retold by no node`);
  });
}

function checkNode(node: Node, complain: Complain): void {
  const path = ['nodes', node.id];
  if (reserved.includes(node.id)) complain(path, `"${node.id}" has a meaning of its own; choose another id`);
  const expected = node.section === 'beyond' ? 'today' : 'article';
  if (!node.sources.some((source) => source.as === expected)) {
    complain([...path, 'sources'], `"${node.id}" cites no source "${expected}"`);
  }
  if (node.kind === 'end') return;
  node.commands.forEach((command, index) => {
    const odd = notForShells.exec(command)?.[0];
    if (odd !== undefined) complain([...path, 'commands', index], `a shell does not understand "${odd}"`);
  });
}

/** Walks every way that one system can take, and returns the ids of the nodes met. */
function checkWalk(article: Article, os: Os, complain: Complain): ReadonlySet<string> {
  const done = new Set<string>();
  const trail: string[] = [];

  function step(place: Place): void {
    const edges = edgesFor(place.edges, os);
    if (edges.length !== 1)
      complain(place.path, `${edges.length === 0 ? 'no edge' : 'more than one edge'} for ${os}`);
    for (const { to } of edges) visit(to, place.path);
  }

  function visit(id: string, from: Path): void {
    const node = article.nodes.get(id);
    if (node === undefined) return;
    const loop = trail.indexOf(id);
    if (loop >= 0) complain(from, `goes round in a circle: ${[...trail.slice(loop), id].join(' > ')}`);
    else checkOrder(article, trail, node, from, complain);
    if (loop >= 0 || done.has(id)) return;
    trail.push(id);
    for (const place of placesOfNode(node)) step(place);
    trail.pop();
    done.add(id);
  }

  step({ path: ['start'], edges: article.start });
  return done;
}

function checkOrder(
  article: Article,
  trail: readonly string[],
  node: Node,
  from: Path,
  complain: Complain,
): void {
  if (node.kind !== 'step') return;
  const before = trail.map((id) => article.nodes.get(id)).findLast((earlier) => earlier?.kind === 'step');
  if (before?.kind === 'step' && ranks[before.impact] > ranks[node.impact]) {
    complain(
      from,
      `the ${node.impact} step "${node.id}" comes after the ${before.impact} step "${before.id}"`,
    );
  }
}

/** Edges without `for` hold where no other does; more than one match is a mistake, and both are returned. */
function edgesFor(edges: readonly Edge[], os: Os): readonly Edge[] {
  const named = edges.filter((edge) => edge.for?.includes(os));
  return named.length > 0 ? named : edges.filter((edge) => edge.for === undefined);
}

function placesOf(article: Article): readonly Place[] {
  return [{ path: ['start'], edges: article.start }, ...[...article.nodes.values()].flatMap(placesOfNode)];
}

function placesOfNode(node: Node): readonly Place[] {
  const path = ['nodes', node.id];
  switch (node.kind) {
    case 'step':
      return [
        { path: [...path, 'broken'], edges: node.broken },
        { path: [...path, 'cannot'], edges: node.cannot },
      ];
    case 'question':
      return node.options.map((option) => ({ path: [...path, 'options', option.id], edges: option.to }));
    case 'end':
      return [];
  }
}
