import type { Fact } from '../../domain/diagnosis.ts';
import { parseDword } from '../facts.ts';
import { curveName } from './curves.ts';

/** The form of a key's value in docs/report-format.md. */
type Form = 'dword' | 'integer' | 'truth' | 'text' | 'suites' | 'curves';

const renamed: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'report.time-utc': 'report.time',
    'winhttp.native.default-secure-protocols': 'winhttp.native',
    'winhttp.wow64.default-secure-protocols': 'winhttp.wow64',
    'wininet.user.secure-protocols': 'wininet.protocols',
    'wininet.user-policy.secure-protocols': 'wininet.policy.user',
    'wininet.machine-policy.secure-protocols': 'wininet.policy.machine',
    'suites.policy.functions': 'cipher.policy',
    'suites.local.functions': 'cipher.local',
    'suites.cmdlet': 'cipher.cmdlet',
    'curves.policy.curves': 'curves.policy',
  }),
);

const protocols = ['tls10', 'tls11', 'tls12', 'tls13'];
const switches = ['ecdh', 'aes128', 'aes256', 'hash.sha', 'hash.sha256', 'hash.sha384', 'fips'];
const runtimes = ['v2.native', 'v2.wow64', 'v4.native', 'v4.wow64'];

const names: Readonly<Record<Form, readonly string[]>> = {
  dword: [
    ...protocols.map((version) => `schannel.${version}.enabled`),
    ...protocols.map((version) => `schannel.${version}.disabled-by-default`),
    ...switches.map((name) => `schannel.${name}.enabled`),
    ...[
      'winhttp.native',
      'winhttp.wow64',
      'wininet.protocols',
      'wininet.policy.user',
      'wininet.policy.machine',
    ],
    ...runtimes.flatMap((runtime) => [`dotnet.${runtime}.strong-crypto`, `dotnet.${runtime}.system-default`]),
    'proxy.user.enabled',
  ],
  integer: ['run.shell-bits', 'run.os-bits', 'os.build', 'os.revision', 'clock.offset-seconds'],
  truth: ['run.elevated'],
  text: [
    ...['format', 'script', 'script-sha256', 'case', 'time'].map((key) => `report.${key}`),
    ...['account', 'device', 'language-mode'].map((key) => `run.${key}`),
    ...['product', 'display-version', 'nt', 'type'].map((key) => `os.${key}`),
    ...['cipher.cmdlet', 'curves.cmdlet', 'updates.kb3140245', 'updates.kb2919355'],
    ...['proxy.winhttp.mode', 'proxy.user.server', 'proxy.user.auto-config-url', 'clock.server-date-utc'],
    ...['onedrive.version', 'onedrive.program'],
  ],
  suites: ['cipher.policy', 'cipher.local'],
  curves: ['curves.policy'],
};
type Known = { readonly name: string; readonly form: Form };
const renamedFrom: ReadonlyMap<string, string> = new Map([...renamed].map(([path, name]) => [name, path]));
const known = knownBySection();
const probe = /^probe\.[a-z0-9.-]{1,100}\.(?:dns|via|tcp443|tls12|issuer)$/;

/** By section, then by key. */
function knownBySection(): ReadonlyMap<string, ReadonlyMap<string, Known>> {
  const sections = new Map<string, Map<string, Known>>();
  for (const form of Object.keys(names) as Form[]) {
    for (const name of names[form]) {
      const path = renamedFrom.get(name) ?? name;
      const dot = path.indexOf('.');
      const section = path.slice(0, dot);
      const keys = sections.get(section) ?? new Map<string, Known>();
      sections.set(section, keys.set(path.slice(dot + 1), { name, form }));
    }
  }
  return sections;
}

function knownOf(section: string, key: string): Known | undefined {
  if (section === 'probe') {
    const name = `probe.${key.toLowerCase()}`;
    return probe.test(name) ? { name, form: 'text' } : undefined;
  }
  const keys = known.get(section);
  return keys?.get(key) ?? keys?.get(key.toLowerCase());
}

/** Longer than any of the words that stand for a value. */
const longestWord = 'unavailable'.length;

/** The fact behind `key = value` of a section; null for unknown keys and for what could not be read. */
export function reportFact(section: string, key: string, value: string, line: number): Fact | null {
  const found = knownOf(section, key);
  if (found === undefined || value === '' || /^unreadable\b/i.test(value)) return null;
  const { name, form } = found;
  const word = value.length > longestWord ? '' : value.toLowerCase();
  // Without the value, Windows has never been given a proxy for its services.
  if (name === 'proxy.winhttp.mode' && word === 'absent') return { name, value: 'direct', line };
  if (word === 'absent' || word === 'unavailable') return { name, value: word, line };
  const read = readValue(form, value);
  return read === null || (Array.isArray(read) && read.length === 0) ? null : { name, value: read, line };
}

function readValue(form: Form, value: string): Fact['value'] | null {
  switch (form) {
    case 'dword':
      return parseDword(value);
    case 'integer':
      return /^[+-]?\d{1,10}$/.test(value) ? Number(value) : null;
    case 'truth':
      return /^yes$/i.test(value) ? true : /^no$/i.test(value) ? false : null;
    case 'text':
      return value;
    case 'suites':
      return splitNames(value).map((name) => name.toUpperCase());
    case 'curves':
      return splitNames(value).map((name) => curveName(name) ?? name);
  }
}

function splitNames(value: string): readonly string[] {
  return value
    .replaceAll('\\0', ',')
    .split(/[, ]/)
    .filter((name) => name !== '');
}
