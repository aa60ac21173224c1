import type { FindingCode, Severity, Verdict } from '../../src/domain/diagnosis.ts';
import { hosts } from './machines.ts';
import type { Setup } from './wine.ts';

/** A computer from before Windows 10, and what the diagnosis has to make of its report. */
export type JudgedSetup = {
  readonly name: string;
  readonly setup: Setup;
  readonly verdict: Verdict;
  /** Each finding that is neither `pass` nor `info`. */
  readonly findings: Partial<Record<FindingCode, Severity>>;
  readonly step: string;
};

const hklm = 'HKEY_LOCAL_MACHINE';
const current = `${hklm}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion`;
const schannel = `${hklm}\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL`;
const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const packages = `${hklm}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages`;
const suitePolicy = `${hklm}\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002`;
const suiteLocal = `${hklm}\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002`;
const tls12 = `${schannel}\\Protocols\\TLS 1.2\\Client`;
const native = `${hklm}\\SOFTWARE\\${settings}\\WinHttp`;
const wow64 = `${hklm}\\SOFTWARE\\Wow6432Node\\${settings}\\WinHttp`;
const wininet = `HKEY_CURRENT_USER\\Software\\${settings}`;

const cbc = [
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];

type System = readonly [product: string, nt: string, build: string, type: 'Client' | 'Server'];
type Values = Readonly<Record<string, readonly string[]>>;

const windows7: System = ['Windows 7 Professional', '6.1', '7601', 'Client'];
const server2008R2: System = ['Windows Server 2008 R2 Standard', '6.1', '7601', 'Server'];
const windows8: System = ['Windows 8 Pro', '6.2', '9200', 'Client'];
const server2012: System = ['Windows Server 2012 Standard', '6.2', '9200', 'Server'];
const windows81: System = ['Windows 8.1 Pro', '6.3', '9600', 'Client'];

const dword = (name: string, value: number) => `"${name}"=dword:${value.toString(16).padStart(8, '0')}`;
const list = (items: readonly string[]) =>
  `hex(7):${[...Buffer.from(`${items.join('\0')}\0\0`, 'utf16le')].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
const both = (value: number): Values => ({
  [native]: [dword('DefaultSecureProtocols', value)],
  [wow64]: [dword('DefaultSecureProtocols', value)],
});

const direct = [
  'echo.',
  'echo Aktuelle WinHTTP-Proxyeinstellungen:',
  'echo     Direktzugriff (kein Proxyserver).',
];

/** A computer in order, on which every tool speaks German and none of them knows TLS; some keys are told anew. */
function computer([product, nt, build, type]: System, told: Values, netsh = direct): Setup {
  return {
    registry: {
      [current]: [
        `"ProductName"="${product}"`,
        `"CurrentVersion"="${nt}"`,
        `"CurrentBuildNumber"="${build}"`,
        `"InstallationType"="${type}"`,
      ],
      [tls12]: [dword('Enabled', 1), dword('DisabledByDefault', 0)],
      ...both(0xa00),
      [wininet]: [dword('SecureProtocols', 0xa80), dword('ProxyEnable', 0)],
      [suiteLocal]: [`"Functions"=${list(cbc)}`],
      [`${packages}\\Package_for_KB3140245~31bf3856ad364e35~amd64~~6.1.1.0`]: [dword('CurrentState', 0x70)],
      [`${packages}\\Package_for_KB2919355~31bf3856ad364e35~amd64~~6.3.1.14`]: [dword('CurrentState', 0x70)],
      'HKEY_CURRENT_USER\\Software\\Microsoft\\OneDrive': ['"Version"="22.045.0227.0004"'],
      ...told,
    },
    tools: {
      PING: ['echo Ping wird ausgefuehrt fuer x [192.0.2.1] mit 32 Bytes:'],
      WHOAMI: ['echo Verbindliche Beschriftung S-1-16-8192 Gruppe'],
      WMIC: ['echo Day=4', 'echo Hour=9', 'echo Minute=8', 'echo Month=5', 'echo Second=7', 'echo Year=2026'],
      NETSH: netsh,
    },
    environment: { USERNAME: 'jonna', COMPUTERNAME: 'FJORD-8', USERDOMAIN: 'FJORD-8', USERDNSDOMAIN: '' },
  };
}

/** With a PowerShell whose requests end like this, on every server. */
function probed(setup: Setup, tcp: string, tls: string): Setup {
  const lines = hosts.flatMap((host) => [`echo tcp ${host} ${tcp}`, `echo tls ${host} ${tls}`]);
  return { ...setup, tools: { ...setup.tools, POWERSHELL: lines } };
}

const without = (...keys: readonly string[]): Values => Object.fromEntries(keys.map((key) => [key, []]));

/** OneDrive's support of these systems ended, their suites are the compatibility pair, and no tool sees more. */
const always = {
  'os-support': 'warn',
  'cipher-suites': 'warn',
  'tls-interception': 'unknown',
  clock: 'unknown',
  'join-state': 'unknown',
} as const;
/** Without PowerShell and curl.exe nothing tries a connection. */
const unprobed = { network: 'unknown', 'tls-handshake': 'unknown' } as const;

export const judgedSetups: readonly JudgedSetup[] = [
  {
    name: 'Windows 7 SP1, repaired',
    setup: computer(windows7, {}),
    verdict: 'warn',
    findings: { ...always, ...unprobed },
    step: 'cipher-check-legacy',
  },
  {
    name: 'Windows 7 SP1, TLS 1.2 never switched on in Schannel',
    setup: computer(windows7, without(tls12)),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'tls12-schannel': 'fail' },
    step: 'schannel-tls12',
  },
  {
    name: 'Windows 7 SP1, repaired in the view of 32-bit programs only',
    setup: computer(windows7, without(native)),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'tls12-winhttp': 'fail' },
    step: 'easy-fix',
  },
  {
    name: 'Server 2008 R2, WinHTTP at its old protocols',
    setup: computer(server2008R2, both(0xa0)),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'tls12-winhttp': 'fail' },
    step: 'easy-fix',
  },
  {
    name: 'Windows 8 without a word on WinHTTP',
    setup: computer(windows8, without(native, wow64)),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'tls12-winhttp': 'fail' },
    step: 'easy-fix',
  },
  {
    name: 'Server 2012, in order',
    setup: computer(server2012, {}),
    verdict: 'warn',
    findings: { ...always, ...unprobed },
    step: 'cipher-check-legacy',
  },
  {
    name: 'Server 2012, a policy with old cipher suites only',
    setup: computer(server2012, {
      [suitePolicy]: ['"Functions"="TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_RC4_128_SHA"'],
    }),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'cipher-suites': 'fail', 'cipher-policy': 'warn' },
    step: 'cipher-check-legacy',
  },
  {
    name: 'Server 2008 R2, a local list with old cipher suites only',
    setup: computer(server2008R2, { [suiteLocal]: [`"Functions"=${list(['TLS_RSA_WITH_RC4_128_SHA'])}`] }),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'cipher-suites': 'fail' },
    step: 'cipher-check-legacy',
  },
  {
    name: 'Windows 8.1 as it comes',
    setup: computer(windows81, without(tls12, native, wow64)),
    verdict: 'warn',
    findings: { ...always, ...unprobed },
    step: 'cipher-check-legacy',
  },
  {
    name: 'Windows 8.1, TLS 1.2 switched off in Schannel',
    setup: computer(windows81, { [tls12]: [dword('Enabled', 0), dword('DisabledByDefault', 1)] }),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'tls12-schannel': 'fail' },
    step: 'tls12-restore',
  },
  {
    name: 'Windows 8.1, TLS 1.2 not ticked in Internet Options',
    setup: computer(windows81, { [wininet]: [dword('SecureProtocols', 0xa0), dword('ProxyEnable', 0)] }),
    verdict: 'fail',
    findings: { ...always, ...unprobed, 'tls12-wininet': 'fail' },
    step: 'tls-protocols',
  },
  {
    name: 'Windows 8.1, a proxy for Windows and none for the person',
    setup: computer(
      windows81,
      {
        [`${hklm}\\SOFTWARE\\${settings}\\Connections`]: [
          '"WinHttpSettings"=hex:18,00,00,00,00,00,00,00,03,00,00,00,01,00,00,00',
        ],
      },
      ['echo.', 'echo Aktuelle WinHTTP-Proxyeinstellungen:', 'echo     Proxyserver: web.fjord.example:80'],
    ),
    verdict: 'warn',
    findings: { ...always, ...unprobed, proxy: 'warn' },
    step: 'proxy',
  },
  {
    name: 'Windows 8.1 as it comes, and the servers answer',
    setup: probed(computer(windows81, without(tls12, native, wow64)), 'ok', 'ok'),
    verdict: 'warn',
    findings: { ...always },
    step: 'cipher-check-legacy',
  },
  {
    name: 'Windows 7 SP1, repaired, and no handshake all the same',
    setup: probed(computer(windows7, {}), 'ok', '0x80072f7d'),
    verdict: 'fail',
    findings: { ...always, 'tls-handshake': 'fail' },
    step: 'tls-deprecation',
  },
  {
    name: 'Server 2012, in order, that reaches no server',
    setup: probed(computer(server2012, {}), 'timeout', '0x80072ee2'),
    verdict: 'fail',
    findings: { ...always, network: 'fail', 'tls-handshake': 'unknown' },
    step: 'internet',
  },
];
