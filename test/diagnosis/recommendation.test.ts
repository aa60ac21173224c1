import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { buildReport, type Changes, systems } from './report-builder.ts';
import { route, step } from './route-builder.ts';

const noTicket: Changes = {
  'join:dsregcmd /status': ['AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO'],
};
const cbc = ['TLS_RSA_WITH_AES_128_CBC_SHA'];

describe('The recommended step', () => {
  const rows: readonly (readonly [string, Changes, string | null, readonly string[]])[] = [
    ['is a restart when all is well', {}, 'restart', []],
    [
      'mends the network before anything else',
      { 'probe.oneclient.sfx.ms.tcp443': 'timeout', 'schannel.tls12.enabled': '0x0' },
      'internet',
      ['network'],
    ],
    [
      'looks at the proxy where the direct way is closed',
      {
        'probe.oneclient.sfx.ms.tcp443': 'timeout',
        'proxy.winhttp.mode': 'named',
        'proxy:netsh winhttp show proxy': null,
        'proxy.user.enabled': '0x1',
        'proxy.user.server': 'p:80',
      },
      'proxy',
      ['network'],
    ],
    [
      'switches TLS 1.2 on in Windows',
      { 'schannel.tls12.enabled': '0x0' },
      'tls12-restore',
      ['tls12-schannel'],
    ],
    [
      'ticks the box for TLS 1.2',
      { 'wininet.user.secure-protocols': '0xa0' },
      'tls-protocols',
      ['tls12-wininet'],
    ],
    [
      'is a person where a policy greys the box out',
      { 'wininet.machine-policy.secure-protocols': '0xa0' },
      null,
      ['tls12-wininet'],
    ],
    [
      'adds suites on the PC where no policy forbids it',
      { 'suites:Get-TlsCipherSuite': cbc },
      'cipher-enable',
      ['cipher-suites'],
    ],
    [
      'changes the policy where it keeps the suites out',
      { 'suites:Get-TlsCipherSuite': cbc, 'suites.policy.functions': cbc.join(',') },
      'cipher-policy',
      ['cipher-suites', 'cipher-policy'],
    ],
    ['turns on a curve', { 'curves:Get-TlsEccCurve': ['curve25519'] }, 'curves', ['curves']],
    [
      'updates where the handshake fails for no visible reason',
      { 'probe.oneclient.sfx.ms.tls12': 'failed: 0x80090326' },
      'updates',
      ['tls-handshake'],
    ],
    ['rejoins a hybrid PC without a ticket when all else is right', noTicket, 'rejoin', ['join-state']],
    [
      'does not rejoin while the clock is unknown',
      { ...noTicket, 'clock.offset-seconds': null, 'report.time-utc': null },
      'clock',
      [],
    ],
    ['mends the clock before it rejoins', { ...noTicket, 'clock.offset-seconds': '900' }, 'clock', ['clock']],
  ];

  for (const [rule, changes, id, reasons] of rows) {
    it(rule, () => {
      const { recommendation } = judge(buildReport(changes));
      assert.equal(recommendation.step, id);
      assert.deepEqual(recommendation.reasons, reasons);
    });
  }

  it('never rejoins a PC that is only Entra joined or registered', () => {
    for (const answers of [
      ['AzureAdJoined : YES', 'DomainJoined : NO', 'AzureAdPrt : NO'],
      ['AzureAdJoined : NO', 'DomainJoined : NO', 'WorkplaceJoined : YES', 'AzureAdPrt : NO'],
    ]) {
      const { recommendation } = judge(buildReport({ 'join:dsregcmd /status': answers }));
      assert.notEqual(recommendation.step, 'rejoin');
      assert.ok(
        recommendation.ruledOut.some((each) => each.step === 'rejoin' && each.reason === 'join-state'),
      );
    }
  });

  it('never touches the suites when they pass', () => {
    const others: readonly Changes[] = [
      {},
      { 'schannel.tls12.enabled': '0x0' },
      { 'curves:Get-TlsEccCurve': ['curve25519'] },
    ];
    for (const changes of others) {
      const { ruledOut, step: next } = judge(buildReport(changes)).recommendation;
      assert.notEqual(next, 'cipher-enable');
      assert.ok(ruledOut.some((each) => each.step === 'cipher-enable' && each.reason === 'cipher-suites'));
    }
  });

  it('names what the step needs', () => {
    const { needs } = judge(buildReport({ 'suites:Get-TlsCipherSuite': cbc })).recommendation;
    assert.deepEqual(needs, ['administrator', 'restart']);
  });

  it('is a person when no step of the route mends what fails', () => {
    const { recommendation } = judge(buildReport({ 'clock.offset-seconds': '900' }), [step('restart', [])]);
    assert.deepEqual([recommendation.step, recommendation.reasons], [null, ['clock']]);
  });

  it('does not stop at an old Windows that is otherwise in order', () => {
    const { recommendation } = judge(buildReport(systems['windows-7']));
    assert.equal(recommendation.step, 'cipher-enable');
    assert.deepEqual(recommendation.reasons, ['cipher-suites']);
  });
});

describe('The one thing to ask for', () => {
  it('is nothing once the report shows all', () => {
    assert.equal(judge(buildReport()).recommendation.missing, null);
  });

  it('is the list of suites when nothing at all is known', () => {
    assert.equal(judge('').recommendation.missing, 'cipher-suites');
  });

  it('is the version of Windows when a default decides', () => {
    const text =
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client\n Enabled REG_DWORD 0x1';
    assert.equal(judge(text).recommendation.missing, 'os-support');
  });

  it('is the version of Windows when the repair depends on it', () => {
    const text =
      'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp\n DefaultSecureProtocols REG_DWORD 0xa0';
    assert.deepEqual(
      [judge(text, []).recommendation.step, judge(text, []).recommendation.missing],
      [null, 'os-support'],
    );
  });

  it('is nothing once something is sure to fail', () => {
    const text = buildReport({ 'schannel.tls12.enabled': '0x0', 'clock.offset-seconds': null });
    assert.equal(judge(text).recommendation.missing, null);
  });
});

function judge(text: string, steps = route) {
  return diagnose(text, { at: '2026-05-04', route: () => steps });
}
