import { looksLikeReport } from '../domain/understand.ts';
import { fold } from '../domain/words.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { redactReport, withoutChecksum } from '../redaction/report.ts';

export { looksLikeReport };

/** Messages that came so far of a report that is not whole yet; plain data, kept with the conversation. */
export type PendingPaste = {
  /** Names are replaced before a part is kept. */
  readonly parts: readonly string[];
  /** A name was replaced here, so the checksum of the whole cannot fit. */
  readonly changed: boolean;
};

export type Pasted =
  | { readonly kind: 'complete'; readonly text: string }
  /** `received` counts the messages kept so far. */
  | { readonly kind: 'more'; readonly pending: PendingPaste; readonly received: number };

/** Characters that are kept of a report in all; the diagnosis says that a longer one is too long. */
const maxCharacters = 512 * 1024;
const maxParts = 100;

const begin = /== {0,3}handshake report \d{1,4} begin/;
const end = /== {0,3}handshake report \d{1,4} end(?: lines=(\d{1,6}))?/;
const sections =
  /(?:^|\n) ?\[(?:report|run|os|schannel|winhttp|wininet|suites|curves|dotnet|updates|proxy|clock|join|onedrive|probe)\]/;
const ownLine = /(?:^|\n) ?(?:\||begin raw\b|end raw\b|[a-z][a-z\d.-]{1,80} = )/;

type Part = {
  readonly text: string;
  readonly folded: string;
  readonly begins: boolean;
  readonly ends: boolean;
};

/**
 * Adds a pasted message to what came before. Output of a tool is complete by itself; a report of ours runs from
 * its BEGIN to its END line, in as many messages as it takes, also with the END before the BEGIN.
 */
export function addPaste(pending: PendingPaste | null, text: string): Pasted {
  const whole = readPart(text);
  const known = (pending?.parts ?? []).map(readPart);
  if (beginsAndEnds(whole)) {
    return complete([whole]);
  }
  if (known.length === 0 && !whole.begins && !whole.ends && !isMiddle(whole)) {
    return complete([whole]);
  }
  const redacted = redactReport(text, createRedactor(pending?.parts));
  const part = readPart(redacted.text);
  const changed = (pending?.changed ?? false) || redacted.changed;
  if (!isNews(known, part)) {
    return more(known, changed);
  }
  // A second BEGIN is a second attempt: what was pasted before it belongs to the first.
  const startsAnew = part.begins && known.some((earlier) => earlier.begins);
  const parts = startsAnew ? [part] : [...known, part];
  return isWhole(parts) || isFull(parts) ? complete(parts, changed) : more(parts, changed);
}

/** The report as far as it came, for a person who says that there is no more. */
export function pastedSoFar(pending: PendingPaste): string {
  return checkable(assemble(pending.parts.map(readPart)), pending.changed);
}

/** Whoever changed the text here must not be told that they changed it by hand. */
function checkable(text: string, changed: boolean): string {
  return changed ? withoutChecksum(text) : text;
}

function readPart(text: string): Part {
  const folded = uncounted(fold(text).replace(/[^\S\n]+/g, ' '));
  return { text, folded, begins: begin.test(folded), ends: end.test(folded) };
}

function beginsAndEnds({ folded, begins, ends }: Part): boolean {
  return begins && ends && folded.search(begin) < folded.search(end);
}

function isMiddle({ folded }: Part): boolean {
  return sections.test(folded) || /(?:^|\n) ?(?:begin|end) raw\b/.test(folded);
}

/** Neither a repetition nor small talk ("here is the rest"), which would spoil the report's checksum. */
function isNews(known: readonly Part[], part: Part): boolean {
  const repeated = known.some((earlier) => earlier.folded === part.folded);
  return !repeated && (part.begins || part.ends || ownLine.test(part.folded) || looksLikeReport(part.text));
}

/** Both markers are there. In the wrong order the END line's count tells whether a part is still missing. */
function isWhole(parts: readonly Part[]): boolean {
  const first = parts.findIndex((part) => part.begins);
  const last = parts.findIndex((part) => part.ends);
  if (first < 0 || last < 0) {
    return false;
  }
  const expected = expectedLines(parts);
  return first < last || expected === null || countLines(assemble(parts)) >= expected;
}

function isFull(parts: readonly Part[]): boolean {
  return parts.length >= maxParts || parts.reduce((sum, part) => sum + part.text.length, 0) > maxCharacters;
}

function complete(parts: readonly Part[], changed = false): Pasted {
  return { kind: 'complete', text: checkable(assemble(parts), changed).slice(0, maxCharacters) };
}

function more(parts: readonly Part[], changed: boolean): Pasted {
  return {
    kind: 'more',
    pending: { parts: parts.map((part) => part.text), changed },
    received: parts.length,
  };
}

/**
 * The part with BEGIN first, the one with END last. Lines that two parts share are taken once; whether a line is
 * shared or stands there twice is told by the END line's count, where there is one.
 */
function assemble(parts: readonly Part[]): string {
  const rank = (part: Part) => (part.begins ? 0 : part.ends ? 2 : 1);
  const texts = parts.toSorted((a, b) => rank(a) - rank(b)).map((part) => part.text);
  const likely = texts.reduce((head, tail) => joinOverlapping(head, tail, tellingLength));
  const expected = expectedLines(parts);
  if (expected === null || countLines(likely) === expected) {
    return likely;
  }
  const others = [texts.join('\n'), texts.reduce((head, tail) => joinOverlapping(head, tail, 0))];
  return others.find((text) => countLines(text) === expected) ?? likely;
}

function expectedLines(parts: readonly Part[]): number | null {
  const found = parts.map((part) => end.exec(part.folded)?.[1]).find((count) => count !== undefined);
  return found === undefined ? null : Number(found);
}

/** Lines from BEGIN up to the line before END. Chats add empty lines, the format has none. */
function countLines(text: string): number {
  const lines = fold(text)
    .replace(/[^\S\n]+/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) => begin.test(line));
  const last = lines.findIndex((line) => end.test(line));
  return last < 0 ? lines.length - first : last - first;
}

/** One line in common may be chance (`end raw`), unless it is long enough to be one of a kind. */
const tellingLength = 16;

function joinOverlapping(head: string, tail: string, lineLength: number): string {
  const headLines = head.trimEnd().split('\n');
  const tailLines = tail.trimStart().split('\n');
  const shared = countShared(headLines.map(plain), tailLines.map(plain));
  const isChance = shared === 1 && plain(tailLines[0] ?? '').length < lineLength;
  return [...headLines, ...tailLines.slice(isChance ? 0 : shared)].join('\n');
}

function plain(line: string): string {
  return uncounted(line.replace(/\s+/g, ' ').trim());
}

/** Each part is redacted by itself, so one name may have got a number in each. */
function uncounted(text: string): string {
  return text.replace(/\b(user|mail|host|domain|tenant|id|sid|ip|token)-\d{1,6}\b/g, '$1-#');
}

/** How many lines at the end of one list are the beginning of the other; linear, by Knuth, Morris and Pratt. */
function countShared(head: readonly string[], tail: readonly string[]): number {
  const lines = [...tail, null, ...head.slice(-tail.length)];
  const borders: number[] = [0];
  for (let at = 1; at < lines.length; at += 1) {
    let border = borders[at - 1] ?? 0;
    while (border > 0 && lines[at] !== lines[border]) {
      border = borders[border - 1] ?? 0;
    }
    borders.push(lines[at] === lines[border] ? border + 1 : 0);
  }
  return borders.at(-1) ?? 0;
}
