import { policyLimit } from '../diagnosis/derive.ts';
import { fact, isAbsent, listOf, numberOf } from '../diagnosis/facts.ts';
import { stripCurve } from '../diagnosis/parse/suite-names.ts';
import type { Diagnosis, Fact } from '../domain/diagnosis.ts';
import { hasSuiteCmdlets, type RegistryChange, type RegistryData } from '../domain/remedy.ts';
import { type Plan, policyPaths, preferences } from './plan.ts';

type Facts = readonly Fact[];

const tls12 = 0x800;
const on = 0xffff_ffff;
const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const internetSettings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const sslPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';

export function planSchannel({ facts }: Diagnosis): readonly Plan[] {
  const client = `${schannel}\\Protocols\\TLS 1.2\\Client`;
  const isOn = (numberOf(fact(facts, 'schannel.tls12.enabled')) ?? 0) !== 0;
  const registry = [
    ...(isOn ? [] : change(facts, 'schannel.tls12.enabled', client, 'Enabled', 1)),
    ...change(facts, 'schannel.tls12.disabled-by-default', client, 'DisabledByDefault', 0),
  ];
  return plan({ kind: 'schannel', finding: 'tls12-schannel', policyPath: preferences, registry });
}

/** Each view by itself: one that is in order stays as it is. */
export function planWinhttp({ facts, os }: Diagnosis): readonly Plan[] {
  const isOff = (found: Fact | undefined) => isAbsent(found) && hasOldWinhttp(os);
  const views = [
    ['winhttp.native', `HKLM\\SOFTWARE\\${internetSettings}\\WinHttp`],
    ['winhttp.wow64', `HKLM\\SOFTWARE\\Wow6432Node\\${internetSettings}\\WinHttp`],
  ] as const;
  const registry = views.flatMap(([name, path]) => {
    const found = fact(facts, name);
    return lacks(found) || isOff(found) ? addBit(found, path, 'DefaultSecureProtocols') : [];
  });
  return plan({ kind: 'winhttp', finding: 'tls12-winhttp', policyPath: preferences, registry });
}

/** The values of a person and those of the PC are set by different accounts, so they are plans of their own. */
export function planWininet({ facts }: Diagnosis): readonly Plan[] {
  const places = [
    ['wininet.policy.machine', 'wininet-machine-policy', 'HKLM\\SOFTWARE\\Policies', policyPaths.machine],
    ['wininet.policy.user', 'wininet-user-policy', 'HKCU\\Software\\Policies', policyPaths.user],
    ['wininet.protocols', 'wininet-user', 'HKCU\\Software', policyPaths.userPreferences],
  ] as const;
  return places.flatMap(([name, kind, root, policyPath]) => {
    const found = fact(facts, name);
    const registry = lacks(found) ? addBit(found, `${root}\\${internetSettings}`, 'SecureProtocols') : [];
    return plan({ kind, finding: 'tls12-wininet', policyPath, registry });
  });
}

/** Suites that every documented policy of the service accepts, and that Windows 10 and newer have. */
const acceptedSuites = ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'];

/** Older Windows has none of these suites: nothing to switch on. */
export function planSuites({ facts, os }: Diagnosis): readonly Plan[] {
  if (!hasCmdlets(os, fact(facts, 'cipher.cmdlet'))) return [];
  const policy = listOf(fact(facts, 'cipher.policy'));
  if (policy !== null) return planSuitesPolicy(policy);
  const names = listOf(fact(facts, 'cipher.suites')) ?? [];
  const missing = acceptedSuites.filter((suite) => !names.includes(suite));
  return plan({
    kind: 'suites',
    finding: 'cipher-suites',
    policyPath: policyPaths.suites,
    registry: [],
    switchOn: { list: 'suites', names: missing },
  });
}

function planSuitesPolicy(policy: readonly string[]): readonly Plan[] {
  const missing = acceptedSuites.filter((suite) => !policy.map(stripCurve).includes(suite));
  const names = withinLimit([...missing, ...policy]);
  const registry = changeList(sslPolicy, 'Functions', 'REG_SZ', names, policy);
  return plan({
    kind: 'suites-policy',
    finding: 'cipher-suites',
    policyPath: policyPaths.suites,
    registry,
  });
}

/** Windows reads the first 1,023 characters of the policy and no more, so what is beyond was never on. */
function withinLimit(names: readonly string[]): readonly string[] {
  let length = -1;
  const last = names.findIndex((name) => {
    length += name.length + 1;
    return length > policyLimit;
  });
  return last < 0 ? names : names.slice(0, last);
}

const acceptedCurves = ['NistP256', 'NistP384'];

export function planCurves({ facts, os }: Diagnosis): readonly Plan[] {
  const policy = listOf(fact(facts, 'curves.policy'));
  const finding = 'curves';
  const policyPath = policyPaths.curves;
  if (policy !== null) {
    const names = [...acceptedCurves.filter((curve) => !policy.includes(curve)), ...policy];
    const registry = changeList(sslPolicy, 'EccCurves', 'REG_MULTI_SZ', names, policy);
    return plan({ kind: 'curves-policy', finding, policyPath, registry });
  }
  if (!hasCmdlets(os, fact(facts, 'curves.cmdlet'))) return [];
  const switchOn = { list: 'curves', names: acceptedCurves } as const;
  return plan({ kind: 'curves', finding, policyPath, registry: [], switchOn });
}

const switches = [
  ['schannel.ecdh.enabled', 'KeyExchangeAlgorithms\\ECDH'],
  ['schannel.aes128.enabled', 'Ciphers\\AES 128/128'],
  ['schannel.aes256.enabled', 'Ciphers\\AES 256/256'],
  ['schannel.hash.sha.enabled', 'Hashes\\SHA'],
  ['schannel.hash.sha256.enabled', 'Hashes\\SHA256'],
  ['schannel.hash.sha384.enabled', 'Hashes\\SHA384'],
] as const;

export function planAlgorithms({ facts }: Diagnosis): readonly Plan[] {
  const registry = switches
    .filter(([name]) => numberOf(fact(facts, name)) === 0)
    .flatMap(([name, key]) => change(facts, name, `${schannel}\\${key}`, 'Enabled', on));
  return plan({ kind: 'algorithms', finding: 'key-exchange', policyPath: preferences, registry });
}

/** No plan where nothing would change. */
function plan({ switchOn = null, ...rest }: Omit<Plan, 'switchOn'> & Partial<Plan>): readonly Plan[] {
  return rest.registry.length > 0 || (switchOn !== null && switchOn.names.length > 0)
    ? [{ ...rest, switchOn }]
    : [];
}

/** Only what the report showed can be put back, so a value that it did not show stays untouched. */
function change(facts: Facts, fromFact: string, path: string, name: string, value: number): RegistryChange[] {
  const found = fact(facts, fromFact);
  if (found === undefined || numberOf(found) === value) return [];
  return [{ path, name, set: dword(value), bits: null, undo: undoOf(found) }];
}

function addBit(found: Fact | undefined, path: string, name: string): RegistryChange[] {
  if (found === undefined) return [];
  const value = ((numberOf(found) ?? 0) | tls12) >>> 0;
  return [{ path, name, set: dword(value), bits: tls12, undo: undoOf(found) }];
}

/** Names go into commands that administrators run, so a report with anything else in them gets none. */
function changeList(
  path: string,
  name: string,
  type: 'REG_SZ' | 'REG_MULTI_SZ',
  names: readonly string[],
  before: readonly string[],
): RegistryChange[] {
  if (![...names, ...before].every((each) => /^[A-Za-z0-9_]{1,100}$/.test(each))) return [];
  const data = (list: readonly string[]): RegistryData =>
    type === 'REG_SZ' ? { type, value: list.join(',') } : { type, value: list };
  return [{ path, name, set: data(names), bits: null, undo: data(before) }];
}

function dword(value: number): RegistryData {
  return { type: 'REG_DWORD', value };
}

function undoOf(found: Fact): RegistryData | null {
  const value = numberOf(found);
  return value === null ? null : dword(value);
}

function lacks(found: Fact | undefined): boolean {
  const bits = numberOf(found);
  return bits !== null && (bits & tls12) === 0;
}

function hasOldWinhttp(os: Diagnosis['os']): boolean {
  return ['windows-7', 'windows-8', 'server-2008-r2', 'server-2012'].includes(os ?? '');
}

function hasCmdlets(os: Diagnosis['os'], shown: Fact | undefined): boolean {
  return os === null ? listOf(shown) !== null : hasSuiteCmdlets(os);
}
