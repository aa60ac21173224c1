import type { Fact } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
import { findAll } from './find-all.ts';
import type { Reading } from './reading.ts';

const sectionNames = [
  'Device State',
  'Device Details',
  'Tenant Details',
  'User State',
  'SSO State',
  'Diagnostic Data',
  'IE Proxy Config for Current User',
  'WinHttp Default Proxy Config',
  'Ngc Prerequisite Check',
];
/** No title is shorter, and no label with its answer. */
const shortest = 'SSO State'.length;
/** How a title begins: with the first two letters of a name above, or of "Work Account". */
const titleStart = /^[| ]*(?:de|te|us|ss|di|ie|wi|ng|wo)/i;
const sections: ReadonlyMap<string, string> = new Map(sectionNames.map((name) => [name.toLowerCase(), name]));

type Answer = { readonly fact: string; readonly section: string };
/** By label. Labels stay English on a translated Windows. The section is named where a label occurs in several. */
const answers: ReadonlyMap<string, Answer> = new Map([
  ['azureadjoined', { fact: 'join.azure-ad', section: 'Device State' }],
  ['enterprisejoined', { fact: 'join.enterprise', section: 'Device State' }],
  ['domainjoined', { fact: 'join.domain', section: 'Device State' }],
  ['workplacejoined', { fact: 'join.workplace', section: 'User State' }],
  ['azureadprt', { fact: 'join.prt', section: 'SSO State' }],
]);
const answerLabels = [...answers.keys()];

/** Reads `dsregcmd /status`, however its blanks and line breaks came through. */
export function readDsregcmd(lines: readonly Line[]): Reading {
  const facts: Fact[] = [];
  const used = new Set<number>();
  let section: string | null = null;
  for (const line of lines) {
    if (line.plain.length < shortest) continue;
    const title = sectionOf(line);
    section = title ?? section;
    const answered = readAnswers(line, section);
    const detail = readDetail(line, section);
    facts.push(...answered);
    if (detail !== null) facts.push(detail);
    if (answered.length > 0 || detail !== null || title !== null) used.add(line.number);
  }
  return { kind: 'dsregcmd', facts, used };
}

function sectionOf(line: Line): string | null {
  if (line.plain.length > 60 || line.plain.includes(':')) return null;
  if (!titleStart.test(line.plain)) return null;
  const title = line.plain.replaceAll('|', '').trim();
  if (/^Work Account \d/i.test(title)) return 'Work Account';
  return sections.get(title.toLowerCase()) ?? null;
}

const answer =
  /\b(AzureAdJoined|EnterpriseJoined|DomainJoined|WorkplaceJoined|AzureAdPrt) ?[:=|] ?(YES|NO)\b/gi;

/**
 * A chat may put a whole section into one line, so every answer in the line counts; but not one that stands in
 * the value of another label, such as a device that somebody named after it.
 */
function readAnswers(line: Line, section: string | null): readonly Fact[] {
  if (!/(?:joined|prt)/i.test(line.plain)) return [];
  const found = findAll(line.plain, answer);
  if (found.length === 0 || (found.length === 1 && !isLabelled(line.plain))) return [];
  return found.flatMap((match) => {
    const known = answers.get((match[1] ?? '').toLowerCase());
    if (known === undefined || (section !== null && section !== known.section)) return [];
    return [{ name: known.fact, value: match[2]?.toUpperCase() === 'YES', line: line.number }];
  });
}

/** In a table of a wiki or a chat, bars stand around the label. */
function isLabelled(plain: string): boolean {
  const label = /^\|? ?([^:=|]{1,60})/.exec(plain)?.[1]?.trim().toLowerCase() ?? '';
  return answerLabels.some((name) => label.endsWith(name));
}

type Detail = {
  readonly fact: string;
  /** Where the label has this meaning; null for everywhere. */
  readonly section: string | null;
  /** This section prints an empty value for "none", where other sections leave the line out. */
  readonly empty?: string;
  readonly meaning?: (value: string) => string;
};
const ofUser = { section: 'IE Proxy Config for Current User', empty: 'absent' } as const;
const details: ReadonlyMap<string, Detail> = new Map<string, Detail>([
  ['deviceauthstatus', { fact: 'join.device-auth', section: null }],
  ['drs discovery test', { fact: 'join.drs-discovery', section: null }],
  [
    'access type',
    {
      fact: 'proxy.winhttp.mode',
      section: 'WinHttp Default Proxy Config',
      meaning: (value) => (/^direct$/i.test(value) ? 'direct' : 'named'),
    },
  ],
  ['proxy server list', { ...ofUser, fact: 'proxy.user.server' }],
  ['auto-configuration url', { ...ofUser, fact: 'proxy.user.auto-config-url' }],
]);

function readDetail({ plain, number }: Line, section: string | null): Fact | null {
  const colon = plain.indexOf(':');
  if (colon < 0 || colon > 40) return null;
  const detail = details.get(plain.slice(0, colon).trimEnd().toLowerCase());
  if (detail === undefined || (detail.section !== null && detail.section !== section)) return null;
  const value = plain.slice(colon + 1).trim() || (detail.empty ?? '');
  return value === '' ? null : { name: detail.fact, value: detail.meaning?.(value) ?? value, line: number };
}
