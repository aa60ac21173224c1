import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hosts } from './machines.ts';

/** All `section.key` names that the table in docs/report-format.md promises. */
export function documentedKeys(): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs/report-format.md'), 'utf8');
  const keys: string[] = [];
  let section = '';
  // The table of pseudonyms comes after it.
  const [table = ''] = text.split('\n| Kind ');
  for (const row of table.split('\n').filter((line) => line.startsWith('| '))) {
    const [, first = '', names = ''] = row.split('|').map((cell) => cell.trim());
    section = /^`(\w+)`$/.exec(first)?.[1] ?? section;
    if (section === '' || names.startsWith('raw ')) continue;
    for (const name of names.matchAll(/`([^`]+)`/g)) keys.push(...expand(section, name[1] ?? ''));
  }
  return keys;
}

/** The table shortens: "and the same for `tls11`", "`v4.native.…`", "`HOST.dns`". */
function expand(section: string, name: string): readonly string[] {
  if (/^tls\d\d$/.test(name))
    return ['enabled', 'disabled-by-default'].map((end) => `${section}.${name}.${end}`);
  if (name.endsWith('…'))
    return ['strong-crypto', 'system-default'].map((end) => `${section}.${name.slice(0, -1)}${end}`);
  if (name.startsWith('HOST.')) return hosts.map((host) => `${section}.${host}${name.slice(4)}`);
  return [`${section}.${name}`];
}

/** The keys of a report from a system that has every tool: then no key stands in for raw lines. */
export function expectedKeys(): readonly string[] {
  return documentedKeys()
    .filter((key) => !/^(?:proxy\.netsh|join\.dsregcmd)$/.test(key))
    .sort();
}
