import assert from 'node:assert/strict';
import { diagnose, judge } from '../../src/diagnosis/diagnose.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import type { FindingCode } from '../../src/domain/diagnosis.ts';
import { findingOf, judgeReport } from './judging.ts';
import { buildReport, type Changes } from './report-builder.ts';
import { route } from './route-builder.ts';

const asOther: Changes = { 'run.elevated': 'yes', 'run.account': 'other' };
const asOneself: Changes = { 'run.elevated': 'yes', 'run.account': 'logged-on' };
const narrow: Changes = { 'run.shell-bits': '32', 'run.os-bits': '64' };

describe('A report that was made under another account', () => {
  /** Each is wrong for the account that ran the script; the person's own may be fine, or the other way round. */
  const theirs: readonly (readonly [FindingCode, Changes])[] = [
    ['tls12-wininet', { 'wininet.user.secure-protocols': '0xa0' }],
    ['tls12-wininet', { 'wininet.user-policy.secure-protocols': '0xa0' }],
    ['proxy', { 'proxy.user.enabled': '0x1', 'proxy.user.server': 'host-1:8080' }],
    ['network', { 'probe.oneclient.sfx.ms.tcp443': 'timeout' }],
    ['tls-handshake', { 'probe.login.microsoftonline.com.tls12': 'failed: 0x80090326' }],
    ['tls-interception', { 'probe.device.login.microsoftonline.com.issuer': 'CN=Fabrikam Web Gateway CA' }],
    ['onedrive-version', { 'onedrive.version': null }],
    [
      'join-state',
      { 'join:dsregcmd /status': ['AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO'] },
    ],
  ];
  for (const [code, changes] of theirs) {
    it(`says nothing about ${code}, right or wrong: ${Object.keys(changes).at(-1)}`, () => {
      assert.equal(severityOf(code, [asOther]), 'unknown');
      assert.equal(severityOf(code, [asOther, changes]), 'unknown');
      assert.notEqual(severityOf(code, [asOneself]), severityOf(code, [asOneself, changes]));
    });
  }

  /** What belongs to the PC, whoever looks. */
  const machine: readonly (readonly [FindingCode, Changes])[] = [
    ['tls12-schannel', { 'schannel.tls12.enabled': '0x0' }],
    ['tls12-winhttp', { 'winhttp.wow64.default-secure-protocols': '0xa0' }],
    ['tls12-wininet', { 'wininet.machine-policy.secure-protocols': '0xa0' }],
    ['cipher-suites', { 'suites:Get-TlsCipherSuite': ['TLS_RSA_WITH_AES_128_CBC_SHA'] }],
    ['curves', { 'curves:Get-TlsEccCurve': ['curve25519'] }],
    ['clock', { 'clock.offset-seconds': '-4000' }],
  ];
  for (const [code, changes] of machine) {
    it(`still shows what is wrong with the PC: ${code}`, () => {
      assert.equal(severityOf(code, [asOther, changes]), 'fail');
    });
  }

  it('never passes, even where everything that it shows is right', () => {
    assert.equal(judgeReport([asOther]).verdict, 'unknown');
    assert.equal(judgeReport([asOneself]).verdict, 'pass');
  });

  it('knows how the PC is joined, and nothing of work accounts in Windows', () => {
    const lines = ['AzureAdJoined : NO', 'DomainJoined : NO', 'WorkplaceJoined : YES'];
    const joined = { 'join:dsregcmd /status': lines };
    assert.equal(findingOf(judgeReport([asOther]).findings, 'join-state').variant, 'hybrid-prt-unknown');
    assert.equal(findingOf(judgeReport([asOther, joined]).findings, 'join-state').variant, 'unknown');
  });

  it('stays as it is when any fact of it is missing, its account included', () => {
    const parsed = parseText(buildReport(asOther));
    for (const missing of parsed.facts) {
      const left = parsed.facts.filter((fact) => fact !== missing);
      const { verdict } = judge(parsed, left, { at: '2026-05-04', route: () => route });
      assert.notEqual(verdict, 'pass', missing.name);
    }
  });
});

describe('A report of a 32-bit window on a 64-bit Windows', () => {
  it('does not judge what the other half of the registry holds', () => {
    const off = { 'winhttp.native.default-secure-protocols': '0xa0' };
    assert.equal(severityOf('tls12-winhttp', [off]), 'fail');
    assert.equal(severityOf('tls12-winhttp', [narrow, off]), 'unknown');
  });

  it('is judged in full when the batch file made it, which asks for the right half', () => {
    const batch = { ...narrow, 'report.script': 'handshake-check.cmd 1.0.0' };
    assert.equal(severityOf('tls12-winhttp', [batch]), 'pass');
  });
});

describe('A step that was done', () => {
  const dheOnly = { 'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] };
  const recommend = (changes: Changes, ...done: readonly string[]) =>
    diagnose(buildReport(changes), { at: '2026-05-04', route: () => route, done: () => done }).recommendation;

  it('is not named again while what it should mend is still wrong', () => {
    assert.equal(recommend(dheOnly).step, 'cipher-enable');
    assert.equal(recommend(dheOnly, 'cipher-enable').step, 'cipher-policy');
  });

  it('leads to a person when no other step is left for it', () => {
    const { step, reasons } = recommend(dheOnly, 'cipher-enable', 'cipher-policy');
    assert.deepEqual([step, reasons], [null, ['cipher-suites']]);
  });

  it('hands over to another cause once its own is mended', () => {
    assert.equal(recommend({ 'curves:Get-TlsEccCurve': ['curve25519'] }, 'cipher-enable').step, 'curves');
  });

  it('counts for the PC on which it was done', () => {
    const asked: (string | null)[] = [];
    diagnose(buildReport({ 'run.device': '0f1e2d3c4b5a6978' }), {
      at: '2026-05-04',
      route: () => route,
      done: (device) => {
        asked.push(device);
        return [];
      },
    });
    assert.deepEqual(asked, ['0f1e2d3c4b5a6978']);
  });
});

function severityOf(code: FindingCode, changes: readonly Changes[]) {
  return findingOf(judgeReport(changes).findings, code).severity;
}
