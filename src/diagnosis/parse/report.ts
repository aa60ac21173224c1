import { createHash } from 'node:crypto';
import type { Fact, ReportFlaw } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
import { readCurves } from './curves.ts';
import { readDsregcmd } from './dsregcmd.ts';
import { readNetsh } from './netsh.ts';
import { reportFact } from './report-keys.ts';
import { readSuites } from './suites.ts';

export type ReportReading = {
  readonly facts: readonly Fact[];
  readonly flaws: readonly ReportFlaw[];
  /** Lines outside of the report: what a person wrote around it, or pasted besides. */
  readonly outside: readonly Line[];
};

const begin = /HANDSHAKE REPORT (\d{1,6}) BEGIN/i;
const end = /HANDSHAKE REPORT (\d{1,6}) END/i;
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
  const outside = [...lines.slice(0, range.from), ...lines.slice(range.to + (endLine === undefined ? 0 : 1))];
  return { facts: readSections(whole, endLine === undefined), flaws, outside };
}

/** The last report that has both markers, else the last that begins, else one that lost its beginning. */
function findRange(lines: readonly Line[]): { readonly from: number; readonly to: number } | null {
  const starts = lines.flatMap((line, index) => (begin.test(line.text) ? [index] : []));
  const ends = lines.flatMap((line, index) => (end.test(line.text) ? [index] : []));
  const pairs = starts.flatMap((from, order) => {
    const next = starts[order + 1] ?? lines.length;
    const to = ends.find((index) => index > from && index < next);
    return to === undefined ? [] : [{ from, to }];
  });
  const last = pairs.at(-1);
  if (last !== undefined) return last;
  const from = starts.at(-1);
  if (from !== undefined) return { from, to: lines.length };
  const first = lines.findIndex((line) => knownSection.test(line.plain));
  const to = ends.at(-1) ?? lines.length;
  const sections = lines.filter((line) => knownSection.test(line.plain)).length;
  return first >= 0 && first < to && (sections > 1 || ends.length > 0) ? { from: first, to } : null;
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
    inside.map((line) => line.text),
    filled.map((line) => line.text),
    filled.map((line) => line.plain),
  ];
  return readings.some((reading) => hashLines(reading) === given.toLowerCase());
}

/** SHA-256 over the lines, each ended by CRLF, in hexadecimal. */
export function hashLines(lines: readonly string[]): string {
  return createHash('sha256')
    .update(lines.map((line) => `${line}\r\n`).join(''))
    .digest('hex');
}

type Raw = { readonly tool: string; readonly lines: Line[] };

function readSections(lines: readonly Line[], wasCut: boolean): Fact[] {
  const facts: Fact[] = [];
  let section = '';
  let raw: Raw | null = null;
  let entry: { key: string; value: string; line: number } | null = null;

  function closeEntry(): void {
    const found = entry === null ? null : reportFact(section, entry.key, entry.value, entry.line);
    if (found !== null) facts.push(found);
    entry = null;
  }

  for (const line of lines) {
    const opened = /^\[([a-z0-9-]{1,40})\]$/i.exec(line.plain)?.[1];
    const tool = /^begin raw: ?(.{1,80})$/i.exec(line.plain)?.[1];
    const pair = /^([A-Za-z0-9.-]{1,120}) ?= ?(.*)$/.exec(line.plain);
    const ends = /^end raw$/i.test(line.plain);
    if (raw !== null && !ends && opened === undefined && !begin.test(line.text)) {
      raw.lines.push(bare(line));
      continue;
    }
    if (ends || opened !== undefined || tool !== undefined || pair !== null) closeEntry();
    if (raw !== null) facts.push(...readRaw(raw, !ends));
    raw = tool === undefined ? null : { tool, lines: [] };
    if (opened !== undefined) section = opened.toLowerCase();
    else if (pair !== null && tool === undefined) {
      entry = { key: pair[1] ?? '', value: (pair[2] ?? '').trim(), line: line.number };
    } else if (entry !== null && /^[A-Za-z0-9_,]+$/.test(line.plain)) {
      // A narrow window cut a long list; the rest stands in a line of its own.
      entry = continued(entry, line);
    }
  }
  closeEntry();
  if (raw !== null) facts.push(...readRaw(raw, wasCut));
  return facts;
}

type Entry = { key: string; value: string; line: number };

function continued(entry: Entry, line: Line): Entry {
  return { ...entry, value: entry.value + line.plain };
}

/** Raw lines stand behind a bar, which dsregcmd's own titles have as well. */
function bare(line: Line): Line {
  const text = line.text.replace(/^[>*\s-]*\|? ?/, '');
  return { ...line, text, plain: text };
}

function readRaw(raw: Raw, wasCut: boolean): readonly Fact[] {
  const tool = raw.tool.toLowerCase();
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
