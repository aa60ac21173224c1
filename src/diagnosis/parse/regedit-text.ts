import type { Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import type { Reading } from './reading.ts';
import { type RegistryValue, registryFact } from './registry-values.ts';

/**
 * Reads what the registry editor saves as a text file. Its labels are translated, so their order is read: after
 * the key come name, type and data of each value, a line each.
 */
export function readRegeditText(lines: readonly Line[]): Reading {
  const used = new Set<number>();
  const values: RegistryValue[] = [];
  let key: string | null = null;
  lines.forEach((line, index) => {
    if (!hasMark(line.marks, mark.colon | mark.underscore)) return;
    const shown = afterColon(line);
    if (/^HKEY_[A-Z_]+\\/.test(shown)) key = shown;
    const type = /^REG_(DWORD|SZ|MULTI_SZ)$/.exec(shown)?.[1];
    const [before, after] = [lines[index - 1], lines[index + 1]];
    if (key === null || type === undefined || before === undefined || after === undefined) return;
    const data = afterColon(after);
    // The editor writes numbers in hexadecimal, with or without 0x.
    const number = /^[0-9a-f]{1,8}$/i.test(data) ? `0x${data}` : data;
    const kind = type === 'DWORD' ? 'number' : type === 'SZ' ? 'text' : 'list';
    const value = { key, name: afterColon(before), kind, line: after.number, view: 'native' } as const;
    // A list goes on in further lines without labels, so its first line is not the list.
    if (kind !== 'list') values.push({ ...value, data: kind === 'number' ? number : data });
    for (const part of [before, line, after]) used.add(part.number);
  });
  return { kind: 'registry', facts: values.map(registryFact).filter((found) => found !== null), used };
}

function afterColon(line: Line): string {
  const colon = line.plain.indexOf(': ');
  return colon < 0 ? '' : line.plain.slice(colon + 2).trim();
}
