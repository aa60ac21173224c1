import type { Fact } from '../../domain/diagnosis.ts';
import { parseDword } from '../facts.ts';

/** A registry value as some tool showed it; `view` is the half of HKLM\SOFTWARE that was asked for. */
export type RegistryValue = {
  readonly key: string;
  readonly name: string;
  readonly data: string | readonly string[];
  readonly kind: 'number' | 'text' | 'list';
  readonly line: number;
  readonly view: 'native' | 'wow64';
};

type Meaning = { readonly fact: string; readonly as: 'number' | 'text' | 'list' };

const schannel = 'hklm\\system\\currentcontrolset\\control\\securityproviders\\schannel\\';
const internetSettings = 'microsoft\\windows\\currentversion\\internet settings';
const meanings: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    ...protocolMeanings(),
    [`${schannel}keyexchangealgorithms\\ecdh|enabled`]: number('schannel.ecdh.enabled'),
    [`${schannel}ciphers\\aes 128/128|enabled`]: number('schannel.aes128.enabled'),
    [`${schannel}ciphers\\aes 256/256|enabled`]: number('schannel.aes256.enabled'),
    [`${schannel}hashes\\sha|enabled`]: number('schannel.hash.sha.enabled'),
    [`${schannel}hashes\\sha256|enabled`]: number('schannel.hash.sha256.enabled'),
    [`${schannel}hashes\\sha384|enabled`]: number('schannel.hash.sha384.enabled'),
    'hklm\\system\\currentcontrolset\\control\\lsa\\fipsalgorithmpolicy|enabled':
      number('schannel.fips.enabled'),
    [`hklm\\software\\${internetSettings}\\winhttp|defaultsecureprotocols`]: number('winhttp.native'),
    [`hklm\\software\\wow6432node\\${internetSettings}\\winhttp|defaultsecureprotocols`]:
      number('winhttp.wow64'),
    [`hkcu\\software\\${internetSettings}|secureprotocols`]: number('wininet.protocols'),
    [`hkcu\\software\\policies\\${internetSettings}|secureprotocols`]: number('wininet.policy.user'),
    [`hklm\\software\\policies\\${internetSettings}|secureprotocols`]: number('wininet.policy.machine'),
    [`hkcu\\software\\${internetSettings}|proxyenable`]: number('proxy.user.enabled'),
    [`hkcu\\software\\${internetSettings}|proxyserver`]: text('proxy.user.server'),
    [`hkcu\\software\\${internetSettings}|autoconfigurl`]: text('proxy.user.auto-config-url'),
    'hklm\\software\\policies\\microsoft\\cryptography\\configuration\\ssl\\00010002|functions':
      list('cipher.policy'),
    'hklm\\software\\policies\\microsoft\\cryptography\\configuration\\ssl\\00010002|ecccurves':
      list('curves.policy'),
    'hklm\\system\\currentcontrolset\\control\\cryptography\\configuration\\local\\ssl\\00010002|functions':
      list('cipher.local'),
    'hklm\\software\\microsoft\\windows nt\\currentversion|productname': text('os.product'),
    'hklm\\software\\microsoft\\windows nt\\currentversion|displayversion': text('os.display-version'),
    'hklm\\software\\microsoft\\windows nt\\currentversion|currentbuild': text('os.build'),
    'hklm\\software\\microsoft\\windows nt\\currentversion|currentbuildnumber': text('os.build'),
    'hklm\\software\\microsoft\\windows nt\\currentversion|installationtype': text('os.type'),
    'hkcu\\software\\microsoft\\onedrive|version': text('onedrive.version'),
  }),
);

const meaningful: ReadonlySet<string> = new Set([...meanings.keys()].map((path) => path.split('|')[1] ?? ''));

function number(name: string): Meaning {
  return { fact: name, as: 'number' };
}
function text(name: string): Meaning {
  return { fact: name, as: 'text' };
}
function list(name: string): Meaning {
  return { fact: name, as: 'list' };
}

function protocolMeanings(): Record<string, Meaning> {
  return Object.fromEntries(
    ['1.0', '1.1', '1.2', '1.3'].flatMap((version) => {
      const key = `${schannel}protocols\\tls ${version}\\client`;
      const name = `schannel.tls${version.replace('.', '')}`;
      return [
        [`${key}|enabled`, number(`${name}.enabled`)],
        [`${key}|disabledbydefault`, number(`${name}.disabled-by-default`)],
      ];
    }),
  );
}

/**
 * The fact that a registry value stands for. The whole path decides: Server subkeys, ControlSet001 and the
 * hives of other users look alike and say nothing about this client.
 */
export function registryFact(value: RegistryValue): Fact | null {
  const name = value.name.toLowerCase();
  const meaning = meaningful.has(name) ? meanings.get(`${canonicalKey(value)}|${name}`) : undefined;
  if (meaning === undefined) return null;
  const data = convert(value, meaning);
  if (data === null || data.length === 0) return null;
  if (meaning.fact === 'os.build') {
    const build = Number(data);
    return Number.isInteger(build) ? { name: meaning.fact, value: build, line: value.line } : null;
  }
  if (meaning.fact === 'os.type') {
    const type = /server/i.test(String(data)) ? 'server' : 'client';
    return { name: meaning.fact, value: type, line: value.line };
  }
  return { name: meaning.fact, value: meaning.as === 'number' ? Number(data) : data, line: value.line };
}

function convert(value: RegistryValue, meaning: Meaning): string | readonly string[] | null {
  const { data } = value;
  switch (meaning.as) {
    case 'number':
      // Windows ignores a switch of the wrong type, so a REG_SZ "1" switches nothing.
      if (value.kind !== 'number' || typeof data !== 'string') return null;
      return parseDword(data)?.toString() ?? null;
    case 'text':
      return typeof data === 'string' ? data.trim() : null;
    case 'list':
      return typeof data === 'string' ? splitList(data) : data.flatMap(splitList);
  }
}

function splitList(joined: string): readonly string[] {
  return joined
    .replaceAll('\\0', ',')
    .split(/[,\0 ]/)
    .filter((name) => name !== '');
}

function canonicalKey({ key, view }: RegistryValue): string {
  const path = key
    .toLowerCase()
    .replace(/\\{2,}/g, '\\')
    .replace(/^(?:microsoft\.powershell\.core\\)?registry::/, '')
    .replace(/^(?:computer|arbeitsplatz)\\/, '')
    .replace(/^hkey_local_machine/, 'hklm')
    .replace(/^hkey_current_user/, 'hkcu')
    .replace(/^(hk\w\w):/, '$1')
    .replace(/\\$/, '');
  const other = 'hklm\\software\\wow6432node\\';
  if (view === 'native' || path.startsWith(other)) return path;
  return path.replace(/^hklm\\software\\/, other.replaceAll('$', '$$$$'));
}
