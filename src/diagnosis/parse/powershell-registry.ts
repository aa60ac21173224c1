import type { Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import type { Reading } from './reading.ts';
import { restoreBlanks } from './reg-query.ts';
import { type RegistryValue, registryFact } from './registry-values.ts';

type Property = { readonly name: string; readonly data: string; readonly line: number };

/** Reads the views that PowerShell gives of the registry: the `Hive:` table and Get-ItemProperty's list. */
export function readPowerShellRegistry(lines: readonly Line[]): Reading {
  const used = new Set<number>();
  const values = [...readHiveTables(lines, used), ...readPropertyLists(lines, used)];
  return { kind: 'registry', facts: values.map(registryFact).filter((found) => found !== null), used };
}

/**
 * `Hive: PARENT`, then rows `Subkey  Name : data` whose further properties stand in lines of their own.
 * Client and Server are rows of the same table, so the row decides.
 */
function readHiveTables(lines: readonly Line[], used: Set<number>): RegistryValue[] {
  const values: RegistryValue[] = [];
  let hive: string | null = null;
  let subkey: string | null = null;
  lines.forEach((line, index) => {
    if (!hasMark(line.marks, mark.colon)) return;
    const opened = /^Hive: ?(HKEY_.*)$/i.exec(line.plain);
    if (opened?.[1] !== undefined) {
      hive = withWrapped(opened[1], lines[index + 1]);
      subkey = null;
      used.add(line.number);
      return;
    }
    const row = hive === null ? null : splitRow(line);
    if (row === null) return;
    subkey = row.subkey ?? subkey;
    used.add(line.number);
    if (subkey !== null) values.push(toValue(`${hive}\\${subkey}`, row));
  });
  return values;
}

function splitRow(line: Line): (Property & { readonly subkey: string | null }) | null {
  const colon = line.plain.indexOf(' : ');
  if (colon < 0) return null;
  const words = line.plain.slice(0, colon).split(' ');
  const name = words.pop() ?? '';
  const subkey = words.length > 0 ? words.join(' ') : null;
  return { subkey, name, data: line.plain.slice(colon + 3).trim(), line: line.number };
}

/** `Name : data` lines that end in a PSPath line, which says where they were read. */
function readPropertyLists(lines: readonly Line[], used: Set<number>): RegistryValue[] {
  if (!lines.some(({ plain }) => plain.startsWith('PSPath'))) return [];
  const values: RegistryValue[] = [];
  let pending: Property[] = [];
  lines.forEach((line, index) => {
    if (line.plain === '') pending = [];
    if (!hasMark(line.marks, mark.colon)) return;
    const row = splitRow(line);
    if (row === null || row.subkey !== null) return;
    if (row.name !== 'PSPath') {
      pending.push(withWrappedList(row, lines, index));
      return;
    }
    const key = withWrapped(row.data, lines[index + 1]).replace(/^.*::/, '');
    values.push(...pending.filter(isWhole).map((property) => toValue(key, property)));
    for (const property of pending) used.add(property.line);
    used.add(line.number);
    pending = [];
  });
  return values;
}

/** A list in braces may run over several lines. */
function withWrappedList(property: Property, lines: readonly Line[], index: number): Property {
  if (!property.data.startsWith('{')) return property;
  let data = property.data;
  for (let next = index + 1; next < index + 60 && !data.endsWith('}'); next += 1) {
    const more = lines[next]?.plain ?? '';
    if (more === '' || more.includes(' : ')) break;
    data += more;
  }
  return { ...property, data };
}

/** PowerShell shows the first four entries of a list and three dots: no list to judge by. */
function isWhole({ data }: Property): boolean {
  return !data.startsWith('{') || (data.endsWith('}') && !/\.{3}|…/.test(data));
}

function withWrapped(path: string, next: Line | undefined): string {
  const more = next?.plain ?? '';
  if (more === '' || more.includes(' : ') || /^(?:Name|Hive)\b/.test(more)) return path;
  return restoreBlanks(path + more);
}

function toValue(key: string, { name, data, line }: Property): RegistryValue {
  const list = /^\{(.*)\}$/.exec(data);
  const kind = /^-?\d+$/.test(data) ? 'number' : list === null ? 'text' : 'list';
  return { key, name, data: list?.[1] ?? data, kind, line, view: 'native' };
}
