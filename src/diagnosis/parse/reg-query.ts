import type { Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import { isChange, isPrompt, queryView } from './commands.ts';
import type { Reading } from './reading.ts';
import { type RegistryValue, registryFact } from './registry-values.ts';

const keyStart = /^(?:HKEY_[A-Z_]+|HK(?:LM|CU|U|CR)):?\\/i;
const valueType = /(?:^| )REG_(DWORD|QWORD|SZ|EXPAND_SZ|MULTI_SZ|BINARY|NONE)(?: |$)/;

type Reader = {
  key: string | null;
  view: 'native' | 'wow64';
  readonly values: RegistryValue[];
  readonly used: Set<number>;
};

/**
 * Reads what `reg query` prints. Its own messages are translated and are never read: a value that it could
 * not find is simply not there.
 */
export function readRegQuery(lines: readonly Line[]): Reading {
  const reader: Reader = { key: null, view: 'native', values: [], used: new Set() };
  for (let index = 0; index < lines.length; index += 1) {
    index += readLine(reader, lines, index);
  }
  const facts = reader.values.map(registryFact).filter((found) => found !== null);
  return { kind: 'registry', facts, used: reader.used };
}

/** Takes in the line at the index and returns how many lines after it belonged to it. */
function readLine(reader: Reader, lines: readonly Line[], index: number): number {
  const line = lines[index];
  if (line === undefined || line.plain === '') return 0;
  const { plain } = line;
  const view = viewOf(line);
  // Where nothing is open, a prompt ends nothing.
  if (view !== null || ((reader.key !== null || reader.view !== 'native') && isConsole(line))) {
    reader.key = null;
    reader.view = view ?? 'native';
    return 0;
  }
  if (!hasMark(line.marks, mark.underscore) && !hasMark(line.marks, mark.backslash)) return 0;
  if (keyStart.test(plain) && !valueType.test(plain)) {
    const wrapped = isMapped(plain) ? 0 : countWrapped(lines, index);
    reader.key = joinWrapped(lines, index, wrapped);
    markUsed(reader, lines, index, wrapped);
    return wrapped;
  }
  return readValue(reader, lines, index);
}

function viewOf({ plain, marks }: Line): 'native' | 'wow64' | null {
  return hasMark(marks, mark.letterQ) ? queryView(plain) : null;
}

function isConsole(line: Line): boolean {
  return isChange(line.plain, line.marks) || isPrompt(line.plain);
}

function readValue(reader: Reader, lines: readonly Line[], index: number): number {
  const line = lines[index];
  const found = valueType.exec(line?.plain ?? '');
  if (line === undefined || found === null || reader.key === null) return 0;
  const name = line.plain.slice(0, found.index).trim();
  const type = found[1] ?? '';
  if (name === '' || name.startsWith('/')) return 0;
  const isList = type === 'MULTI_SZ' || name.toLowerCase() === 'functions';
  const wrapped = isList ? countWrapped(lines, index) : 0;
  const data = joinWrapped(lines, index, wrapped)
    .slice(found.index + found[0].length)
    .trim();
  const kind = type === 'DWORD' ? 'number' : isList ? 'list' : 'text';
  reader.values.push({ key: reader.key, name, data, kind, line: line.number, view: reader.view });
  markUsed(reader, lines, index, wrapped);
  return wrapped;
}

/** Consoles 80 columns wide cut long keys and lists; the rest has no type of its own. */
function countWrapped(lines: readonly Line[], index: number): number {
  let count = 0;
  while (count < 60) {
    const line = lines[index + count + 1];
    const next = line?.plain ?? '';
    if (line === undefined || next === '' || keyStart.test(next) || valueType.test(next)) return count;
    if (isConsole(line) || viewOf(line) !== null || /[:;?!]/.test(next)) return count;
    count += 1;
  }
  return count;
}

/** The cut falls on a blank where there is one ("TLS" / "1.2\Client"), which trimming took away. */
function joinWrapped(lines: readonly Line[], index: number, wrapped: number): string {
  if (wrapped === 0) return lines[index]?.plain ?? '';
  const parts = lines.slice(index, index + wrapped + 1).map((line) => line.plain);
  return restoreBlanks(parts.join(''));
}

export function restoreBlanks(path: string): string {
  return path
    .replace(/\\(TLS|SSL|PCT)(\d\.\d)/i, '\\$1 $2')
    .replace(/\\InternetSettings/i, '\\Internet Settings')
    .replace(/\\AES(\d)/i, '\\AES $1');
}

function isMapped(key: string): boolean {
  return /\\(?:client|winhttp|internet settings|00010002|ecdh|onedrive|currentversion)$/i.test(key);
}

function markUsed(reader: Reader, lines: readonly Line[], index: number, wrapped: number): void {
  for (const line of lines.slice(index, index + wrapped + 1)) reader.used.add(line.number);
}
