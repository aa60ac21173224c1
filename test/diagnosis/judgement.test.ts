import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Finding, FindingCode, Severity, Verdict } from '../../src/domain/diagnosis.ts';
import { buildReport, type Changes, systems } from './report-builder.ts';
import { route } from './route-builder.ts';

type Row = readonly [
  situation: string,
  broken: readonly Changes[],
  code: FindingCode,
  outcome: `${Severity} ${string}`,
  verdict: Verdict,
];

const dhe = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'];
const cbc = ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'TLS_RSA_WITH_AES_256_CBC_SHA'];
const list = (names: readonly string[]): Changes => ({ 'suites:Get-TlsCipherSuite': names });
const win7 = systems['windows-7'];
const login = 'probe.login.microsoftonline.com';

const rows: readonly Row[] = [
  ['Windows 11 as installed', [], 'cipher-suites', 'pass accepted', 'pass'],
  ['Windows 10 as installed', [systems['windows-10-22h2']], 'os-support', 'info windows-10-ended', 'pass'],
  ['Windows 7, all settings right', [win7], 'os-support', 'warn out-of-support', 'warn'],

  ['only retired DHE suites', [list(dhe)], 'cipher-suites', 'fail dhe-only', 'fail'],
  ['only CBC suites', [list(cbc)], 'cipher-suites', 'warn cbc-only', 'warn'],
  ['only static RSA', [list(['TLS_RSA_WITH_AES_256_GCM_SHA384'])], 'cipher-suites', 'fail none', 'fail'],
  ['only ECDSA', [list(['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'])], 'cipher-suites', 'fail none', 'fail'],
  [
    'one accepted suite at the end',
    [list([...cbc, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'])],
    'cipher-suites',
    'pass accepted',
    'pass',
  ],
  [
    'a poor order',
    [list([...cbc, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'])],
    'cipher-order',
    'info not-on-top',
    'pass',
  ],
  [
    'names that carry a curve',
    [list(['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384'])],
    'cipher-suites',
    'pass accepted',
    'pass',
  ],
  [
    'TLS 1.3 suites alone, TLS 1.3 on',
    [list(['TLS_AES_128_GCM_SHA256'])],
    'cipher-suites',
    'pass accepted',
    'pass',
  ],
  [
    'TLS 1.3 suites alone, TLS 1.3 off',
    [list(['TLS_AES_128_GCM_SHA256']), { 'schannel.tls13.enabled': '0x0' }],
    'cipher-suites',
    'fail none',
    'fail',
  ],
  [
    'a policy that keeps good suites out',
    [list(cbc), { 'suites.policy.functions': cbc.join(',') }],
    'cipher-policy',
    'warn blocks',
    'warn',
  ],
  [
    'a policy with good suites',
    [{ 'suites.policy.functions': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384' }],
    'cipher-policy',
    'info sets-list',
    'pass',
  ],

  ['TLS 1.2 switched off', [{ 'schannel.tls12.enabled': '0x0' }], 'tls12-schannel', 'fail off', 'fail'],
  [
    'TLS 1.2 on as 0xffffffff',
    [{ 'schannel.tls12.enabled': '0xffffffff', 'schannel.tls12.disabled-by-default': '0' }],
    'tls12-schannel',
    'pass on',
    'pass',
  ],
  [
    'TLS 1.2 on as 4294967295',
    [{ 'schannel.tls12.enabled': '4294967295' }],
    'tls12-schannel',
    'pass default-on',
    'pass',
  ],
  ['TLS 1.2 on as -1', [{ 'schannel.tls12.enabled': '-1' }], 'tls12-schannel', 'pass default-on', 'pass'],
  [
    'TLS 1.2 off by default',
    [{ 'schannel.tls12.enabled': '0x1', 'schannel.tls12.disabled-by-default': '0x1' }],
    'tls12-schannel',
    'fail off-by-default',
    'fail',
  ],
  [
    'nothing set on Windows 7',
    [win7, { 'schannel.tls12.enabled': 'absent', 'schannel.tls12.disabled-by-default': 'absent' }],
    'tls12-schannel',
    'fail default-off',
    'fail',
  ],
  [
    'TLS 1.0 and 1.1 off',
    [{ 'schannel.tls10.enabled': '0x0', 'schannel.tls11.enabled': '0x0' }],
    'tls12-schannel',
    'pass default-on',
    'pass',
  ],
  ['TLS 1.3 absent on Windows 10', [systems['windows-10-22h2']], 'tls12-schannel', 'pass default-on', 'pass'],

  [
    'WinHTTP without TLS 1.2',
    [{ 'winhttp.native.default-secure-protocols': '0xa0' }],
    'tls12-winhttp',
    'fail lacks-tls12',
    'fail',
  ],
  [
    'the 32-bit half without TLS 1.2',
    [
      {
        'winhttp.native.default-secure-protocols': '0xa00',
        'winhttp.wow64.default-secure-protocols': '0xa0',
      },
    ],
    'tls12-winhttp',
    'fail lacks-tls12',
    'fail',
  ],
  [
    'WinHTTP with TLS 1.3 alone',
    [{ 'winhttp.native.default-secure-protocols': '0x2000' }],
    'tls12-winhttp',
    'fail lacks-tls12',
    'fail',
  ],
  [
    'nothing set for WinHTTP on Windows 7',
    [win7, { 'winhttp.native.default-secure-protocols': 'absent' }],
    'tls12-winhttp',
    'fail default-off',
    'fail',
  ],
  [
    'a 32-bit Windows 7',
    [win7, { 'run.os-bits': '32', 'winhttp.wow64.default-secure-protocols': 'unavailable' }],
    'tls12-winhttp',
    'pass on',
    'warn',
  ],
  [
    'Windows 7 without the update',
    [win7, { 'updates.kb3140245': 'missing' }],
    'tls12-winhttp',
    'warn update-missing',
    'warn',
  ],
  ['nothing set for WinHTTP on Windows 8.1', [systems['windows-8.1']], 'tls12-winhttp', 'pass on', 'warn'],

  [
    'the box for TLS 1.2 not ticked',
    [{ 'wininet.user.secure-protocols': '0xa0' }],
    'tls12-wininet',
    'fail user-off',
    'fail',
  ],
  [
    'TLS 1.2 alone ticked',
    [{ 'wininet.user.secure-protocols': '0x800' }],
    'tls12-wininet',
    'pass user-on',
    'pass',
  ],
  [
    'a policy over good boxes',
    [{ 'wininet.machine-policy.secure-protocols': '0xa0' }],
    'tls12-wininet',
    'fail policy-off',
    'fail',
  ],
  [
    'a policy over bad boxes',
    [{ 'wininet.user.secure-protocols': '0xa0', 'wininet.user-policy.secure-protocols': '0xa80' }],
    'tls12-wininet',
    'pass policy-on',
    'pass',
  ],
  [
    'TLS 1.3 alone ticked',
    [{ 'wininet.user.secure-protocols': '0x2000' }],
    'tls12-wininet',
    'warn user-only-tls13',
    'warn',
  ],

  ['curve25519 alone', [{ 'curves:Get-TlsEccCurve': ['curve25519'] }], 'curves', 'fail none', 'fail'],
  ['NistP521 alone', [{ 'curves:Get-TlsEccCurve': ['NistP521'] }], 'curves', 'pass shared', 'pass'],
  ['ECDH off', [{ 'schannel.ecdh.enabled': '0x0' }], 'key-exchange', 'fail ecdh-off', 'fail'],
  ['SHA-384 off', [{ 'schannel.hash.sha384.enabled': '0x0' }], 'key-exchange', 'fail hash-off', 'fail'],
  ['AES-256 off', [{ 'schannel.aes256.enabled': '0x0' }], 'key-exchange', 'warn aes-half', 'warn'],
  [
    'AES-256 off with AES-256 suites alone',
    [list(['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384']), { 'schannel.aes256.enabled': '0x0' }],
    'key-exchange',
    'fail aes-half',
    'fail',
  ],
  [
    'both strengths of AES off',
    [{ 'schannel.aes256.enabled': '0x0', 'schannel.aes128.enabled': '0x0' }],
    'key-exchange',
    'fail aes-off',
    'fail',
  ],

  [
    'a name that DNS does not know',
    [{ [`${login}.dns`]: 'failed', [`${login}.tcp443`]: 'failed' }],
    'network',
    'fail dns',
    'fail',
  ],
  [
    'a port that does not answer',
    [{ [`${login}.tcp443`]: 'timeout', [`${login}.tls12`]: 'unreadable: no connection' }],
    'network',
    'fail unreachable',
    'fail',
  ],
  [
    'no direct way, but a proxy',
    [{ [`${login}.tcp443`]: 'timeout', 'proxy.user.enabled': '0x1', 'proxy.user.server': '10.1.2.3:8080' }],
    'network',
    'warn behind-proxy',
    'warn',
  ],
  [
    'a name that only the proxy knows',
    [{ [`${login}.dns`]: 'failed', [`${login}.via`]: 'proxy' }],
    'network',
    'pass reachable',
    'pass',
  ],
  [
    'a proxy that lets nothing through',
    [{ [`${login}.tcp443`]: 'failed', [`${login}.via`]: 'proxy', 'proxy.user.enabled': '0x1' }],
    'network',
    'fail proxy-blocks',
    'fail',
  ],
  [
    'a handshake without a connection',
    [{ [`${login}.tcp443`]: 'timeout', [`${login}.tls12`]: 'timeout' }],
    'tls-handshake',
    'unknown unknown',
    'fail',
  ],
  [
    'a handshake that fails although all settings pass',
    [{ [`${login}.tls12`]: 'failed: 0x80090326' }],
    'tls-handshake',
    'fail failed',
    'fail',
  ],
  [
    'an inspecting proxy',
    [{ [`${login}.issuer`]: 'CN=Fabrikam Web Gateway CA, O=Fabrikam' }],
    'tls-interception',
    'warn inspected',
    'warn',
  ],
  [
    'an inspected device sign-in',
    [{ 'probe.device.login.microsoftonline.com.issuer': 'CN=Fabrikam Web Gateway CA' }],
    'tls-interception',
    'fail device-login',
    'fail',
  ],
  [
    'an issuer that only sounds like one of the known',
    [{ [`${login}.issuer`]: 'CN=Not DigiCert at all' }],
    'tls-interception',
    'warn inspected',
    'warn',
  ],
  [
    'an issuer as curl prints it',
    [{ [`${login}.issuer`]: 'C=US; O=DigiCert Inc; CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1' }],
    'tls-interception',
    'pass direct',
    'pass',
  ],
  ['a clock an hour ahead', [{ 'clock.offset-seconds': '3600' }], 'clock', 'fail ahead', 'fail'],
  ['a clock two minutes behind', [{ 'clock.offset-seconds': '-120' }], 'clock', 'pass right', 'pass'],
  [
    'a proxy for programs alone, servers reached',
    [{ 'proxy.user.enabled': '0x1', 'proxy.user.server': '10.1.2.3:8080' }],
    'proxy',
    'info different',
    'pass',
  ],
  [
    'no proxy was ever set',
    [{ 'proxy.winhttp.mode': 'absent', 'proxy.user.enabled': 'absent' }],
    'proxy',
    'pass none',
    'pass',
  ],

  [
    'hybrid joined without a ticket',
    [{ 'join:dsregcmd /status': ['AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO'] }],
    'join-state',
    'warn hybrid-no-prt',
    'warn',
  ],
  [
    'registered without a ticket',
    [
      {
        'join:dsregcmd /status': [
          'AzureAdJoined : NO',
          'DomainJoined : NO',
          'WorkplaceJoined : YES',
          'AzureAdPrt : NO',
        ],
      },
    ],
    'join-state',
    'pass registered',
    'pass',
  ],
  [
    'joined, and the domain line is missing',
    [{ 'join:dsregcmd /status': ['AzureAdJoined : YES', 'AzureAdPrt : YES'] }],
    'join-state',
    'unknown unknown',
    'unknown',
  ],
];

describe('The judgement of a report', () => {
  for (const [situation, changes, code, expected, verdict] of rows) {
    it(`${situation}: ${code} is ${expected}`, () => {
      const diagnosis = judgeReport(changes);
      const { severity, variant } = findingOf(diagnosis.findings, code);
      assert.equal(`${severity} ${variant}`, expected);
      assert.equal(diagnosis.verdict, verdict);
    });
  }

  it('names every code once, whatever comes', () => {
    const { findings } = diagnose('hello', { at: '2026-05-04', route: () => route });
    assert.equal(new Set(findings.map((finding) => finding.code)).size, 16);
    assert.ok(findings.every((finding) => finding.severity === 'unknown' && finding.evidence.length === 0));
  });

  it('quotes the line of the suite that decides', () => {
    const { findings } = judgeReport([list([...cbc, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'])]);
    const { evidence } = findingOf(findings, 'cipher-suites');
    assert.deepEqual(
      evidence.map(({ text }) => text),
      ['| TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
    );
  });
});

describe('The suites that each Windows has by default', () => {
  const expected: readonly (readonly [keyof typeof systems, string, string])[] = [
    ['windows-7', 'warn cbc-only', 'pass accepted'],
    ['windows-8.1', 'warn cbc-only', 'pass accepted'],
    ['windows-10-21h2', 'pass accepted', 'pass accepted'],
    ['windows-10-22h2', 'pass accepted', 'pass accepted'],
    ['server-2016', 'pass accepted', 'pass accepted'],
    ['windows-11-21h2', 'pass accepted', 'pass accepted'],
    ['server-2022', 'pass accepted', 'pass accepted'],
    ['server-2025', 'pass accepted', 'pass accepted'],
  ];

  for (const [system, after, before] of expected) {
    it(`are ${after} on ${system} once DHE is retired, and ${before} the day before`, () => {
      assert.equal(suitesAt(system, '2026-04-02'), after);
      assert.equal(suitesAt(system, '2026-04-01'), after);
      assert.equal(suitesAt(system, '2026-03-31'), before);
    });
  }

  it('fail with DHE alone from 2026-04-01, not before', () => {
    const at = (day: string) => findingOf(judgeReport([list(dhe)], day).findings, 'cipher-suites').severity;
    assert.deepEqual(['2026-03-31', '2026-04-01'].map(at), ['pass', 'fail']);
  });
});

function suitesAt(system: keyof typeof systems, day: string): string {
  const { severity, variant } = findingOf(judgeReport([systems[system]], day).findings, 'cipher-suites');
  return `${severity} ${variant}`;
}

function judgeReport(changes: readonly Changes[], at = '2026-05-04') {
  return diagnose(buildReport(...changes), { at, route: () => route });
}

function findingOf(findings: readonly Finding[], code: FindingCode): Finding {
  const found = findings.find((finding) => finding.code === code);
  assert.ok(found);
  return found;
}
