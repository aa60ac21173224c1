import type { Fact } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
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

/** Labels stay English on a translated Windows. The section is named where a label occurs in several. */
const answers: readonly (readonly [label: string, fact: string, section: string])[] = [
  ['AzureAdJoined', 'join.azure-ad', 'Device State'],
  ['EnterpriseJoined', 'join.enterprise', 'Device State'],
  ['DomainJoined', 'join.domain', 'Device State'],
  ['WorkplaceJoined', 'join.workplace', 'User State'],
  ['AzureAdPrt', 'join.prt', 'SSO State'],
];

/** Reads `dsregcmd /status`, however its blanks and line breaks came through. */
export function readDsregcmd(lines: readonly Line[]): Reading {
  const facts: Fact[] = [];
  const used = new Set<number>();
  let section: string | null = null;
  for (const line of lines) {
    if (line.plain.length < shortest) continue;
    const title = sectionOf(line);
    section = title ?? section;
    const found = [...readAnswers(line, section), ...readDetails(line, section)];
    facts.push(...found);
    if (found.length > 0 || title !== null) used.add(line.number);
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
  const found = [...line.plain.matchAll(answer)];
  // In a table of a wiki or a chat, bars stand around the label.
  const label = /^\|? ?([^:=|]{1,60})/.exec(line.plain)?.[1]?.trim() ?? '';
  const isOwn = answers.some(([name]) => label.toLowerCase().endsWith(name.toLowerCase()));
  if (!isOwn && found.length < 2) return [];
  return found.flatMap((match) => {
    const known = answers.find(([name]) => name.toLowerCase() === match[1]?.toLowerCase());
    if (known === undefined || (section !== null && section !== known[2])) return [];
    return [{ name: known[1], value: match[2]?.toUpperCase() === 'YES', line: line.number }];
  });
}

function readDetails(line: Line, section: string | null): readonly Fact[] {
  const colon = line.plain.indexOf(':');
  if (colon < 0 || colon > 40) return [];
  const label = line.plain.slice(0, colon).trim().toLowerCase();
  const value = line.plain.slice(colon + 1).trim();
  const at = line.number;
  if (value === '') return emptyProxy(label, section, at);
  if (label === 'deviceauthstatus') return [{ name: 'join.device-auth', value, line: at }];
  if (label === 'drs discovery test') return [{ name: 'join.drs-discovery', value, line: at }];
  if (label === 'access type' && section === 'WinHttp Default Proxy Config') {
    return [{ name: 'proxy.winhttp.mode', value: /^direct$/i.test(value) ? 'direct' : 'named', line: at }];
  }
  if (section !== 'IE Proxy Config for Current User') return [];
  if (label === 'proxy server list') return [{ name: 'proxy.user.server', value, line: at }];
  if (label === 'auto-configuration url') return [{ name: 'proxy.user.auto-config-url', value, line: at }];
  return [];
}

/** This section prints an empty value for "none", where other sections leave the line out. */
function emptyProxy(label: string, section: string | null, line: number): Fact[] {
  if (section !== 'IE Proxy Config for Current User') return [];
  if (label === 'proxy server list') return [{ name: 'proxy.user.server', value: 'absent', line }];
  if (label === 'auto-configuration url')
    return [{ name: 'proxy.user.auto-config-url', value: 'absent', line }];
  return [];
}
