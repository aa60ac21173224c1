import assert from 'node:assert/strict';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expectedKeys } from './documented-keys.ts';
import { hosts, type Machine, server2016, windows10, windows11 } from './machines.ts';
import {
  type Computer,
  createComputer,
  type Mode,
  reportOf,
  requireEngine,
  runScript,
  silent,
} from './powershell.ts';
import { readWrittenReport, type WrittenReport } from './written-report.ts';

describe('the PowerShell script, in the real PowerShell engine', () => {
  const computers: Computer[] = [];

  before(function () {
    this.timeout(240_000);
    requireEngine(this);
  });

  after(() => {
    for (const { folder } of computers) rmSync(folder, { recursive: true, force: true });
  });

  function computer(machine: Machine): Computer {
    const made = createComputer(machine);
    computers.push(made);
    return made;
  }

  function reportFrom(machine: Machine, mode: Mode, extra: readonly string[] = []): WrittenReport {
    const made = computer(machine);
    const { problems } = runScript(made, mode, [...silent, ...extra]);
    assert.equal(problems, '', 'no error goes past the script');
    return readWrittenReport(reportOf(made.desktop));
  }

  describe('on a Windows 10 22H2 that is in order', () => {
    for (const mode of ['FullLanguage', 'ConstrainedLanguage'] as const) {
      it(`reads the settings in ${mode}`, () => {
        const { values, raw } = reportFrom(windows10, mode, ['HS-2026-0042']);
        assertValues(values, {
          'report.case': 'HS-2026-0042',
          'run.elevated': 'no',
          'run.language-mode': mode,
          'os.product': 'Windows 10 Pro',
          'os.display-version': '22H2',
          'os.nt': '10.0',
          'os.build': '19045',
          'os.revision': '5011',
          'os.type': 'client',
          'schannel.tls12.enabled': '0xffffffff',
          'schannel.tls12.disabled-by-default': '0x0',
          'schannel.tls13.enabled': 'absent',
          'wininet.user.secure-protocols': '0xa80',
          'suites.policy.functions': 'absent',
          'suites.local.functions': 'TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
          'updates.kb3140245': 'unavailable',
          'proxy.winhttp.mode': 'direct',
          'clock.server-date-utc': '2026-11-24T07:40:00Z',
          'onedrive.version': '26.190.0930.0001',
          'onedrive.program': 'absent',
        });
        assert.deepEqual(raw.get('Get-TlsCipherSuite'), windows10.cmdlets['Get-TlsCipherSuite']);
        assert.deepEqual(raw.get('Get-TlsEccCurve'), windows10.cmdlets['Get-TlsEccCurve']);
      });
    }

    it('writes every key that the report format promises, and no other', () => {
      const { values } = reportFrom(windows10, 'ConstrainedLanguage');
      assert.deepEqual([...values.keys()].sort(), expectedKeys());
    });

    it('reads the AES keys, whose slash the registry provider cannot take', () => {
      const { values } = reportFrom(windows10, 'ConstrainedLanguage');
      assertValues(values, { 'schannel.aes256.enabled': '0xffffffff', 'schannel.aes128.enabled': 'absent' });
    });

    it('probes with curl.exe where .NET is out of reach', () => {
      const { values } = reportFrom(windows10, 'ConstrainedLanguage');
      for (const host of hosts) {
        assertValues(values, {
          [`probe.${host}.dns`]: 'ok',
          [`probe.${host}.via`]: 'direct',
          [`probe.${host}.tcp443`]: 'ok',
          [`probe.${host}.tls12`]: 'ok',
          [`probe.${host}.issuer`]: 'unavailable',
        });
      }
    });

    it('probes with cmdlets where there is no curl.exe either, and takes a failed request for no proof', () => {
      const { 'curl.exe': _, ...tools } = windows10.tools;
      const { values } = reportFrom(
        { ...windows10, tools, reachable: hosts.slice(0, 1), serverDate: null },
        'ConstrainedLanguage',
      );
      assertValues(values, {
        [`probe.${hosts[0]}.tcp443`]: 'ok',
        [`probe.${hosts[0]}.tls12`]: 'unreadable: no probe in constrained language mode',
        [`probe.${hosts[1]}.tcp443`]: 'failed',
        'clock.offset-seconds': 'unreadable: no answer',
      });
    });

    it('keeps names of people, devices and tenants, and passwords, out of the report', () => {
      const made = computer(windows10);
      runScript(made, 'FullLanguage', silent);
      const text = reportOf(made.desktop).toString('latin1');
      assert.doesNotMatch(text, /anna|geheim|lt-0417|lumen|6f1c3c52/i);
      const { values, raw } = readWrittenReport(reportOf(made.desktop));
      assertValues(values, { 'proxy.user.server': 'http://host-1:8080' });
      assert.deepEqual(raw.get('dsregcmd /status'), [
        '| Device State |',
        'AzureAdJoined : YES',
        'EnterpriseJoined : NO',
        'DomainJoined : YES',
        '| Tenant Details |',
        '| User State |',
        'WorkplaceJoined : NO',
        '| SSO State |',
        'AzureAdPrt : YES',
        '| Diagnostic Data |',
        'AD Connectivity Test : PASS',
        'DRS Discovery Test : FAIL [0x801c0021/0x80072ee2]',
      ]);
    });

    it('takes nothing but a plain code for the code of a case', () => {
      const { values } = reportFrom(windows10, 'ConstrainedLanguage', ['x; Remove-Item y']);
      assertValues(values, { 'report.case': 'none' });
    });
  });

  describe('on a Windows 11 24H2 under policies', () => {
    it('reads the policies beside the local settings', () => {
      const { values, raw } = reportFrom(windows11, 'ConstrainedLanguage');
      assertValues(values, {
        'run.elevated': 'yes',
        'os.revision': '4069',
        'schannel.ecdh.enabled': '0x0',
        'winhttp.native.default-secure-protocols': '0x80',
        'winhttp.wow64.default-secure-protocols': '0xa00',
        'wininet.user.secure-protocols': 'absent',
        'suites.policy.functions': 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA',
        'curves.policy.curves': 'NistP384',
        'dotnet.v4.native.strong-crypto': '0x1',
        'proxy.winhttp.mode': 'named',
        'proxy.user.enabled': '0x1',
      });
      assert.deepEqual(raw.get('netsh winhttp show proxy'), ['Proxy Server(s) : host-2:3128']);
    });

    it('goes through the proxy of the user, and tells the ways to fail apart', () => {
      const { values } = reportFrom({ ...windows11, resolves: [] }, 'ConstrainedLanguage');
      assertValues(values, {
        [`probe.${hosts[0]}.dns`]: 'failed',
        [`probe.${hosts[0]}.via`]: 'proxy',
        [`probe.${hosts[0]}.tcp443`]: 'ok',
        [`probe.${hosts[0]}.tls12`]: 'failed: 0x80090331',
        [`probe.${hosts[1]}.tls12`]: 'timeout',
        [`probe.${hosts[2]}.tcp443`]: 'failed',
        [`probe.${hosts[2]}.tls12`]: 'unreadable: no connection',
        [`probe.${hosts[3]}.tls12`]: 'failed: certificate not trusted',
      });
    });
  });

  describe('on a Server 2016 where everything is denied', () => {
    it('says for each value why it could not look, and never "absent"', () => {
      const { values, raw } = reportFrom(server2016, 'ConstrainedLanguage');
      const registry =
        /^(?:os|schannel|winhttp|wininet|dotnet|onedrive\.version|(?:suites|curves)\.(?:policy|local))/;
      for (const [key, value] of values) {
        if (registry.test(key)) assert.equal(value, 'unreadable: access denied', key);
      }
      assertValues(values, {
        'run.elevated': 'unreadable: whoami.exe shows no level',
        'suites.cmdlet': 'unreadable: access denied',
        'curves.cmdlet': 'unavailable',
        'proxy.netsh': 'unavailable',
        'join.dsregcmd': 'unavailable',
        'clock.server-date-utc': 'unreadable: no answer',
        [`probe.${hosts[0]}.tcp443`]: 'unreadable: no address',
      });
      assert.deepEqual([...raw.keys()], []);
    });
  });

  describe('the place of the report', () => {
    const folders = 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';

    it('is the desktop that the registry names, as with a desktop in OneDrive', () => {
      const made = computer(windows10);
      const moved = computer({
        ...windows10,
        registry: { ...windows10.registry, [folders]: { Desktop: made.desktop } },
      });
      runScript(moved, 'ConstrainedLanguage', silent);
      readWrittenReport(reportOf(made.desktop));
      assert.throws(() => reportOf(moved.desktop));
    });

    it('is the temporary folder when there is no desktop', () => {
      const made = computer(windows10);
      rmSync(made.desktop, { recursive: true });
      const { shown } = runScript(made, 'ConstrainedLanguage', silent);
      readWrittenReport(reportOf(made.temp));
      assert.ok(shown.includes(made.temp));
    });

    it('is the window itself when nothing can be saved at all', () => {
      const made = computer(windows10);
      for (const folder of [made.desktop, made.temp]) rmSync(folder, { recursive: true });
      const { shown } = runScript(made, 'ConstrainedLanguage', silent);
      assert.match(shown, /=== HANDSHAKE REPORT 1 BEGIN ===\s+\[report\]/);
    });

    it('is shown in Notepad, unless told not to', () => {
      const made = computer({
        ...windows10,
        tools: { ...windows10.tools, 'notepad.exe': 'echo "opened $1" >&2' },
      });
      chmodSync(join(made.folder, 'System32/notepad.exe'), 0o755);
      assert.match(
        runScript(made, 'ConstrainedLanguage', ['-NoPause']).problems,
        /opened .*handshake-report\.txt/,
      );
      assert.doesNotMatch(runScript(made, 'ConstrainedLanguage', silent).problems, /opened/);
    });
  });
});

function assertValues(values: ReadonlyMap<string, string>, expected: Readonly<Record<string, string>>): void {
  const found = Object.fromEntries(Object.keys(expected).map((key) => [key, values.get(key)]));
  assert.deepEqual(found, expected);
}
