import { type Finder, type Found, named } from './found.ts';
import { type LabelKind, labelKind } from './labels.ts';
import { findPac, findProxies } from './proxies.ts';
import { isEverydayWord } from './public-names.ts';

type Line = { readonly start: number; readonly text: string };

/** Proxies and their scripts, behind a label or under the title of `netsh winhttp show proxy`. */
export const labelledProxies: Finder = (text) => {
  const lines = linesOf(text);
  return lines.flatMap((line, index) => [
    ...findInLine(line, (kind) => kind === 'proxy' || kind === 'pac'),
    ...findNetsh(line, lines.slice(index + 1, index + 5)),
  ]);
};

/** Names that a label announces: `Device Name : X`, `"ComputerName"="X"`, `ComputerName REG_SZ X`. */
export const labelledNames: Finder = (text) => {
  const lines = linesOf(text);
  return lines.flatMap((line, index) => [
    ...findInLine(line, (kind) => kind !== 'proxy' && kind !== 'pac'),
    ...findHostOfSystem(line, lines[index - 1]),
  ]);
};

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/[^\r\n]+/g)].map((found) => ({ start: found.index, text: found[0] }));
}

const longestLabel = 70;
/** Signs behind a word; most others do not matter, and looking a label up takes longer than finding it. */
const separator = /(?<=[\p{L}\p{N})"*`\s])[:=]|">|\bREG_(?:EXPAND_|MULTI_)?SZ/gu;

function findInLine(line: Line, isWanted: (kind: LabelKind) => boolean): readonly Found[] {
  const separators = [...line.text.matchAll(separator)];
  return separators.flatMap(({ 0: sign, index }, order) => {
    const kind = labelKind(line.text.slice(Math.max(index - longestLabel, 0), index));
    if (kind === null || !isWanted(kind)) return [];
    const isLast = separators[order + 1] === undefined;
    return valuesOf(kind, line, index + sign.length, isLast);
  });
}

/** What a report or a tool says in the place of a name. */
const saysNothing = /^(?:unreadable|unavailable|absent|not set|not available|none)\b|^n\/a\b/i;

function valuesOf(kind: LabelKind, line: Line, from: number, isLast: boolean): readonly Found[] {
  const rest = line.text.slice(from);
  const lead = /^[\s"'{:=]{0,60}/.exec(rest)?.[0].length ?? 0;
  const value = rest.slice(lead);
  const start = line.start + from + lead;
  if (saysNothing.test(value)) return [];
  switch (kind) {
    case 'proxy':
      return findProxies(value, start);
    case 'pac':
      return findPac(value, start);
    case 'host':
    case 'id':
    case 'tenant':
      return nameAt(kind, /^\\{0,4}([^\s"',;|<>{}\\]+)/.exec(value), start);
    case 'user':
      return (
        accountAt(value, start) ??
        nameAt(kind, (isLast ? /^([^"|<>\\]+)/ : /^([^\s"|<>\\]+)/).exec(value), start)
      );
    case 'domain':
      // Another label in the same line ends the value, and nobody can say where the label begins.
      return nameAt(kind, (isLast ? /^([^"|<>\\]+)/ : /^([^\s"|<>\\]+)/).exec(value), start);
  }
}

/** `DOMAIN\\user`; null when the value is no account. */
function accountAt(value: string, start: number): readonly Found[] | null {
  const found = /^([^\s\\"',;]{1,64})(\\{1,2})([^\s\\"',;|<>]{1,64})/.exec(value);
  if (found === null) return null;
  const [whole, domain = '', , user = ''] = found;
  const person = named('user', start + whole.length - user.length, user.length);
  return isEverydayWord(domain) ? [person] : [named('domain', start, domain.length), person];
}

function nameAt(
  kind: Extract<LabelKind, 'host' | 'id' | 'tenant' | 'user' | 'domain'>,
  found: RegExpExecArray | null,
  start: number,
): readonly Found[] {
  const name = (found?.[1] ?? '').trimEnd();
  const said = /^[\p{L}\p{N}]+/u.exec(name)?.[0] ?? '';
  const isNoName = said === '' || isEverydayWord(name);
  if (found === null || isNoName) return [];
  return [named(kind, start + found[0].length - (found[1] ?? '').length, name.length)];
}

/** `systeminfo` in any language: its second line names Windows, and its first the computer. */
function findHostOfSystem(line: Line, before: Line | undefined): readonly Found[] {
  if (before === undefined || !/^[^:]{1,60}: {0,60}Microsoft Windows /.test(line.text)) return [];
  const found = /^[^:]{1,60}: {0,60}([^\s:]{1,64})\s{0,60}$/.exec(before.text);
  const name = found?.[1] ?? '';
  return found === null || isEverydayWord(name)
    ? []
    : [named('host', before.start + before.text.indexOf(name, before.text.indexOf(':')), name.length)];
}

/** `netsh winhttp show proxy` in any language: what stands behind the colons under its title. */
function findNetsh(title: Line, below: readonly Line[]): readonly Found[] {
  const isTitle = title.text.length < 90 && /winhttp/i.test(title.text) && /:\s{0,9}$/.test(title.text);
  if (!isTitle) return [];
  return below.flatMap((line) => {
    const colon = line.text.search(/: /);
    return colon < 0 ? [] : findProxies(line.text.slice(colon + 1), line.start + colon + 1);
  });
}
