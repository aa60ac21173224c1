import { z } from 'zod';

/**
 * Texts in the Atlassian Document Format
 * (https://developer.atlassian.com/cloud/jira/platform/apis/document/structure). Words in it are words: nothing
 * that a person writes becomes markup, as it would in the older wiki form.
 */
type Node = { readonly type: string; readonly text?: string; readonly content?: readonly Node[] };
export type JiraDocument = Node & { readonly type: 'doc'; readonly version: 1 };

/** Jira refuses longer ones (32,767 signs, with all that is around the words). */
const longest = 25_000;

export function toDocument(text: string): JiraDocument {
  const kept = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const paragraphs = kept.replaceAll('\r\n', '\n').split('\n').map(paragraphOf);
  return { type: 'doc', version: 1, content: paragraphs };
}

/** An empty text node is refused, an empty paragraph is not. */
function paragraphOf(line: string): Node {
  return { type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] };
}

const anyNode = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  content: z.array(z.unknown()).optional(),
  attrs: z.looseObject({ text: z.string().optional(), url: z.string().optional() }).optional(),
});

const blocks: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'listItem',
  'tableRow',
  'rule',
]);
const deepest = 20;

/** The words of a document; what has none, such as pictures, is left out. */
export function fromDocument(document: unknown): string {
  return readNode(document, 0)
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}

function readNode(value: unknown, depth: number): string {
  const parsed = anyNode.safeParse(value);
  if (!parsed.success || depth > deepest) return '';
  const { type, text, content = [], attrs } = parsed.data;
  if (type === 'hardBreak') return '\n';
  const words = text ?? attrs?.text ?? attrs?.url ?? '';
  const inner = content.map((child) => readNode(child, depth + 1)).join('');
  return blocks.has(type) ? `${words}${inner}\n` : `${words}${inner}`;
}
