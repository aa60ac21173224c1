import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expectedKeys } from './documented-keys.ts';
import { hosts } from './machines.ts';
import { requireTool } from './tools.ts';
import {
  createBlank,
  createPc,
  profileOf,
  removePc,
  reportIn,
  runBatch,
  type Setup,
  type WinePc,
} from './wine.ts';
import { readWrittenReport, type WrittenReport } from './written-report.ts';

const current = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const schannel = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const packages =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const suites = 'Cryptography\\Configuration';
const shellFolders =
  'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';

const hash = 'a0b1c2d3'.repeat(8);
const found = ['echo Ping wird ausgefuehrt fuer x [192.0.2.1] mit 32 Bytes:'];
const notFound = ['echo Ping-Anforderung konnte Host x nicht finden.', 'exit /b 1'];
const level = (number: number) => [`echo Label S-1-16-${number} Group`];
const registryText = (text: string) =>
  `hex(2):${[...Buffer.from(`${text}\0`, 'utf16le')].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
const registryList = (items: readonly string[]) =>
  registryText(`${items.join('\0')}\0`).replace('hex(2)', 'hex(7)');

const jonna = { USERNAME: 'jonna', COMPUTERNAME: 'FJORD-8', USERDOMAIN: 'FJORD-8', USERDNSDOMAIN: '' };

/** Windows 7 SP1 half way through the repair: Schannel is on, and only one view of WinHTTP. */
const windows7: Setup = {
  environment: jonna,
  registry: {
    [current]: [
      '"ProductName"="Windows 7 Professional"',
      '"CurrentVersion"="6.1"',
      '"CurrentBuildNumber"="7601"',
      '"InstallationType"="Client"',
    ],
    [`${schannel}\\Protocols\\TLS 1.2\\Client`]: [
      '"Enabled"=dword:ffffffff',
      '"DisabledByDefault"=dword:00000000',
    ],
    [`${schannel}\\Ciphers\\AES 256/256`]: ['"Enabled"=dword:00000000'],
    [`HKEY_LOCAL_MACHINE\\SOFTWARE\\${settings}\\WinHttp`]: ['"DefaultSecureProtocols"=dword:00000a00'],
    [`HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\${settings}\\WinHttp`]: [
      '"DefaultSecureProtocols"=dword:000000a0',
    ],
    [`HKEY_CURRENT_USER\\Software\\${settings}`]: [
      '"SecureProtocols"=dword:000000a0',
      '"ProxyEnable"=dword:00000000',
    ],
    [`HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\${suites}\\Local\\SSL\\00010002`]: [
      `"Functions"=${registryList(['TLS_RSA_WITH_AES_128_CBC_SHA256', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256'])}`,
    ],
    [`${packages}\\Package_for_KB3140245~31bf3856ad364e35~amd64~~6.1.1.0`]: ['"CurrentState"=dword:00000070'],
  },
  tools: {
    PING: found,
    WHOAMI: level(8192),
    WMIC: ['echo Day=4', 'echo Hour=9', 'echo Minute=8', 'echo Month=11', 'echo Second=7', 'echo Year=2026'],
    CERTUTIL: ['echo SHA256-Hash der Datei:', `echo ${hash.replace(/..(?!$)/g, '$& ')}`, 'echo CertUtil: OK'],
    NETSH: [
      'echo.',
      'echo Aktuelle WinHTTP-Proxyeinstellungen:',
      'echo     Direktzugriff  (kein Proxyserver).',
    ],
  },
};

/** Server 2012 behind a proxy, with a policy that names four protocols and none that counts. */
const server2012: Setup = {
  environment: jonna,
  registry: {
    [current]: [
      '"ProductName"="Windows Server 2012 Standard"',
      '"CurrentVersion"="6.2"',
      '"CurrentBuildNumber"="9200"',
      '"InstallationType"="Server"',
    ],
    [`HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${settings}`]: ['"SecureProtocols"=dword:000000a0'],
    [`HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\${suites}\\SSL\\00010002`]: [
      '"Functions"="TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_RC4_128_SHA"',
    ],
    [`HKEY_LOCAL_MACHINE\\SOFTWARE\\${settings}\\Connections`]: [
      '"WinHttpSettings"=hex:18,00,00,00,00,00,00,00,03,00,00,00,01,00,00,00',
    ],
    [`HKEY_CURRENT_USER\\Software\\${settings}`]: [
      '"ProxyEnable"=dword:00000001',
      '"ProxyServer"="anna:geheim@proxy.lumen.example:80"',
    ],
    [packages]: ['"Build"="9200"'],
  },
  tools: {
    PING: notFound,
    WHOAMI: level(12288),
    NETSH: ['echo Proxy Server: anna:geheim@proxy.lumen.example:80', 'echo Bypass: ^<local^>'],
  },
};

/** Windows 10 whose scripts are blocked: curl.exe and dsregcmd.exe answer, PowerShell runs commands. */
const windows10: Setup = {
  environment: jonna,
  registry: {
    [current]: [
      '"ProductName"="Windows 10 Pro"',
      '"DisplayVersion"="22H2"',
      '"CurrentMajorVersionNumber"=dword:0000000a',
      '"CurrentMinorVersionNumber"=dword:00000000',
      '"CurrentBuildNumber"="19045"',
      '"UBR"=dword:00001393',
      '"InstallationType"="Client"',
    ],
    [`HKEY_CURRENT_USER\\Software\\${settings}`]: [
      '"ProxyEnable"=dword:00000001',
      '"ProxyServer"="http=web:80;https=proxy.lumen.example:3128"',
    ],
    [shellFolders]: [`"Desktop"=${registryText('%USERPROFILE%\\Cloud Desktop')}`],
  },
  tools: {
    PING: found,
    WHOAMI: level(8192),
    NETSH: ['echo Direct access'],
    POWERSHELL: [
      'echo suite TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'echo suite TLS_RSA_WITH_AES_128_CBC_SHA',
      'echo curve NistP256',
      'echo utc 2026-03-01T00:00:08Z',
    ],
    DSREGCMD: [
      'echo ^| Device State                 ^|',
      'echo              AzureAdJoined : YES',
      'echo               DomainJoined : NO',
      'echo                Device Name : lt-0417',
      'echo        AzureAdPrtAuthority : https://login.microsoftonline.com/6f1c3c52',
      'echo                 AzureAdPrt : NO',
      'echo         DRS Discovery Test : FAIL [0x801c0021/0x80072ee2]',
    ],
    CURL: [
      'echo %* | C:\\windows\\system32\\find.exe "proxy.lumen.example:3128" >nul',
      'if not "%ERRORLEVEL%"=="0" exit /b 5',
      'echo %* | C:\\windows\\system32\\find.exe "connecttest" >nul',
      'if "%ERRORLEVEL%"=="0" goto date',
      'echo times 0.052000 0.120000',
      'echo Subject:CN = login.microsoftonline.com',
      'echo Issuer:O = Lumen ^& Sons, CN = "Web Filter"',
      'echo Issuer:CN = a root',
      'exit /b 0',
      ':date',
      'echo HTTP/1.1 200 OK',
      'echo Date: Sat, 28 Feb 2026 23:59:00 GMT',
    ],
  },
};

describe('the batch script, under Wine', () => {
  const pcs: WinePc[] = [];
  let blank: WinePc;

  before(async function () {
    this.timeout(240_000);
    requireTool(this, 'wine');
    blank = await createBlank();
    pcs.push(blank);
  });

  after(async () => {
    for (const pc of pcs) await removePc(pc);
  });

  async function computer(setup: Setup): Promise<WinePc> {
    const pc = await createPc(blank, setup);
    pcs.push(pc);
    return pc;
  }

  describe('on a Windows 7 SP1', () => {
    let report: WrittenReport;
    let text: string;

    before(async function () {
      if (blank === undefined) this.skip();
      const pc = await computer(windows7);
      await runBatch(pc, { args: ['HS-2026-0042', '/noshow', '/nopause'] });
      text = reportIn(join(profileOf(pc), 'Desktop')).toString('latin1');
      report = readWrittenReport(Buffer.from(text.replaceAll(hash, 'unavailable'), 'latin1'));
    });

    it('reads the settings, each view of the registry apart', () => {
      assertValues(report.values, {
        'report.case': 'HS-2026-0042',
        'report.time-utc': '2026-11-04T09:08:07Z',
        'run.elevated': 'no',
        'run.os-bits': '64',
        'os.product': 'Windows 7 Professional',
        'os.display-version': 'absent',
        'os.nt': '6.1',
        'os.build': '7601',
        'os.type': 'client',
        'schannel.tls12.enabled': '0xffffffff',
        'schannel.tls12.disabled-by-default': '0x0',
        'schannel.tls11.enabled': 'absent',
        'schannel.aes256.enabled': '0x0',
        'schannel.aes128.enabled': 'absent',
        'winhttp.native.default-secure-protocols': '0xa00',
        'winhttp.wow64.default-secure-protocols': '0xa0',
        'wininet.user.secure-protocols': '0xa0',
        'suites.policy.functions': 'absent',
        'suites.local.functions':
          'TLS_RSA_WITH_AES_128_CBC_SHA256,TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256',
        'suites.cmdlet': 'unavailable',
        'updates.kb3140245': 'installed',
        'updates.kb2919355': 'missing',
      });
    });

    it('says "unavailable" for what this Windows has no tool for', () => {
      assertValues(report.values, {
        'join.dsregcmd': 'unavailable',
        'clock.server-date-utc': 'unavailable',
        'clock.offset-seconds': 'unavailable',
        [`probe.${hosts[0]}.dns`]: 'ok',
        [`probe.${hosts[0]}.tcp443`]: 'unavailable',
        [`probe.${hosts[0]}.tls12`]: 'unavailable',
      });
    });

    it('copies the lines of netsh in whatever language', () => {
      assert.deepEqual(report.raw.get('netsh winhttp show proxy'), [
        'Aktuelle WinHTTP-Proxyeinstellungen:',
        'Direktzugriff (kein Proxyserver).',
      ]);
    });

    it('joins the pairs in which Windows 7 prints a hash', () => {
      assert.match(text, new RegExp(` sha256=${hash} ===\\r\\n$`));
    });
  });

  describe('on a Server 2012', () => {
    let pc: WinePc;
    let report: WrittenReport;
    let shown: string;

    before(async function () {
      if (blank === undefined) this.skip();
      pc = await computer(server2012);
      shown = await runBatch(pc, { args: ['x&y', '/noshow', '/nopause'], folder: 'Tom & Co (1)' });
      report = readWrittenReport(reportIn(join(profileOf(pc), 'Desktop')));
    });

    it('runs from a folder with blanks, brackets and an ampersand', () => {
      assertValues(report.values, {
        'os.nt': '6.2',
        'os.build': '9200',
        'os.type': 'server',
        'run.elevated': 'yes',
      });
    });

    it('reads policies beside local settings', () => {
      assertValues(report.values, {
        'wininet.machine-policy.secure-protocols': '0xa0',
        'wininet.user.secure-protocols': 'absent',
        'suites.policy.functions': 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_RC4_128_SHA',
        'proxy.winhttp.mode': 'named',
        'updates.kb3140245': 'missing',
      });
    });

    it('keeps a password of a proxy on the computer', () => {
      assertValues(report.values, { 'proxy.user.server': 'unreadable: it holds a name or password' });
      assert.deepEqual(report.raw.get('netsh winhttp show proxy'), [
        'unreadable: it holds a name or password',
        'Bypass: <local>',
      ]);
    });

    it('says where the report is and how to send it, and leaves no working file behind', () => {
      assert.match(shown, /C:\\users\\\w+\\Desktop\\handshake-report\.txt/);
      assert.match(shown, /attach handshake-report\.txt to the chat/);
      const left = readdirSync(profileOf(pc), { recursive: true }).filter((name) =>
        /handshake-work/.test(String(name)),
      );
      assert.deepEqual(left, []);
    });
  });

  describe('on a Windows 10 where no PowerShell script may run', () => {
    let report: WrittenReport;

    before(async function () {
      if (blank === undefined) this.skip();
      const pc = await computer(windows10);
      const desktop = join(profileOf(pc), 'Cloud Desktop');
      mkdirSync(desktop);
      await runBatch(pc);
      report = readWrittenReport(reportIn(desktop));
    });

    it('saves to the desktop that the registry names, and gets the version from its newer values', () => {
      assertValues(report.values, {
        'report.case': 'none',
        'os.nt': '10.0',
        'os.revision': '5011',
        'os.display-version': '22H2',
        'updates.kb3140245': 'unavailable',
      });
    });

    it('writes every key that the report format promises, and no other', () => {
      assert.deepEqual([...report.values.keys()].sort(), expectedKeys());
    });

    it('takes suites, curves and the time from commands of PowerShell', () => {
      assert.deepEqual(report.raw.get('Get-TlsCipherSuite'), [
        'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
        'TLS_RSA_WITH_AES_128_CBC_SHA',
      ]);
      assert.deepEqual(report.raw.get('Get-TlsEccCurve'), ['NistP256']);
      assertValues(report.values, { 'report.time-utc': '2026-03-01T00:00:08Z' });
    });

    it('compares the clock with a server, across the end of a month', () => {
      assertValues(report.values, {
        'clock.server-date-utc': '2026-02-28T23:59:00Z',
        'clock.offset-seconds': '68',
      });
    });

    it('lets only lines about the join through', () => {
      assert.deepEqual(report.raw.get('dsregcmd /status'), [
        '| Device State |',
        'AzureAdJoined : YES',
        'DomainJoined : NO',
        'AzureAdPrt : NO',
        'DRS Discovery Test : FAIL [0x801c0021/0x80072ee2]',
      ]);
    });

    it('probes with curl.exe through the proxy of the user, and names the issuer of the server itself', () => {
      assertValues(report.values, {
        [`probe.${hosts[3]}.dns`]: 'ok',
        [`probe.${hosts[3]}.via`]: 'proxy',
        [`probe.${hosts[3]}.tcp443`]: 'ok',
        [`probe.${hosts[3]}.tls12`]: 'ok',
        [`probe.${hosts[3]}.issuer`]: 'O = Lumen & Sons, CN = Web Filter',
      });
    });
  });

  describe('where things are forbidden', () => {
    const quick = { PING: notFound, WHOAMI: level(8192), NETSH: ['exit /b 1'] };

    it('tells a forbidden key from a missing one, though reg.exe answers the same', async function () {
      if (blank === undefined) this.skip();
      const REG = [
        'echo %* | C:\\windows\\system32\\find.exe "TLS 1.2\\Client" >nul',
        'if "%ERRORLEVEL%"=="0" echo FEHLER: Der Registrierungsschluessel oder Wert wurde nicht gefunden.',
        'if "%ERRORLEVEL%"=="0" exit /b 1',
        'C:\\windows\\system32\\reg.exe %*',
      ];
      const pc = await computer({
        registry: { [`${schannel}\\Protocols\\TLS 1.2\\Client`]: ['"Enabled"=dword:00000001'] },
        tools: { ...quick, REG },
        environment: jonna,
      });
      await runBatch(pc);
      const { values } = readWrittenReport(reportIn(join(profileOf(pc), 'Desktop')));
      assertValues(values, {
        'schannel.tls12.enabled': 'unreadable: access denied',
        'schannel.tls11.enabled': 'absent',
        'os.build': '7601',
      });
    });

    it('says that reg.exe is blocked instead of finding nothing, and saves to the temporary folder if the desktop is read-only', async function () {
      if (blank === undefined) this.skip();
      const pc = await computer({
        registry: {},
        tools: { ...quick, REG: ['echo 错误: 拒绝访问。', 'exit /b 1'] },
        environment: jonna,
      });
      rmSync(join(profileOf(pc), 'Desktop'), { recursive: true });
      // Nobody may write there, not even root.
      symlinkSync('/sys/kernel', join(profileOf(pc), 'Desktop'));
      const shown = await runBatch(pc);
      const path = /C:\\users\\(\S+)\\handshake-report\.txt/.exec(shown)?.[1] ?? '';
      const folder = join(profileOf(pc), '..', ...path.split('\\'));
      assert.match(path, /Temp$/i);
      assert.ok(existsSync(join(folder, 'handshake-names.txt')));
      const { values } = readWrittenReport(reportIn(folder));
      for (const key of [
        'os.product',
        'schannel.tls12.enabled',
        'suites.policy.functions',
        'onedrive.version',
      ]) {
        assert.equal(values.get(key), 'unreadable: reg.exe is blocked', key);
      }
    });
  });
});

function assertValues(values: ReadonlyMap<string, string>, expected: Readonly<Record<string, string>>): void {
  const found = Object.fromEntries(Object.keys(expected).map((key) => [key, values.get(key)]));
  assert.deepEqual(found, expected);
}
