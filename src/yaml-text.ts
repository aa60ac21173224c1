import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';

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
