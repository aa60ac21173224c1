import assert from 'node:assert/strict';
import { deriveFacts } from '../../src/diagnosis/derive.ts';
import { diagnose, judge } from '../../src/diagnosis/diagnose.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import type { Fact, FindingCode } from '../../src/domain/diagnosis.ts';
import type { Remedy } from '../../src/domain/remedy.ts';
import { remediationFor } from '../../src/remediation/remediation.ts';
import { allCases } from '../diagnosis/labelled/all.ts';
import { buildReport, type Changes, systems } from '../diagnosis/report-builder.ts';
import { route } from '../diagnosis/route-builder.ts';

const options = { at: '2026-05-04', route: () => route };
const mended: readonly FindingCode[] = [
  'tls12-schannel',
  'tls12-winhttp',
  'tls12-wininet',
  'cipher-suites',
  'curves',
  'key-exchange',
];
const dheOnly = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'];
const longPolicy = Array.from({ length: 40 }, (_, at) => `TLS_ECDHE_ECDSA_WITH_AES_${100 + at}_CBC_SHA`);

/** Every failure of a setting, and what is around it. */
const broken: readonly (readonly [situation: string, ...changes: readonly Changes[]])[] = [
  ['TLS 1.2 off', { 'schannel.tls12.enabled': '0x0' }],
  [
    'TLS 1.2 off by default',
    { 'schannel.tls12.enabled': '0x1', 'schannel.tls12.disabled-by-default': '0x1' },
  ],
  [
    'a Windows 7 without the values',
    systems['windows-7'],
    {
      'schannel.tls12.enabled': 'absent',
      'schannel.tls12.disabled-by-default': 'absent',
      'winhttp.native.default-secure-protocols': 'absent',
      'winhttp.wow64.default-secure-protocols': '0xa0',
    },
  ],
  [
    'a 32-bit Windows 7',
    systems['windows-7'],
    {
      'run.os-bits': '32',
      'winhttp.native.default-secure-protocols': '0xa0',
      'winhttp.wow64.default-secure-protocols': 'unavailable',
    },
  ],
  ['WinHTTP without TLS 1.2 in one view', { 'winhttp.wow64.default-secure-protocols': '0x2080' }],
  ["the user's boxes", { 'wininet.user.secure-protocols': '0xa0' }],
  ['the boxes by policy of the PC', { 'wininet.machine-policy.secure-protocols': '0xa0' }],
  [
    'the boxes by both policies',
    {
      'wininet.machine-policy.secure-protocols': '0x80',
      'wininet.user-policy.secure-protocols': '0x20',
    },
  ],
  ['suites of the past', systems['windows-10-22h2'], { 'suites:Get-TlsCipherSuite': dheOnly }],
  [
    'a policy with suites of the past',
    systems['windows-10-22h2'],
    {
      'suites:Get-TlsCipherSuite': dheOnly,
      'suites.policy.functions': dheOnly.join(','),
    },
  ],
  [
    'a policy as long as it may be',
    systems['windows-10-22h2'],
    {
      'suites:Get-TlsCipherSuite': longPolicy,
      'suites.policy.functions': longPolicy.join(','),
    },
  ],
  ['a curve that the service lacks', { 'curves:Get-TlsEccCurve': ['curve25519'] }],
  ['the same by policy', { 'curves:Get-TlsEccCurve': null, 'curves.policy.curves': 'curve25519' }],
  ['ECDH off', { 'schannel.ecdh.enabled': '0x0' }],
  ['AES off', { 'schannel.aes128.enabled': '0x0', 'schannel.aes256.enabled': '0x0' }],
  ['hashes off', { 'schannel.hash.sha.enabled': '0x0', 'schannel.hash.sha384.enabled': '0x0' }],
];
const labelled = allCases.map(({ name, text }) => [name, text] as const);
const texts = [...broken.map(([name, ...changes]) => [name, buildReport(...changes)] as const), ...labelled];

describe('The remediation for a setting that fails', () => {
  for (const [name, text] of texts) {
    const diagnosis = diagnose(text, options);
    const remedies = remediationFor(diagnosis);
    const failing = diagnosis.findings.filter(
      ({ code, severity }) => severity === 'fail' && remedies.some(({ finding }) => finding === code),
    );
    if (failing.length === 0) continue;

    it(`makes it pass: ${name}`, () => {
      const after = severitiesWith(text, apply(parseText(text).facts, remedies));
      // A pasted piece may leave the version of Windows open, on which the judgement then waits.
      const settled = parseText(text).whole ? ['pass'] : ['pass', 'unknown'];
      for (const { code } of failing) {
        // An update for WinHTTP may be missing as well.
        const allowed = code === 'tls12-winhttp' ? [...settled, 'warn'] : settled;
        assert.ok(allowed.includes(after.get(code) ?? ''), `${code} is ${after.get(code)}`);
      }
    });

    it(`can be taken back exactly: ${name}`, () => {
      for (const { undo, path, name: value } of remedies.flatMap(({ registry }) => registry)) {
        const shown = factsOf(undo === null ? '' : regText(path, value, undo));
        const [changed] = factsOf(regText(path, value, { type: 'REG_DWORD', value: 1 }));
        const wanted = diagnosis.facts.find((fact) => fact.name === (shown[0] ?? changed)?.name);
        assert.ok(wanted, `${path}\\${value} is a fact`);
        assert.deepEqual(shown[0]?.value ?? 'absent', wanted.value);
      }
      for (const { commands, undoCommands } of remedies) {
        const names = (lines: readonly string[]) => lines.map((line) => /"TLS_\w+"|Nist\w+/.exec(line)?.[0]);
        const on = commands.filter((line) => line.startsWith('Enable-'));
        const off = undoCommands.filter((line) => line.startsWith('Disable-'));
        assert.deepEqual(names(off).toSorted(), names(on).toSorted());
      }
    });
  }

  it('is there for every failing setting that can be told', () => {
    for (const [name, ...changes] of broken) {
      const diagnosis = diagnose(buildReport(...changes), options);
      const failing = diagnosis.findings.filter(
        ({ code, severity }) => severity === 'fail' && mended.includes(code),
      );
      const covered = new Set(remediationFor(diagnosis).map(({ finding }) => finding));
      assert.ok(failing.length > 0, name);
      assert.deepEqual(
        failing.map(({ code }) => code).filter((code) => !covered.has(code)),
        [],
        name,
      );
    }
  });
});

describe('A remediation', () => {
  const remediesOf = (...changes: readonly Changes[]) =>
    remediationFor(diagnose(buildReport(...changes), options));

  it('is not needed where all is well', () => assert.deepEqual(remediesOf(), []));

  it('adds its bit and removes none', () => {
    const [remedy] = remediesOf({ 'winhttp.wow64.default-secure-protocols': '0x20a8' });
    assert.deepEqual(
      remedy?.registry.map(({ set, undo }) => [set.value, undo?.value]),
      [[0x28a8, 0x20a8]],
    );
    assert.match(remedy?.intune.remediate ?? '', /-bor 0x800/);
  });

  it('keeps a policy within 1,023 characters, with the new suites first', () => {
    const [remedy] = remediesOf(systems['windows-10-22h2'], {
      'suites:Get-TlsCipherSuite': longPolicy,
      'suites.policy.functions': longPolicy.join(','),
    });
    const [change] = remedy?.registry ?? [];
    assert.ok(change?.set.type === 'REG_SZ' && change.set.value.length <= 1023);
    assert.match(
      change.set.value,
      /^TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,/,
    );
  });

  it('has nothing to switch on where Windows lacks the suites', () => {
    assert.deepEqual(remediesOf(systems['windows-8.1'], { 'suites.local.functions': dheOnly.join(',') }), []);
  });

  it('takes nothing of a report into a command that is no name', () => {
    const hostile = "TLS_X';calc.exe;'";
    const remedies = remediesOf(systems['windows-10-22h2'], {
      'suites:Get-TlsCipherSuite': dheOnly,
      'suites.policy.functions': `${hostile},$(calc)`,
    });
    assert.ok(!JSON.stringify(remedies).toLowerCase().includes('calc'));
  });

  it('touches no value that the report did not show', () => {
    const text =
      '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client]\n"Enabled"=dword:00000000';
    const [remedy] = remediationFor(diagnose(`Windows Registry Editor Version 5.00\n\n${text}`, options));
    assert.deepEqual(
      remedy?.registry.map(({ name }) => name),
      ['Enabled'],
    );
  });

  it('runs as the person where the values are theirs', () => {
    const [remedy] = remediesOf({ 'wininet.user.secure-protocols': '0xa0' });
    assert.equal(remedy?.intune.runAs, 'user');
    assert.match(remedy.intune.detect, /logged-on credentials/);
  });

  it('reads as an administrator would write it', () => {
    const [remedy] = remediesOf({ 'schannel.tls12.enabled': '0x0' });
    const client =
      'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client';
    assert.deepEqual(remedy?.commands, [
      `reg add "HKLM\\${client}" /v Enabled /t REG_DWORD /d 0x1 /f`,
      `reg add "HKLM\\${client}" /v DisabledByDefault /t REG_DWORD /d 0x0 /f`,
    ]);
    assert.deepEqual(remedy.undoCommands, [
      `reg add "HKLM\\${client}" /v Enabled /t REG_DWORD /d 0x0 /f`,
      `reg delete "HKLM\\${client}" /v DisabledByDefault /f`,
    ]);
    assert.equal(
      remedy.undoRegFile,
      `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\${client}]\r\n"Enabled"=dword:00000000\r\n"DisabledByDefault"=-\r\n`,
    );
  });
});

function regText(
  path: string,
  name: string,
  data: { type: string; value: number | string | readonly string[] },
) {
  const key = path.replace('HKLM', 'HKEY_LOCAL_MACHINE').replace('HKCU', 'HKEY_CURRENT_USER');
  const spelt =
    typeof data.value === 'number'
      ? `dword:${data.value.toString(16)}`
      : `"${typeof data.value === 'string' ? data.value : data.value.join(',')}"`;
  return `[${key}]\n"${name}"=${spelt}`;
}

/** What our own parser reads out of a `.reg` text. */
function factsOf(text: string): readonly Fact[] {
  return parseText(text).facts.filter(({ name }) => !isDerived(name));
}

function isDerived(name: string): boolean {
  return /^(?:os\.family|schannel\.tls\d\d\.client|cipher\.(?:suites|source)|curves\.list|join\.state)$/.test(
    name,
  );
}

/** The facts of a PC on which the files and commands were run. */
function apply(facts: readonly Fact[], remedies: readonly Remedy[]): readonly Fact[] {
  let after = facts.filter(({ name }) => !isDerived(name));
  const put = (name: string, value: Fact['value']) => {
    const line = after.find((fact) => fact.name === name)?.line ?? 1;
    after = [...after.filter((fact) => fact.name !== name), { name, value, line }];
  };
  for (const { regFile, commands, kind } of remedies) {
    for (const { name, value } of factsOf(regFile ?? '')) put(name, value);
    const enabled = commands.flatMap((line) => /^Enable-Tls\w+ -Name "(\w+)"/.exec(line)?.[1] ?? []);
    const list = kind.startsWith('suites') ? 'cipher' : 'curves';
    const shown = after.find(({ name }) => name === `${list}.policy`)?.value;
    const known = after.find(({ name }) => name === `${list}.cmdlet`)?.value;
    // Windows shows by its cmdlets what the policy says.
    if (kind.endsWith('-policy') && Array.isArray(shown) && Array.isArray(known))
      put(`${list}.cmdlet`, shown);
    if (enabled.length > 0) put(`${list}.cmdlet`, [...enabled, ...(Array.isArray(known) ? known : [])]);
  }
  return after;
}

function severitiesWith(text: string, base: readonly Fact[]) {
  const facts = [...base, ...deriveFacts(base, text)];
  const { findings } = judge(parseText(text), facts, options);
  return new Map(findings.map(({ code, severity }) => [code, severity]));
}
