import type { Article, Edge, Node } from '../domain/article.ts';
import { startOf, targetOf, targetsOf } from '../domain/article-walk.ts';
import type { Os } from '../domain/os.ts';

export type ShowFormat = 'text' | 'mermaid';
/** Answers that lead the same way; `systems` is empty where the way holds for every system. */
type Link = { readonly answers: readonly string[]; readonly systems: readonly Os[]; readonly to: string };

/** The article as text or as a Mermaid flowchart; with a system, only the ways that it can take. */
export function showArticle(
  article: Article,
  format: ShowFormat,
  titleOf: (node: string) => string,
  os: Os | null = null,
): string {
  const nodes = os === null ? [...article.nodes.values()] : nodesFor(article, os);
  const lines = format === 'text' ? asText(nodes, titleOf, os) : asMermaid(nodes, titleOf, os);
  const heading = `${article.id}  ${article.codes.join(', ')}${os === null ? '' : `  ${os}`}`;
  return [format === 'text' ? heading : `%% ${heading}`, ...lines].join('\n');
}

function asText(nodes: readonly Node[], titleOf: (node: string) => string, os: Os | null): readonly string[] {
  return nodes.flatMap((node) => [
    '',
    `${node.id}  [${[node.section, node.kind === 'step' ? node.impact : node.kind].join(', ')}]`,
    `  ${titleOf(node.id)}`,
    ...linksOf(node, os).map((link) => `  ${labelOf(link)} -> ${link.to}`),
  ]);
}

function asMermaid(
  nodes: readonly Node[],
  titleOf: (node: string) => string,
  os: Os | null,
): readonly string[] {
  const boxes = nodes.map((node) => `  ${boxOf(node, titleOf(node.id))}`);
  const arrows = nodes.flatMap((node) =>
    linksOf(node, os).map((link) => `  ${nameOf(node.id)} -- "${labelOf(link)}" --> ${nameOf(link.to)}`),
  );
  return ['flowchart TD', ...boxes, '  n_solved(["solved"])', '  n_person(["person"])', ...arrows];
}

function boxOf(node: Node, title: string): string {
  const text = `"${title.replaceAll('"', '#quot;')}<br/><small>${node.section}</small>"`;
  switch (node.kind) {
    case 'step':
      return node.impact === 'drastic' ? `${nameOf(node.id)}[[${text}]]` : `${nameOf(node.id)}[${text}]`;
    case 'question':
      return `${nameOf(node.id)}{${text}}`;
    case 'end':
      return `${nameOf(node.id)}([${text}])`;
  }
}

/** Ids such as `end` are words of Mermaid itself, and dots and hyphens mean something to it. */
function nameOf(id: string): string {
  return `n_${id.replaceAll(/[^a-z0-9]/g, '_')}`;
}

function labelOf({ answers, systems }: Link): string {
  return answers.join(' / ') + (systems.length === 0 ? '' : ` (${systems.join(', ')})`);
}

function linksOf(node: Node, os: Os | null): readonly Link[] {
  const links = new Map<string, Link>();
  for (const [answer, edges] of answersWithEdges(node)) {
    const followed: readonly Edge[] = os === null ? edges : [{ to: targetOf(node, answer, os) }];
    for (const { for: systems = [], to } of followed) {
      const key = `${to} ${systems.join()}`;
      links.set(key, { answers: [...(links.get(key)?.answers ?? []), answer], systems, to });
    }
  }
  return [...links.values()];
}

function answersWithEdges(node: Node): readonly (readonly [string, readonly Edge[]])[] {
  switch (node.kind) {
    case 'step':
      return [
        ['works', [{ to: 'solved' }]],
        ['broken', node.broken],
        ['cannot', node.cannot],
      ];
    case 'question':
      return node.options.map((option) => [option.id, option.to] as const);
    case 'end':
      return [['person', [{ to: 'person' }]]];
  }
}

function nodesFor(article: Article, os: Os): readonly Node[] {
  const ids = new Set([startOf(article, os)]);
  // A set that grows while it is walked is walked to its new end.
  for (const id of ids) {
    const node = article.nodes.get(id);
    if (node !== undefined) for (const next of targetsOf(node, os)) ids.add(next);
  }
  return [...article.nodes.values()].filter((node) => ids.has(node.id));
}
