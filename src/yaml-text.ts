import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
} from 'yaml';

/** Something wrong in a file of content; `line` counts from 1. */
export type Problem = { readonly file: string; readonly line: number; readonly message: string };

export type Path = readonly PropertyKey[];

/** YAML that still knows where each of its values stands. */
export type YamlText = {
  readonly file: string;
  readonly value: unknown;
  /** What is not YAML, doubled keys included. */
  readonly problems: readonly Problem[];
  /** The line of the value at the path, or of the nearest thing above it that exists. */
  lineOf(path: Path): number;
};

export function readYaml(file: string, text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(({ pos, message }) => ({
    file,
    line: lines.linePos(pos[0]).line,
    message,
  }));
  return {
    file,
    value: problems.length === 0 ? document.toJS() : null,
    problems,
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  };
}

/** A value as YAML, with comments over the keys at these dotted paths; the empty path is the head of the file. */
export function writeYaml(value: unknown, comments: Readonly<Record<string, string>>): string {
  const document = new Document(value);
  for (const [path, comment] of Object.entries(comments)) {
    const words = comment.trimEnd().replaceAll(/^(?=.)/gm, ' ');
    const key = path === '' ? null : keyAt(document, path.split('.'));
    if (path === '') document.commentBefore = words;
    if (key === null) continue;
    key.commentBefore = words;
    key.spaceBefore = !path.includes('.') && !isFirst(document, key);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function isFirst({ contents }: Document, key: Scalar): boolean {
  return isMap(contents) && contents.items[0]?.key === key;
}

function keyAt(document: Document, path: Path): Scalar | null {
  const holder = document.getIn(path.slice(0, -1), true);
  const pair = isMap(holder) ? holder.items.find((item) => keyOf(item) === String(path.at(-1))) : undefined;
  return isScalar(pair?.key) ? pair.key : null;
}

function offsetOf(document: Document, path: Path): number {
  let here: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    const holder = isAlias(here) ? here.resolve(document) : here;
    const pair = isMap(holder) ? holder.items.find((item) => keyOf(item) === String(key)) : undefined;
    here = pair === undefined && isSeq(holder) ? holder.items[Number(key)] : pair?.value;
    if (here === undefined) return offset;
    offset = startOf(pair?.key) ?? startOf(here) ?? offset;
  }
  return offset;
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
}
