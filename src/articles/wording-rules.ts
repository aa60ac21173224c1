import type { Article, Node } from '../domain/article.ts';
import type { Path } from '../yaml-text.ts';
import type { Complain } from './graph-rules.ts';

type Presence = 'needed' | 'allowed' | 'unwanted';

/** Everything that must hold for an article's wording in one language. */
export function checkWording(article: Article, wording: unknown, complain: Complain): void {
  const catalogue = asRecord(wording);
  for (const node of article.nodes.values()) {
    if (Object.hasOwn(catalogue, node.id)) checkNode(node, asRecord(catalogue[node.id]), complain);
    else complain([], `"${node.id}" has no wording`);
  }
  for (const key of Object.keys(catalogue)) {
    if (key !== 'sources' && !article.nodes.has(key)) complain([key], `there is no node "${key}"`);
  }
  checkSourceNames(article, asRecord(catalogue.sources), complain);
}

function checkNode(node: Node, wording: Record<string, unknown>, complain: Complain): void {
  const expected = expectedKeys(node);
  for (const [key, presence] of Object.entries(expected)) {
    const there = Object.hasOwn(wording, key);
    if (presence === 'needed' && !there) complain([node.id], `"${node.id}" has no wording "${key}"`);
    if (presence === 'unwanted' && there) complain([node.id, key], `"${node.id}" has no use for "${key}"`);
  }
  for (const [key, value] of Object.entries(wording)) {
    const path = [node.id, key];
    if (!Object.hasOwn(expected, key)) complain(path, `"${node.id}" has no use for "${key}"`);
    else if (key === 'do') checkLines(path, value, complain);
    else if (key === 'options') checkOptions(node, path, asRecord(value), complain);
    else checkSentence(path, value, complain);
  }
}

function expectedKeys(node: Node): Readonly<Record<string, Presence>> {
  const today = node.sources.some((source) => source.as === 'today') ? 'needed' : 'unwanted';
  switch (node.kind) {
    case 'step': {
      const articleSays = node.section === 'beyond' ? 'unwanted' : 'needed';
      const drastic = node.impact === 'drastic' ? 'needed' : 'unwanted';
      return {
        title: 'needed',
        why: 'needed',
        do: 'needed',
        articleSays,
        today,
        risk: drastic,
        askAgain: drastic,
      };
    }
    case 'question':
      return {
        title: 'needed',
        why: 'needed',
        do: 'allowed',
        articleSays: 'allowed',
        today,
        options: 'needed',
      };
    case 'end':
      return { title: 'needed', text: 'needed', today };
  }
}

function checkLines(path: Path, value: unknown, complain: Complain): void {
  if (!Array.isArray(value) || value.length === 0)
    complain(path, `"${path.join('.')}" is not a list of sentences`);
  else for (const [index, line] of value.entries()) checkSentence([...path, index], line, complain);
}

function checkOptions(node: Node, path: Path, labels: Record<string, unknown>, complain: Complain): void {
  const ids = node.kind === 'question' ? node.options.map((option) => option.id) : [];
  for (const id of ids) {
    if (!Object.hasOwn(labels, id)) complain(path, `option "${id}" of "${node.id}" has no label`);
  }
  for (const [id, label] of Object.entries(labels)) {
    if (!ids.includes(id)) complain([...path, id], `"${node.id}" has no option "${id}"`);
    checkSentence([...path, id], label, complain);
  }
}

function checkSourceNames(article: Article, names: Record<string, unknown>, complain: Complain): void {
  const urls = new Set(
    [...article.nodes.values()].flatMap((node) => node.sources.map((source) => source.url)),
  );
  for (const url of urls) {
    if (!Object.hasOwn(names, url)) complain(['sources'], `${url} has no name`);
  }
  for (const [url, name] of Object.entries(names)) {
    if (!urls.has(url)) complain(['sources', url], `${url} is cited by no node`);
    checkSentence(['sources', url], name, complain);
  }
}

/** Sentences are ICU messages, in which these signs begin a value or a tag; an article gives neither. */
function checkSentence(path: Path, sentence: unknown, complain: Complain): void {
  if (typeof sentence !== 'string' || sentence.trim() === '') {
    complain(path, `"${path.join('.')}" is not a sentence; put it in quotes`);
    return;
  }
  const sign = /[{}<]/.exec(sentence)?.[0];
  if (sign !== undefined) complain(path, `"${path.join('.')}" may not contain "${sign}"`);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
