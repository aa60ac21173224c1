import type { Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import { nothing, type Reading } from './reading.ts';
import { type RegistryValue, registryFact } from './registry-values.ts';

const section = /^\[(-?)(HKEY_[A-Z_]+\\[^\]]*)\]$/i;
/** How a line that means anything begins: a section, a value, the title. */
const opening = /^[["wr]/i;
const assignment = /^"([^"]{1,200})" ?= ?(.*)$/;

/**
 * Reads `.reg` files. Deletions (`[-KEY]`, `"Name"=-`) say that something should go, so they are passed over:
 * neither a value nor proof that there is none.
 */
export function readRegExport(lines: readonly Line[]): Reading {
  if (!lines.some(isSection)) return nothing('registry');
  const used = new Set<number>();
  const values: RegistryValue[] = [];
  let key: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || !opening.test(line.plain)) continue;
    const opened = section.exec(line.plain);
    if (opened !== null || /^(?:Windows Registry Editor|REGEDIT4)/i.test(line.plain)) used.add(line.number);
    if (opened !== null) key = opened[1] === '-' ? null : (opened[2] ?? null);
    const assigned = assignment.exec(line.plain);
    if (opened !== null || assigned === null) continue;
    const more = countContinued(lines, index);
    const parts = lines.slice(index, index + more + 1);
    for (const part of parts) used.add(part.number);
    const whole = parts.map(({ plain }) => (plain.endsWith('\\') ? plain.slice(0, -1) : plain)).join('');
    const data = (assignment.exec(whole) ?? assigned)[2] ?? '';
    const value = readData(data.trim());
    if (key !== null && value !== null) {
      values.push({ ...value, key, name: assigned[1] ?? '', line: line.number, view: 'native' });
    }
    index += more;
  }
  return { kind: 'registry', facts: values.map(registryFact).filter((found) => found !== null), used };
}

function isSection(line: Line): boolean {
  return hasMark(line.marks, mark.bracket | mark.backslash) && section.test(line.plain);
}

/** A backslash at the end of a line of hexadecimal bytes carries on in the next line. */
function countContinued(lines: readonly Line[], index: number): number {
  let count = 0;
  while (goesOn(lines[index + count]?.plain ?? '') && count < 2000) count += 1;
  return count;
}

function goesOn(plain: string): boolean {
  return /(?:[0-9a-f],?|:)\\$/i.test(plain.slice(-3));
}

function readData(data: string): Pick<RegistryValue, 'data' | 'kind'> | null {
  const dword = /^dword:([0-9a-f]{1,8})$/i.exec(data);
  if (dword?.[1] !== undefined) return { data: `0x${dword[1]}`, kind: 'number' };
  const quoted = /^"(.*)"$/.exec(data);
  if (quoted?.[1] !== undefined) return { data: quoted[1].replaceAll('\\\\', '\\'), kind: 'text' };
  const hex = /^hex\((1|2|7|4)\):([0-9a-f, ]*)$/i.exec(data);
  if (hex === null) return null;
  const bytes = (hex[2] ?? '')
    .split(',')
    .flatMap((part) => (part.trim() === '' ? [] : [Number(`0x${part.trim()}`)]));
  if (hex[1] === '4')
    return { data: String(Buffer.from([...bytes, 0, 0, 0, 0]).readUInt32LE()), kind: 'number' };
  // REGEDIT4 files hold one byte a character, later ones two.
  const encoding = bytes.length > 1 && bytes[1] !== 0 ? 'latin1' : 'utf16le';
  const parts = Buffer.from(bytes).toString(encoding).split('\0');
  return { data: parts.filter((part) => part !== ''), kind: 'list' };
}
