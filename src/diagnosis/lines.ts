import type { Evidence } from '../domain/diagnosis.ts';

/** One line of the text as it came, and two readings of it. `number` counts from 1. */
export type Line = {
  readonly number: number;
  readonly raw: string;
  /** Odd characters replaced, blanks collapsed, trimmed. */
  readonly text: string;
  /** `text` without what chats and wikis put around it: quotes, bullets, line numbers, emphasis. */
  readonly plain: string;
};

// A compressed JSON export puts a whole suite list on one line; past these caps nothing sane is left.
const maxLineLength = 32_768;
const maxLines = 50_000;

export type SplitText = { readonly lines: readonly Line[]; readonly tooLong: boolean };

/** Splits at CRLF, LF and lone CR; PowerShell redirection can leave CR CR LF, which is one line end. */
export function splitLines(text: string): SplitText {
  const raws = breakLines(text);
  const lines = raws.slice(0, maxLines).map((raw, index) => readLine(raw.slice(0, maxLineLength), index + 1));
  return { lines, tooLong: raws.length > maxLines || raws.some((raw) => raw.length > maxLineLength) };
}

function breakLines(text: string): string[] {
  return text.split('\n').flatMap((part, index, parts) => {
    const line = index < parts.length - 1 ? trimReturns(part) : part;
    return line.includes('\r') ? line.split('\r') : [line];
  });
}

function trimReturns(part: string): string {
  let end = part.length;
  while (end > 0 && part[end - 1] === '\r') end -= 1;
  return part.slice(0, end);
}

function readLine(raw: string, number: number): Line {
  const text = normalise(raw);
  return { number, raw, text, plain: undecorate(text) };
}

const replacements: readonly (readonly [RegExp, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are made of them
  [/\u001b\[[0-9;]{0,20}[A-Za-z]/g, ''],
  [/&nbsp;|&#160;/gi, ' '],
  [/&quot;|&#34;/gi, '"'],
  [/&#39;|&apos;/gi, "'"],
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
  [/&amp;/gi, '&'],
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, ''],
  [/[\u2018\u2019\u201a\u201b\u2032]/g, "'"],
  [/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010\u2011]/g, '-'],
  [/\uff1a/g, ':'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters separate nothing
  [/[\u0000-\u0020\u007f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g, ' '],
];

/** Most lines are plain ASCII already, and there may be fifty thousand of them. */
const simple = /^[ -%'-~]*$/;

function normalise(raw: string): string {
  if (simple.test(raw)) return raw.replace(/ {2,}/g, ' ').trim();
  return replacements.reduce((text, [pattern, by]) => text.replace(pattern, by), raw).trim();
}

const prefixes: readonly RegExp[] = [
  /^>+ ?/,
  /^[-*+•·‣▪] (?=\S)/,
  /^\d{1,6}[.:)](?: |$)/,
  /^\d{1,6} (?=[A-Za-z"[|+])/,
];
const htmlTag = /<\/?(?:p|br|div|span|pre|code|li|ul|ol|strong|b|em|td|tr)\b[^<>]{0,100}>/gi;

function undecorate(text: string): string {
  let plain = text
    .replace(htmlTag, ' ')
    .replaceAll('`', '')
    .replaceAll('**', '')
    .replaceAll('\\_', '_')
    .trim();
  for (let round = 0; round < 4; round += 1) {
    const before = plain;
    for (const prefix of prefixes) plain = plain.replace(prefix, '');
    if (plain === before) break;
  }
  return trimStars(plain);
}

function trimStars(text: string): string {
  return text.startsWith('*') && text.endsWith('*') && text.length > 2 ? text.slice(1, -1).trim() : text;
}

/** A line of the text as a person sees it, short enough to be shown. */
export function quoteLine(line: Line): Evidence {
  return { line: line.number, text: line.text.slice(0, 300) };
}
