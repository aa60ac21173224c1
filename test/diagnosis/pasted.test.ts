import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decode } from '../../src/diagnosis/decode.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Fact, FindingCode } from '../../src/domain/diagnosis.ts';
import { route } from './route-builder.ts';

type Expected = {
  readonly facts?: Readonly<Record<string, Fact['value'] | null>>;
  readonly findings?: Partial<Record<FindingCode, string>>;
  readonly kind?: string;
};

const gcm256 = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const gcm128 = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const dhe256 = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';

const files: Readonly<Record<string, Expected>> = {
  'suites-format-list.txt': {
    kind: 'cipher-suites',
    facts: { 'cipher.suites': [gcm256, 'TLS_RSA_WITH_AES_128_CBC_SHA'], 'cipher.source': 'cmdlet' },
    findings: { 'cipher-suites': 'pass accepted' },
  },
  'suites-hard-wrapped.txt': { findings: { 'cipher-suites': 'pass accepted' } },
  'suites-ellipsis.txt': {
    facts: { 'cipher.truncated': true },
    findings: { 'cipher-suites': 'unknown unknown' },
  },
  'suites-chat-bullets.txt': { findings: { 'cipher-suites': 'pass accepted' } },
  'suites-json.txt': { findings: { 'cipher-suites': 'warn cbc-only' } },
  'suites-csv.txt': { facts: { 'cipher.suites': [gcm128, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'] } },
  'suites-filtered.txt': { findings: { 'cipher-suites': 'unknown truncated' } },
  'suites-two-machines.txt': { findings: { 'cipher-suites': 'unknown several-lists' } },
  'suites-in-an-article.txt': { kind: 'unrecognised', facts: { 'cipher.suites': null } },
  'suites-markdown-table.txt': { findings: { 'cipher-suites': 'pass accepted' } },
  'regedit-text-german.txt': {
    kind: 'registry',
    facts: { 'schannel.tls12.enabled': 0, 'schannel.tls12.client': 'off' },
    findings: { 'tls12-schannel': 'fail off' },
  },
  'powershell-list-shortened.txt': {
    facts: { 'cipher.local': null, 'cipher.suites': null },
    findings: { 'cipher-suites': 'unknown unknown' },
  },
  'settings-page-german.txt': { facts: { 'os.family': 'windows-11', 'os.build': 22631 } },
  'recipe-reg-add.txt': {
    kind: 'unrecognised',
    facts: { 'cipher.suites': null, 'schannel.tls12.client': null, 'winhttp.native': null },
  },
  'reg-query-schannel-german.txt': {
    kind: 'registry',
    facts: {
      'os.family': 'windows-10',
      'os.build': 19045,
      'schannel.tls12.client': 'on',
      'schannel.tls12.enabled': 0xffff_ffff,
      'winhttp.native': null,
    },
    findings: { 'tls12-schannel': 'pass on', 'tls12-winhttp': 'unknown unknown' },
  },
  'reg-query-winhttp-views.txt': {
    facts: { 'winhttp.native': 0xaa0, 'winhttp.wow64': 0xa0 },
    findings: { 'tls12-winhttp': 'fail lacks-tls12' },
  },
  'reg-query-other-hives.txt': {
    facts: { 'wininet.protocols': null, 'schannel.tls12.client': null },
    findings: { 'tls12-schannel': 'unknown unknown', 'tls12-wininet': 'unknown unknown' },
  },
  'reg-query-policy-wrapped.txt': {
    facts: {
      'cipher.suites': ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', gcm256, dhe256],
      'cipher.source': 'policy',
      'curves.list': ['NistP384', 'NistP256'],
    },
    findings: { 'cipher-policy': 'info sets-list', curves: 'pass shared' },
  },
  'registry-export-utf16.reg': {
    facts: {
      'cipher.suites': [dhe256, 'TLS_RSA_WITH_AES_128_CBC_SHA'],
      'schannel.tls12.client': 'on',
      'schannel.aes256.enabled': null,
      'wininet.protocols': null,
    },
    findings: { 'cipher-suites': 'fail dhe-only', 'cipher-policy': 'warn blocks' },
  },
  'powershell-hive.txt': {
    facts: { 'schannel.tls12.client': 'on', 'schannel.tls12.disabled-by-default': 0 },
    findings: { 'tls12-schannel': 'pass on' },
  },
  'powershell-item-property.txt': { facts: { 'winhttp.native': 2560, 'winhttp.wow64': null } },
  'dsregcmd-one-line.txt': { facts: { 'join.state': 'entra' } },
  'dsregcmd-entra-diagnostics.txt': {
    kind: 'dsregcmd',
    facts: { 'join.state': 'entra', 'join.domain': false },
    findings: { 'join-state': 'warn entra-no-prt', network: 'fail discovery' },
  },
  'netsh-german-direct.txt': {
    kind: 'winhttp-proxy',
    facts: { 'proxy.winhttp.mode': 'direct' },
    findings: { proxy: 'pass winhttp-direct' },
  },
  'netsh-french-proxy.txt': {
    facts: { 'proxy.winhttp.server': 'passerelle.fabrikam.example:3128' },
    findings: { proxy: 'info winhttp-named' },
  },
  'systeminfo-spanish.txt': {
    kind: 'windows-version',
    facts: { 'os.family': 'server-2019', 'os.build': 17763 },
  },
  'ver-windows-7.txt': {
    facts: { 'os.family': 'windows-7' },
    findings: { 'os-support': 'warn out-of-support' },
  },
};

describe('Output pasted without the script', () => {
  for (const [file, expected] of Object.entries(files)) {
    it(`reads and judges ${file}`, () => {
      const { report, facts, findings } = diagnoseFile(file);
      for (const [name, value] of Object.entries(expected.facts ?? {})) {
        assert.deepEqual(facts.find((fact) => fact.name === name)?.value ?? null, value, name);
      }
      for (const [code, outcome] of Object.entries(expected.findings ?? {})) {
        const finding = findings.find((candidate) => candidate.code === code);
        assert.equal(`${finding?.severity} ${finding?.variant}`, outcome, code);
      }
      if (expected.kind !== undefined) assert.equal(report.kind, expected.kind);
    });
  }

  it('never passes as a whole: a piece shows one thing', () => {
    for (const file of Object.keys(files)) assert.notEqual(diagnoseFile(file).verdict, 'pass', file);
  });

  it('is mixed when several tools speak', () => {
    const text = ['suites-format-list.txt', 'netsh-german-direct.txt'].map(read).join('\n');
    assert.equal(diagnose(text, options).report.kind, 'mixed');
  });

  it('makes a property unknown that is stated in two ways', () => {
    const text = ['netsh-german-direct.txt', 'netsh-french-proxy.txt'].map(read).join('\n');
    const { facts } = diagnose(text, options);
    assert.equal(
      facts.some((fact) => fact.name === 'proxy.winhttp.mode'),
      false,
    );
  });

  it('reads odd characters that a chat wrote in code', () => {
    const { facts } = diagnose('AzureAdJoined&#8203; &#65306; YES\nDomainJoined&#160;:&#160;NO', options);
    assert.deepEqual(
      facts.filter(({ name }) => name !== 'join.state').map(({ name, value }) => [name, value]),
      [
        ['join.azure-ad', true],
        ['join.domain', false],
      ],
    );
  });

  it('reads no value from a label of dsregcmd that has none behind it', () => {
    const user = ['IE Proxy Config for Current User', 'Proxy Server Lists', 'Auto-Configuration URLs'];
    const text = [...user, 'WinHttp Default Proxy Config', 'Access Types', 'DeviceAuthStatus?'].join('\n');
    assert.deepEqual(diagnose(text, options).facts, []);
  });

  it('takes the system that the person named where the text names none', () => {
    const text =
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client\n  Enabled  REG_DWORD  0x1';
    const schannel = (os: 'windows-7' | 'windows-11' | null) =>
      diagnose(text, { ...options, os }).findings.find(({ code }) => code === 'tls12-schannel')?.severity;
    assert.deepEqual(
      [schannel(null), schannel('windows-7'), schannel('windows-11')],
      ['unknown', 'fail', 'pass'],
    );
  });
});

const options = { at: '2026-05-04', route: () => route };

function read(file: string): string {
  return decode(readFileSync(new URL(`../fixtures/reports/${file}`, import.meta.url))).text;
}

function diagnoseFile(file: string) {
  return diagnose(read(file), options);
}
