import type { Evidence } from '../domain/diagnosis.ts';
import { codeAt, hasMark, mark, marksOf } from './marks.ts';
import { holdsMarkup, layOut } from './markup.ts';

/** One line of the text as a person sees it, in two readings. `number` counts from 1. */
export type Line = {
  readonly number: number;
  /** Odd characters replaced, blanks collapsed, trimmed. */
  readonly text: string;
  /** `text` without what chats and wikis put around it: quotes, bullets, line numbers, emphasis. */
  readonly plain: string;
  /** The telling characters that `plain` may hold (marks.ts). */
  readonly marks: number;
};

// A compressed JSON export puts a whole suite list on one line; past these caps nothing sane is left.
export const maxLineLength = 32_768;
export const maxLines = 50_000;

export type SplitText = { readonly lines: readonly Line[]; readonly tooLong: boolean };

/** Splits at CRLF, LF, lone CR and Word's line breaks; PowerShell can leave CR CR LF, which is one line end. */
export function splitLines(text: string): SplitText {
  const isLaidOut = holdsMarkup(text);
  const lines: Line[] = [];
  let tooLong = false;

  function add(raw: string, marks: number | null): void {
    tooLong ||= raw.length > maxLineLength;
    const kept = raw.slice(0, maxLineLength);
    lines.push(readLine(kept, lines.length + 1, marks ?? marksOf(kept)));
  }

  // One line beyond the limit tells that there are more.
  for (let start = 0; start <= text.length && lines.length <= maxLines; ) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed < 0 ? text.length : endBeforeReturns(text, start, lineFeed);
    const line = text.slice(start, end);
    const marks = line.length > maxLineLength ? null : marksOf(text, start, end);
    // Nearly all lines hold neither another line end nor a tag.
    if (marks !== null && !mayBreak(marks, isLaidOut)) add(line, marks);
    else for (const raw of breakLine(line, isLaidOut)) add(raw, null);
    start = lineFeed < 0 ? text.length + 1 : lineFeed + 1;
  }
  tooLong ||= lines.length > maxLines;
  return { lines: lines.length > maxLines ? lines.slice(0, maxLines) : lines, tooLong };
}

function mayBreak(marks: number, isLaidOut: boolean): boolean {
  return hasMark(marks, mark.lineEnd) || (isLaidOut && hasMark(marks, mark.less));
}

const otherBreak = /[\r\v\f\u2028\u2029]/;

/** Line by line, because a copy of a whole long text costs more than all that is read from it. */
function breakLine(line: string, isLaidOut: boolean): readonly string[] {
  const broken = otherBreak.test(line) ? line.split(otherBreak, maxLines + 1) : [line];
  return isLaidOut && line.includes('<') ? broken.flatMap(layOut) : broken;
}

function endBeforeReturns(text: string, start: number, lineFeed: number): number {
  let end = lineFeed;
  while (end > start && codeAt(text, end - 1) === carriageReturn) end -= 1;
  return end;
}

const carriageReturn = 0x0d;

/** What stands for a line whose content another reader has taken. */
export function emptyLine(number: number): Line {
  return { number, text: '', plain: '', marks: 0 };
}

function readLine(raw: string, number: number, rawMarks: number): Line {
  if (raw === '') return emptyLine(number);
  const isCoded = hasMark(rawMarks, mark.ampersand);
  const read = isCoded ? decodeEntities(raw) : raw;
  const marks = isCoded ? marksOf(read) : rawMarks;
  const text = normalise(read, marks);
  // But for odd ones, characters are only taken away, so their marks hold for what is left.
  const kept = hasMark(marks, mark.odd) ? marksOf(text) : marks;
  return { number, text, plain: undecorate(text, kept), marks: kept };
}

const entities: readonly (readonly [RegExp, string])[] = [
  [/&(?:nbsp|ensp|emsp|thinsp);/gi, ' '],
  [/&quot;/gi, '"'],
  [/&apos;/gi, "'"],
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
];
const odd: readonly (readonly [RegExp, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are made of them
  [/\u001b\[[0-9;]{0,20}[A-Za-z]/g, ''],
  [/[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, ''],
  [/[\u2018-\u201b\u2032\u02bc]/g, "'"],
  [/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2012\u2212\ufe63\uff0d]/g, '-'],
  [/[\uff1a\ufe55\ua789\u2236]/g, ':'],
];
/** What any of these patterns looks for: an accented letter or a tab is none of it. */
const anyOdd =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
  /[\u001b\u00ab\u00ad\u00bb\u02bc\u180e\u200b-\u206f\u2212\u2236\ua789\ufe55\ufe63\ufeff\uff0d\uff1a]/;
const blanks =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters separate nothing
  /[\u0000-\u0020\u007f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Most lines are plain ASCII with single blanks already, and there may be fifty thousand of them. */
function normalise(read: string, marks: number): string {
  if (!hasMark(marks, mark.odd)) return (read.includes('  ') ? read.replace(/ {2,}/g, ' ') : read).trim();
  const plain = anyOdd.test(read)
    ? odd.reduce((text, [pattern, by]) => text.replace(pattern, by), read)
    : read;
  return plain.replace(blanks, ' ').trim();
}

function decodeEntities(raw: string): string {
  return entities
    .reduce((text, [pattern, by]) => text.replace(pattern, by), raw)
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (_, hex?: string, decimal?: string) =>
      characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/&amp;/gi, '&');
}

/** Only characters of text: a coded control character would be none. */
function characterOf(code: number): string {
  return code === 0xa0 || code < 0x20 || code > 0x10_ffff ? ' ' : String.fromCodePoint(code);
}

const prefixes: readonly RegExp[] = [
  /^>+ ?/,
  /^[-*+•·‣▪●○◦■–—] (?=\S)/,
  /^\d{1,6}[.:)](?: |$)/,
  /^\d{1,6} (?=[A-Za-z"[|+])/,
];
const prefixStart = /^[->*+•·‣▪●○◦■–—\d]/;
const tag = /<\/?([a-z][a-z0-9]{0,9})(?: [^<>]{0,300}|\/)?>/gi;
/** The tags of chat clients; `<S>` and others of CLIXML are none. */
const tagNames: ReadonlySet<string> = new Set(
  'p br div span pre code li ul ol strong b em i a h1 h2 h3 h4 h5 h6 hr font blockquote table tbody thead tr td th figure at body html'.split(
    ' ',
  ),
);

function withoutTags(text: string): string {
  return text
    .replace(tag, (whole, name: string) => (tagNames.has(name.toLowerCase()) ? ' ' : whole))
    .replace(/ {2,}/g, ' ');
}

function undecorate(text: string, marks: number): string {
  let plain = text;
  if (hasMark(marks, mark.less)) plain = withoutTags(plain).trim();
  if (hasMark(marks, mark.emphasis)) plain = plain.replaceAll('`', '').replaceAll('**', '').trim();
  if (hasMark(marks, mark.backslash)) plain = plain.replaceAll('\\_', '_');
  for (let round = 0; round < 4 && mayHavePrefix(plain); round += 1) {
    const before = plain;
    for (const prefix of prefixes) plain = plain.replace(prefix, '');
    if (plain === before) break;
  }
  return hasMark(marks, mark.emphasis) ? trimStars(plain) : plain;
}

/** No prefix begins with a letter, a bracket, a brace or a bar, as most lines do. */
function mayHavePrefix(text: string): boolean {
  const lower = codeAt(text, 0) | 0x20;
  return (lower < 0x61 || lower > 0x7d) && prefixStart.test(text);
}

function trimStars(text: string): string {
  return text.startsWith('*') && text.endsWith('*') && text.length > 2 ? text.slice(1, -1).trim() : text;
}

/** A line of the text as a person sees it, short enough to be shown. */
export function quoteLine(line: Line): Evidence {
  return { line: line.number, text: line.text.slice(0, 300) };
}
