import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { findingOf, judgeReport, type Row, testRows } from './judging.ts';
import { type Changes, systems } from './report-builder.ts';
import { route } from './route-builder.ts';

const dhe = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'];
const cbc = ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'TLS_RSA_WITH_AES_256_CBC_SHA'];
const list = (names: readonly string[]): Changes => ({ 'suites:Get-TlsCipherSuite': names });

const rows: readonly Row[] = [
  ['Windows 11 as installed', [], 'cipher-suites', 'pass accepted', 'pass'],
  ['Windows 10 as installed', [systems['windows-10-22h2']], 'os-support', 'info windows-10-ended', 'pass'],
  ['Windows 7, all settings right', [systems['windows-7']], 'os-support', 'warn out-of-support', 'warn'],

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
];

describe('The judgement of suites, curves and algorithms', () => {
  testRows(rows);

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

describe('The day on which DHE was retired', () => {
  it('turns a list of DHE alone from pass to fail', () => {
    const at = (day: string) => findingOf(judgeReport([list(dhe)], day).findings, 'cipher-suites').severity;
    assert.deepEqual(['2026-03-31', '2026-04-01'].map(at), ['pass', 'fail']);
  });
});
