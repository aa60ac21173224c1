import type { Fact } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import type { Reading } from './reading.ts';

type Number = { readonly nt: string; readonly build: number; readonly revision: number | null };

/** `ver` in brackets, `Win Build Version: …`, `Microsoft Windows NT …`: labels around a number with dots. */
const dotted = [
  /\[[^[\]\d]{0,20}(10\.0|6\.[123])\.(\d{4,5})(?:\.(\d{1,6}))?\]/,
  /(?:build version|windows nt|os ?version|osbuildnumber)"? ?:? {0,2}(10\.0|6\.[123])\.(\d{4,5})(?:\.(\d{1,6}))?/i,
];
/** `systeminfo` in any language: the build stands in the version and once more at the line's end. */
const systeminfo = /(?:^| )(10\.0|6\.[123])\.(\d{4,5})\b/;
/** winver: `Version 22H2 (OS Build 19045.4046)`. */
const winver = /\([^()\d]{0,60}(1\d{4}|2\d{4})\.(\d{1,5})\)/;
/** The settings page, in any language that calls it a build: `OS build 22631.3155`. */
const settings = /^[^\d:]{0,40}build[^\d:]{0,40}:? ?(1\d{4}|2\d{4})\.(\d{1,5})$/i;
const wmic = /^(?:BuildNumber|OsBuildNumber|WindowsBuildNumber|CurrentBuild) ?[=:] ?(\d{4,5})$/i;
const product = /Windows (?:Server )?(?:1[01]|8\.1|[78]|20\d\d(?: R2)?)\b[^,;|"]{0,40}/;

/** Reads `ver`, `systeminfo`, winver and their like, in any language. */
export function readWindowsVersion(lines: readonly Line[]): Reading {
  const facts: Fact[] = [];
  const used = new Set<number>();
  for (const line of lines) {
    if (line.plain === '') continue;
    const found = [...numberFacts(line), ...productFacts(line)];
    facts.push(...found);
    if (found.length > 0) used.add(line.number);
  }
  return { kind: 'windows-version', facts, used };
}

function numberFacts(line: Line): readonly Fact[] {
  if (!hasMark(line.marks, mark.digit)) return [];
  const found = findNumber(line.plain);
  if (found === null) return [];
  const at = line.number;
  return [
    { name: 'os.nt', value: found.nt, line: at },
    { name: 'os.build', value: found.build, line: at },
    ...(found.revision === null ? [] : [{ name: 'os.revision', value: found.revision, line: at }]),
  ];
}

function findNumber(text: string): Number | null {
  if (!/\d{4}/.test(text)) return null;
  return findVersion(text) ?? findBuild(text);
}

/** A version with its build. */
function findVersion(text: string): Number | null {
  if (!/(?:10\.0|6\.[123])\.\d{4}/.test(text)) return null;
  for (const pattern of dotted) {
    const found = pattern.exec(text);
    if (found !== null) return toNumber(found[1], found[2], found[3]);
  }
  const twice = systeminfo.exec(text);
  if (twice === null) return null;
  const rest = text.slice(twice.index + twice[0].length).split(/[^\d]/);
  return rest.includes(twice[2] ?? '') ? toNumber(twice[1], twice[2], undefined) : null;
}

/** A build alone. */
function findBuild(text: string): Number | null {
  const dialog = winver.exec(text);
  if (dialog !== null) return toNumber('10.0', dialog[1], dialog[2]);
  if (!/build/i.test(text)) return null;
  const page = settings.exec(text);
  if (page !== null) return toNumber('10.0', page[1], page[2]);
  const build = wmic.exec(text)?.[1];
  return build === undefined ? null : toNumber(ntOfBuild(Number(build)), build, undefined);
}

function toNumber(nt: string | undefined, build: string | undefined, revision: string | undefined): Number {
  return { nt: nt ?? '', build: Number(build), revision: revision === undefined ? null : Number(revision) };
}

/** The NT version that a build belongs to. */
export function ntOfBuild(build: number): string {
  if (build >= 10_000) return '10.0';
  if (build >= 9600) return '6.3';
  return build >= 9200 ? '6.2' : '6.1';
}

/** Product names are not translated. In prose they are no evidence, so only labelled or bare ones count. */
function productFacts(line: Line): readonly Fact[] {
  if (!line.plain.includes('Windows ')) return [];
  const labelled = /^[^:=]{1,60}[:=] ?(?:Microsoft )?(Windows .*)$/.exec(line.plain)?.[1];
  const bare = /^Microsoft (Windows .*)$/.exec(line.plain)?.[1];
  const found = product.exec(labelled ?? bare ?? '');
  if (found === null || found.index !== 0 || line.plain.split(' ').length > 12) return [];
  return [{ name: 'os.product', value: found[0].trim(), line: line.number }];
}
