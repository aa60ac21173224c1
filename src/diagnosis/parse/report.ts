import { hash } from 'node:crypto';
import type { Fact, ReportFlaw } from '../../domain/diagnosis.ts';
import { emptyLine, type Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import { readCurves } from './curves.ts';
import { readDsregcmd } from './dsregcmd.ts';
import { readNetsh } from './netsh.ts';
import { reportFact } from './report-keys.ts';
import { readSuites } from './suites.ts';

export type ReportReading = {
  readonly facts: readonly Fact[];
  readonly flaws: readonly ReportFlaw[];
  /** All lines, emptied where the report stands: what a person wrote around it, or pasted besides. */
  readonly outside: readonly Line[];
};

const begin = /HANDSHAKE REPORT (\d{1,6}) BEGIN/i;
const end = /HANDSHAKE REPORT (\d{1,6}) END/i;
const marker = /HANDSHAKE REPORT \d{1,6} (BEGIN|END)/i;
const knownSection =
  /^\[(?:report|run|os|schannel|winhttp|wininet|suites|curves|dotnet|updates|proxy|clock|join|onedrive|probe)\]$/i;

/** Finds and reads a `handshake-report 1` (docs/report-format.md); null when the text holds none. */
export function readReport(lines: readonly Line[]): ReportReading | null {
  const range = findRange(lines);
  if (range === null) return null;
  const inside = lines.slice(range.from, range.to);
  const endLine = lines[range.to]?.text.match(end) ? lines[range.to] : undefined;
  const flaws = findFlaws(inside, endLine, lines[range.to + 1]);
  // Without its end, the last line itself may have lost its tail: 0xa00 cut to 0xa0 would be a wrong value.
  const whole = endLine === undefined ? dropLastLine(inside) : inside;
  const outside = [...lines];
  for (const { from, to } of [...range.earlier, { from: range.from, to: range.to }]) {
    for (let index = from; index <= to && index < lines.length; index += 1) {
      outside[index] = emptyLine(index + 1);
    }
  }
  return { facts: readSections(whole, endLine === undefined), flaws, outside };
}

type Range = { readonly from: number; readonly to: number };
/** Earlier whole reports in the same text say how things were, and nothing of how they are. */
type Chosen = Range & { readonly earlier: readonly Range[] };

/** The last report that has both markers, else the last that begins, else one that lost its beginning. */
function findRange(lines: readonly Line[]): Chosen | null {
  const { starts, ends, sections } = findMarkers(lines);
  const pairs = starts.flatMap((from, order) => {
    const next = starts[order + 1] ?? lines.length;
    const to = firstAfter(ends, from);
    return to === undefined || to > next ? [] : [{ from, to }];
  });
  const last = pairs.at(-1);
  if (last !== undefined) return { ...last, earlier: pairs.slice(0, -1) };
  const from = starts.at(-1);
  if (from !== undefined) return { from, to: lines.length, earlier: [] };
  const [first] = sections;
  const to = ends.at(-1) ?? lines.length;
  return first !== undefined && first < to && (sections.length > 1 || ends.length > 0)
    ? { from: first, to, earlier: [] }
    : null;
}

type Markers = { readonly starts: number[]; readonly ends: number[]; readonly sections: number[] };

/** Indexes of the lines that begin and end a report, and of the titles of its sections. */
function findMarkers(lines: readonly Line[]): Markers {
  const markers: Markers = { starts: [], ends: [], sections: [] };
  lines.forEach(({ text, plain, marks }, index) => {
    if (hasMark(marks, mark.bracket) && knownSection.test(plain)) markers.sections.push(index);
    if (!hasMark(marks, mark.digit | mark.letterK)) return;
    const found = marker.exec(text)?.[1]?.toUpperCase();
    if (found === 'BEGIN') markers.starts.push(index);
    if (found === 'END') markers.ends.push(index);
  });
  return markers;
}

/** The first of the ascending numbers that is greater. */
function firstAfter(numbers: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) > least) high = middle;
    else low = middle + 1;
  }
  return numbers[low];
}

function dropLastLine(inside: readonly Line[]): readonly Line[] {
  const last = inside.findLastIndex((line) => line.text !== '');
  return inside.slice(0, Math.max(last, 0));
}

function findFlaws(inside: readonly Line[], last: Line | undefined, after: Line | undefined): ReportFlaw[] {
  const started = begin.exec(inside[0]?.text ?? '');
  const flaws: ReportFlaw[] = [];
  if (started === null) flaws.push('no-begin');
  if (started !== null && Number(started[1]) > 1) flaws.push('newer-format');
  if (last === undefined) return [...flaws, 'no-end'];
  if (started === null) return flaws;
  const closing = last.text.endsWith('===') ? last.text : `${last.text}${after?.text ?? ''}`;
  const filled = inside.filter((line) => line.text !== '');
  const count = /lines ?= ?(\d{1,7})/i.exec(closing)?.[1];
  if (count === undefined || ![inside.length, filled.length].includes(Number(count))) {
    return [...flaws, 'line-count'];
  }
  return hashFits(closing, inside, filled) ? flaws : [...flaws, 'checksum'];
}

/** Chats add empty lines, quotes and bullets, which change nothing; so several readings may fit. */
function hashFits(closing: string, inside: readonly Line[], filled: readonly Line[]): boolean {
  const given = /sha256 ?= ?([0-9a-f ]{1,80}|unavailable)/i.exec(closing)?.[1]?.replaceAll(' ', '');
  if (given === undefined) return false;
  if (given.toLowerCase() === 'unavailable') return true;
  const readings = [
    () => inside.map((line) => line.text),
    () => filled.map((line) => line.text),
    () => filled.map((line) => line.plain),
  ];
  return readings.some((reading) => hashLines(reading()) === given.toLowerCase());
}

/** SHA-256 over the lines, each ended by CRLF, in hexadecimal. */
export function hashLines(lines: readonly string[]): string {
  return hash('sha256', lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`);
}

type Raw = { readonly tool: string; readonly lines: Line[] };

function readSections(lines: readonly Line[], wasCut: boolean): readonly Fact[] {
  const facts: Fact[] = [];
  let section = '';
  let raw: Raw | null = null;
  let entry: Entry | null = null;

  function closeEntry(): void {
    const found = entry === null ? null : reportFact(section, entry.key, entry.value, entry.line);
    if (found !== null) facts.push(found);
    entry = null;
  }

  for (const line of lines) {
    const part = partOf(line);
    if (raw !== null && !endsRaw(part, line)) {
      raw.lines.push(bare(line));
      continue;
    }
    if (part.kind !== 'other') closeEntry();
    if (raw !== null) facts.push(...readRaw(raw, part.kind !== 'end'));
    raw = part.kind === 'tool' ? { tool: part.tool, lines: [] } : null;
    if (part.kind === 'section') section = part.name;
    if (part.kind === 'pair') entry = { key: part.key, value: part.value, line: line.number };
    else if (entry !== null && isContinuation(entry, line)) entry = continued(entry, line);
    else if (line.plain !== '') closeEntry();
  }
  closeEntry();
  if (raw !== null) facts.push(...readRaw(raw, wasCut));
  return facts;
}

type Part =
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'tool'; readonly tool: string }
  | { readonly kind: 'pair'; readonly key: string; readonly value: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'other' };

/** Emphasis before the sign leaves more than one blank. */
const keyStart = /^([A-Za-z0-9.-]{1,120}) *=/;

function partOf({ plain, marks }: Line): Part {
  const pair = hasMark(marks, mark.equals) ? keyStart.exec(plain) : null;
  if (pair?.[1] !== undefined) {
    return { kind: 'pair', key: pair[1], value: plain.slice(pair[0].length).trim() };
  }
  if (plain.startsWith('[')) {
    const name = /^\[([a-z0-9-]{1,40})\]$/i.exec(plain)?.[1];
    if (name !== undefined) return { kind: 'section', name: name.toLowerCase() };
  }
  if (hasMark(marks, mark.colon)) {
    const tool = /^begin raw: ?(.{1,80})$/i.exec(plain)?.[1];
    if (tool !== undefined) return { kind: 'tool', tool: tool.toLowerCase() };
  }
  return plain.length === 7 && plain.toLowerCase() === 'end raw' ? { kind: 'end' } : { kind: 'other' };
}

/** Raw output goes on until its end, or until what can only stand after a lost end. */
function endsRaw(part: Part, line: Line): boolean {
  return part.kind === 'end' || part.kind === 'section' || begin.test(line.text);
}

type Entry = { readonly key: string; readonly value: string; readonly line: number };

/** A narrow window cut a long list of names; the rest stands in a line of its own. */
function isContinuation({ key, value }: Entry, { plain }: Line): boolean {
  const isList = /(?:functions|curves)$/i.test(key) && !/^(?:absent|unavailable|unreadable)/i.test(value);
  return isList && value !== '' && /^[A-Za-z0-9_,]+$/.test(plain);
}

function continued(entry: Entry, line: Line): Entry {
  return { ...entry, value: entry.value + line.plain };
}

/** Raw lines stand behind a bar, which dsregcmd's own titles have as well. */
function bare({ number, text, plain, marks }: Line): Line {
  return { number, text, plain: plain.replace(/^\| ?/, ''), marks };
}

function readRaw(raw: Raw, wasCut: boolean): readonly Fact[] {
  const { tool } = raw;
  if (tool.startsWith('get-tlsciphersuite')) {
    const { facts } = readSuites(raw.lines, true);
    const last = raw.lines.at(-1)?.number;
    if (!wasCut || last === undefined) return facts;
    return [...facts, { name: 'cipher.truncated', value: true, line: last }];
  }
  // A list of curves that lost its tail proves nothing about what is missing from it.
  if (tool.startsWith('get-tlsecccurve')) return wasCut ? [] : readCurves(raw.lines).facts;
  if (tool.startsWith('dsregcmd')) return readDsregcmd(raw.lines).facts;
  if (tool.startsWith('netsh')) return readNetsh(raw.lines).facts;
  return [];
}
