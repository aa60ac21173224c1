import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireTool } from './tools.ts';
import {
  callBatch,
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
const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const schannel = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const suites =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const machineGuid = '5B2E81C4-6D0F-4A37-B9E8-13F07A94C6D2';

const environment = {
  USERNAME: 'solveig.moe',
  COMPUTERNAME: 'VARDO-PC4',
  USERDOMAIN: 'TINDVIK',
  USERDNSDOMAIN: 'tindvik.example',
};

/** Everything that names somebody, and that the computer below answers to whatever it is asked. */
const canaries = {
  ...environment,
  mail: 's.moe@tindvik-post.example',
  account: 'TINDVIK\\solveig.moe',
  sid: 'S-1-5-21-2893741056-1120984475-3390166720-1107',
  entra: 'S-1-12-1-1804429763-1098237641-2710394857-3105827461',
  tenant: 'c41d7e5a-90b2-4f68-8a3d-6e2b17f0c985',
  device: '61f8a2d0-3b7c-4e95-b014-d9c8e7a65f32',
  ip: '172.19.44.208',
  ip6: 'fd7a:91c:22::14',
  token: 'eyJhbGciOiJub25lIn0.eyJ1cG4iOiJzb2x2ZWlnIn0.c2ln',
  web: 'web7.tindvik.example',
  organisation: 'Tindvik Fiskeri',
};
const held = [
  canaries.mail,
  canaries.sid,
  canaries.entra,
  canaries.device,
  canaries.ip,
  canaries.ip6,
  canaries.token,
];
const known = Object.values(environment);
const planted = [...known, ...held, canaries.account];
const sz = (name: string, text: string) => `"${name}"="${text.replaceAll('\\', '\\\\')}"`;

const talkative: Setup = {
  environment,
  registry: {
    [current]: [
      sz('ProductName', `Windows 10 (${known.join(', ')})`),
      sz('DisplayVersion', canaries.mail),
      sz('CurrentVersion', canaries.ip),
      sz('CurrentBuildNumber', canaries.sid),
      sz('UBR', canaries.device),
      sz('InstallationType', `Client of ${canaries.account}`),
    ],
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography': [sz('MachineGuid', machineGuid)],
    [`${schannel}\\Protocols\\TLS 1.2\\Client`]: [
      sz('Enabled', canaries.token),
      sz('DisabledByDefault', canaries.ip6),
    ],
    [suites]: [sz('Functions', `TLS_AES_256_GCM_SHA384,${known.join(',')}`), sz('EccCurves', canaries.entra)],
    [`HKEY_CURRENT_USER\\Software\\${settings}`]: [
      sz('SecureProtocols', canaries.COMPUTERNAME),
      sz('ProxyServer', `http=${canaries.web}:80;https=${canaries.ip}:3128;ftp=[${canaries.ip6}]:21`),
      sz('AutoConfigURL', `https://${canaries.web}/${canaries.USERNAME}/proxy.pac`),
    ],
    'HKEY_CURRENT_USER\\Software\\Microsoft\\OneDrive': [
      sz('Version', `26.190.0930.0001 ${canaries.USERNAME}`),
    ],
  },
  tools: {
    PING: planted.map((name) => `echo ${name} [192.0.2.1]`),
    WHOAMI: planted.map((name) => `echo ${name} S-1-16-8192`),
    CERTUTIL: [
      `if "%~x2"==".dev" copy /y "%2" C:\\hashed.bin >nul`,
      `echo SHA256 of C:\\Users\\${canaries.USERNAME}`,
      `echo ${'A1B2C3D4'.repeat(8)}`,
    ],
    NETSH: [
      'echo Current WinHTTP proxy settings of VARDO-PC4:',
      `echo     Proxy Server(s) :  ${canaries.web}:80`,
      `echo     Bypass List     :  *.tindvik.example;vardo-pc4;^<local^>`,
      ...planted.map((name) => `echo ${name}`),
      ...planted.map((name) => `echo Label : ${name}`),
    ],
    DSREGCMD: [
      `echo ^| ${canaries.USERNAME} ^|`,
      `echo   Device Name : ${canaries.COMPUTERNAME}.tindvik.example`,
      `echo   TenantName : ${canaries.organisation}`,
      `echo   TenantId : ${canaries.tenant}`,
      `echo   DomainJoined : YES`,
      `echo   AzureAdJoined : ${canaries.tenant}`,
      `echo   VARDO-PC4 Test : FAIL [0x801c0021]`,
    ],
    POWERSHELL: [...planted, 'TLS_AES_128_GCM_SHA256'].map((name) => `echo suite ${name}`),
    CURL: [
      'echo times 0.041 0.120',
      `echo Issuer:DC = example, DC = tindvik, O = ${canaries.organisation}, CN = VARDO-PC4, emailAddress = ${canaries.mail}`,
    ],
  },
};

const heldBack = 'unreadable: it holds a name';
const noAddress = 'unreadable: not an address';

/** For a user solveig on VARDO-PC4 in TINDVIK, tindvik.example; numbers go on from one line to the next. */
const texts = [
  ['hideProxies', 'web.tindvik.example:8080', 'host-1:8080'],
  [
    'hideProxies',
    'http=a:80;https=10.1.2.3:81, [fe80::9]:77 a:1',
    'http=host-2:80;https=ip-1:81, [ip-2]:77 host-2:1',
  ],
  ['hideProxies', '<local>;127.0.0.1:9;localhost;[::1]:5', '<local>;127.0.0.1:9;localhost;[::1]:5'],
  ['hideProxies', '127.cable.example:8', 'host-3:8'],
  ['hideProxies', 'http://a:80/', 'http://host-2:80/'],
  ['hideProxies', '(none)', '(none)'],
  ['hideProxies', '<solveig>', heldBack],
  ['hideProxies', 'solveig=a:80', heldBack],
  ['hideProxies', 'a:secret', heldBack],
  ['hidePac', 'http://wpad.tindvik.example:8080/x/wpad.dat', 'http://host-4:8080/wpad.dat'],
  ['hidePac', 'https://a/PROXY.PAC', 'https://host-2/proxy.pac'],
  ['hidePac', 'http://a/solveig.js', 'http://host-2/path'],
  ['hidePac', 'file:///c:/users/solveig/p.pac', noAddress],
  ['hidePac', 'solveig://x/y', noAddress],
  [
    'hideIssuer',
    'DC = example, DC=tindvik, O = Tindvik, C=NO',
    'DC = domain-1, DC=domain-2, O = domain-2, C=NO',
  ],
  ['hideIssuer', 'CN=Some RSA TLS CA 03, O=Some Company', 'CN=Some RSA TLS CA 03, O=Some Company'],
  ['hideNames', 'Windows of solveig and Solveigs, SOLVEIG', 'Windows of user-1 and Solveigs, user-1'],
  ['hideNames', 'xsolveig solveig-solveig', 'xsolveig user-1-user-1'],
  ['hideNames', 'of S-1-5-21-1-2-3', heldBack],
  ['hideNames', 'of 6ba7b810-9dad-11d1-80b4-00c04fd430c8', heldBack],
  ['hideNames', 'at 10.20.30.40', heldBack],
  ['hideNames', 'version 1.2.3.4.5', 'version 1.2.3.4.5'],
  ['hideNames', 'printer.tindvik.example', heldBack],
  ['hideNames', 'Current WinHTTP proxy settings:', 'Current WinHTTP proxy settings:'],
  ['hideInList', 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_SOLVEIG_X', 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_SOLVEIG_X'],
  ['hideInList', 'TLS_RSA_WITH_AES_128_CBC_SHA,SOLVEIG', 'TLS_RSA_WITH_AES_128_CBC_SHA,user-1'],
  ['hideVersion', '26.190.0930.0001', '26.190.0930.0001'],
] as const;

describe('names in the report of the batch script', () => {
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

  describe('on a computer that answers every question with names', () => {
    let text: string;
    let names: string;
    let report: WrittenReport;
    let hashed: string;

    before(async function () {
      if (blank === undefined) this.skip();
      this.timeout(600_000);
      const pc = await computer(talkative);
      await runBatch(pc);
      const desktop = join(profileOf(pc), 'Desktop');
      text = reportIn(desktop).toString('latin1');
      names = readFileSync(join(desktop, 'handshake-names.txt'), 'latin1');
      hashed = readFileSync(join(pc.drive, 'hashed.bin'), 'latin1');
      report = readWrittenReport(Buffer.from(text.replaceAll('a1b2c3d4'.repeat(8), 'unavailable'), 'latin1'));
    });

    it('stand in no line', () => {
      const lines = text.toLowerCase().split('\r\n');
      for (const [kind, name] of Object.entries({ ...canaries, machineGuid })) {
        assert.deepEqual(
          lines.filter((line) => line.includes(name.toLowerCase())),
          [],
          kind,
        );
      }
    });

    it('stand in the file that stays, once each, in the order of the report', () => {
      const lines = names.split('\r\n').slice(0, -1);
      assert.equal(lines[0], '=== HANDSHAKE NAMES 1: THIS FILE STAYS ON THIS COMPUTER ===');
      assert.equal(report.values.get('run.pseudonyms'), String(lines.length - 1));
      assert.equal(new Set(lines).size, lines.length);
      for (const line of [`user-1 = ${canaries.USERNAME}`, `ip-1 = ${canaries.ip}`, `ip-2 = ${canaries.ip6}`])
        assert.ok(lines.includes(line), line);
    });

    it('leave the rest of a value readable where they can be cut out', () => {
      assert.equal(report.values.get('os.product'), 'Windows 10 (user-1, host-1, domain-1, domain-2)');
      assert.match(
        report.values.get('proxy.user.server') ?? '',
        /^http=host-\d:80;https=ip-1:3128;ftp=\[ip-2\]:21$/,
      );
      assert.match(report.values.get('proxy.user.auto-config-url') ?? '', /^https:\/\/host-\d\/proxy\.pac$/);
    });

    it('take a value along that they cannot be cut out of', () => {
      for (const key of ['os.display-version', 'os.build', 'schannel.tls12.enabled', 'curves.policy.curves'])
        assert.equal(report.values.get(key), 'unreadable: it holds a name', key);
    });

    it('hides the id of the computer in a hash of a line without an end', () => {
      assert.equal(hashed, `handshake-device:${machineGuid.toLowerCase()}`);
      assert.equal(report.values.get('run.device'), 'a1b2c3d4a1b2c3d4');
    });
  });

  /** Nothing but a product that holds the name, so that the run is short. */
  const named = (USERNAME: string, product: string): Setup => ({
    environment: { ...environment, USERNAME },
    registry: { [current]: [sz('ProductName', product)] },
    tools: { PING: ['exit /b 1'], WHOAMI: ['echo S-1-16-8192'], NETSH: ['exit /b 1'] },
  });

  describe('in texts of every shape', () => {
    let results: readonly string[];

    before(async function () {
      if (blank === undefined) this.skip();
      this.timeout(600_000);
      const pc = await computer(named('solveig', ''));
      results = await callBatch(
        pc,
        texts.map(([subroutine, text]) => [subroutine, text]),
      );
    });

    for (const [index, [subroutine, text, expected]] of texts.entries()) {
      it(`${subroutine}: ${text}`, () => {
        assert.equal(results[index], expected);
      });
    }
  });

  it('may hold the signs of the language of batch files', async function () {
    if (blank === undefined) this.skip();
    this.timeout(600_000);
    const pc = await computer(named('Liv & Bo (2)', 'Windows of Liv & Bo (2), not of Liv & Bo (2)x'));
    await runBatch(pc);
    const { values } = readWrittenReport(reportIn(join(profileOf(pc), 'Desktop')));
    assert.equal(values.get('os.product'), 'Windows of user-1, not of Liv & Bo (2)x');
  });

  it('that cannot be searched for take every value along that may hold them', async function () {
    if (blank === undefined) this.skip();
    this.timeout(600_000);
    const pc = await computer(named('liv^moe', 'Windows of liv^moe'));
    await runBatch(pc);
    const { values } = readWrittenReport(reportIn(join(profileOf(pc), 'Desktop')));
    assert.equal(values.get('os.product'), 'unreadable: it holds a name');
  });

  it('may be written in other letters, in the path of the desktop too', async function () {
    if (blank === undefined) this.skip();
    this.timeout(600_000);
    const pc = await computer(named('Мария Ким', 'Windows of Мария Ким'));
    const home = join(pc.drive, 'users/Мария Ким');
    for (const folder of ['Desktop', 'Temp']) mkdirSync(join(home, folder), { recursive: true });
    const profile = 'C:\\users\\Мария Ким';
    await runBatch(pc, { environment: { USERPROFILE: profile, TEMP: `${profile}\\Temp` } });
    const { values } = readWrittenReport(reportIn(join(home, 'Desktop')));
    assert.match(values.get('os.product') ?? '', /^Windows of (?:user-1|[? ]+)$/);
  });
});
