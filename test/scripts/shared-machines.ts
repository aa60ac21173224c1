import { hosts, type Machine, nothing } from './machines.ts';
import type { Setup } from './wine.ts';

/** A number is a DWORD, a list a REG_MULTI_SZ; `binary` is in hexadecimal digits. */
export type RegistryValue = number | string | readonly string[] | { readonly binary: string };

/** A computer on which both scripts run, told once: they have to write the same report about it. */
export type SharedMachine = {
  readonly name: string;
  readonly environment: Readonly<
    Record<'USERNAME' | 'COMPUTERNAME' | 'USERDOMAIN' | 'USERDNSDOMAIN', string>
  >;
  /** 8192 is a normal run, 12288 an elevated one. */
  readonly integrityLevel: number;
  /** By whole key, `HKEY_LOCAL_MACHINE\…`, then by the name of the value. */
  readonly registry: Readonly<Record<string, Readonly<Record<string, RegistryValue>>>>;
  readonly updates: readonly string[];
  readonly netsh: readonly string[];
  /** What the tools of Windows 10 and newer print; null where there are none. */
  readonly newer: Newer | null;
};

export type Newer = {
  readonly suites: readonly string[];
  readonly curves: readonly string[];
  readonly dsregcmd: readonly string[];
  readonly serverDate: string;
  /** The issuer as curl.exe prints it, of every server. */
  readonly issuer: string;
};

const hklm = 'HKEY_LOCAL_MACHINE';
const hkcu = 'HKEY_CURRENT_USER';
const current = `${hklm}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion`;
const schannel = `${hklm}\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL`;
const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const suites = 'Cryptography\\Configuration';
const cryptography = `${hklm}\\SOFTWARE\\Microsoft\\Cryptography`;
const sessions = `${hklm}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\LogonUI\\SessionData`;

const maren = { USERNAME: 'maren', COMPUTERNAME: 'KIEL-31', USERDOMAIN: 'NORDLICHT', USERDNSDOMAIN: '' };

const windows10: SharedMachine = {
  name: 'Windows 10 22H2, in order, behind a proxy and a PAC address',
  environment: { ...maren, USERDNSDOMAIN: 'nordlicht.example' },
  integrityLevel: 8192,
  registry: {
    [current]: {
      ProductName: 'Windows 10 Pro',
      DisplayVersion: '22H2',
      CurrentMajorVersionNumber: 10,
      CurrentMinorVersionNumber: 0,
      CurrentBuildNumber: '19045',
      UBR: 5011,
      InstallationType: 'Client',
    },
    [cryptography]: { MachineGuid: '3C9A7F10-52BD-4E86-9D41-0B7E6A2C8F35' },
    [`${sessions}\\1`]: { LoggedOnSAMUser: 'NORDLICHT\\Maren', LoggedOnUser: 'NORDLICHT\\maren' },
    [`${hkcu}\\Software\\${settings}`]: {
      SecureProtocols: 0xa80,
      ProxyEnable: 0,
      ProxyServer: 'http=web.nordlicht.example:80;https=10.20.30.40:3128',
      AutoConfigURL: 'http://wpad.nordlicht.example:8080/wpad.dat',
    },
    [`${hklm}\\SOFTWARE\\${settings}\\Connections`]: {
      WinHttpSettings: { binary: '180000000000000003000000' },
    },
    [`${hkcu}\\Software\\Microsoft\\OneDrive`]: { Version: '26.190.0930.0001' },
  },
  updates: [],
  netsh: ['', 'Current WinHTTP proxy settings:', '', '    Proxy Server(s) :  web.nordlicht.example:80'],
  newer: {
    suites: ['TLS_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    curves: ['curve25519', 'NistP256', 'NistP384'],
    dsregcmd: [
      '| Device State                 |',
      '             AzureAdJoined : YES',
      '          EnterpriseJoined : NO',
      '              DomainJoined : YES',
      '               Device Name : kiel-31.nordlicht.example',
      '                  TenantId : 7d0f4a92-1111-4222-8333-94c5b6a7d8e9',
      '                AzureAdPrt : YES',
      '      AD Connectivity Test : PASS',
    ],
    serverDate: 'Tue, 24 Nov 2026 07:40:00 GMT',
    issuer: 'DC = example, DC = nordlicht, O = Nordlicht, CN = Web Filter',
  },
};

const windows7: SharedMachine = {
  name: 'Windows 7 SP1 with TLS 1.2 half repaired, run by another account',
  environment: { ...maren, USERNAME: 'helfer', USERDOMAIN: 'KIEL-31' },
  integrityLevel: 12288,
  registry: {
    [current]: {
      ProductName: 'Windows 7 Professional',
      CurrentVersion: '6.1',
      CurrentBuildNumber: '7601',
      InstallationType: 'Client',
    },
    [cryptography]: { MachineGuid: 'b1f0c2d3-9a8b-4c7d-8e6f-50a1b2c3d4e5' },
    [`${sessions}\\2`]: { LoggedOnSAMUser: 'KIEL-31\\maren' },
    [`${schannel}\\Protocols\\TLS 1.2\\Client`]: { Enabled: 0xffffffff, DisabledByDefault: 0 },
    [`${schannel}\\Ciphers\\AES 256/256`]: { Enabled: 0 },
    [`${schannel}\\KeyExchangeAlgorithms\\ECDH`]: { Enabled: 0 },
    [`${schannel}\\Hashes\\SHA384`]: { Enabled: 0xffffffff },
    [`${hklm}\\SOFTWARE\\${settings}\\WinHttp`]: { DefaultSecureProtocols: 0xa00 },
    [`${hklm}\\SOFTWARE\\Wow6432Node\\${settings}\\WinHttp`]: { DefaultSecureProtocols: 0xa0 },
    [`${hkcu}\\Software\\${settings}`]: { SecureProtocols: 0xa0 },
    [`${hklm}\\SYSTEM\\CurrentControlSet\\Control\\${suites}\\Local\\SSL\\00010002`]: {
      Functions: ['TLS_RSA_WITH_AES_128_CBC_SHA256', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256'],
    },
  },
  updates: ['KB3140245'],
  netsh: ['', 'Aktuelle WinHTTP-Proxyeinstellungen:', '', '    Direktzugriff (kein Proxyserver).'],
  newer: null,
};

const server2012: SharedMachine = {
  name: 'Server 2012 under policies',
  environment: { ...maren, COMPUTERNAME: 'SRV-BERGEN', USERDNSDOMAIN: 'nordlicht.example' },
  integrityLevel: 8192,
  registry: {
    [current]: {
      ProductName: 'Windows Server 2012 Standard',
      CurrentVersion: '6.2',
      CurrentBuildNumber: '9200',
      InstallationType: 'Server',
    },
    [cryptography]: { MachineGuid: '0d1e2f30-4152-4364-8576-879809a1b2c3' },
    [`${sessions}\\1`]: { LoggedOnSAMUser: 'NORDLICHT\\maren' },
    [`${schannel}\\Protocols\\TLS 1.0\\Client`]: { Enabled: 0, DisabledByDefault: 1 },
    [`${hklm}\\SOFTWARE\\Policies\\${settings}`]: { SecureProtocols: 0xa0 },
    [`${hkcu}\\Software\\Policies\\${settings}`]: { SecureProtocols: 0x800 },
    [`${hklm}\\SOFTWARE\\Policies\\Microsoft\\${suites}\\SSL\\00010002`]: {
      Functions: 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_RC4_128_SHA',
      EccCurves: ['NistP384', 'NistP256'],
    },
    [`${hklm}\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319`]: { SchUseStrongCrypto: 1 },
    [`${hklm}\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy`]: { Enabled: 1 },
    [`${hkcu}\\Software\\${settings}`]: { ProxyEnable: 0, ProxyServer: 'bergen-proxy:8080' },
  },
  updates: [],
  netsh: [
    '',
    'Current WinHTTP proxy settings:',
    '',
    '    Proxy Server(s) :  http=bergen-proxy:8080;https=192.168.7.9:8081',
    '    Bypass List     :  *.nordlicht.example;srv-bergen;localhost;<local>',
  ],
  newer: null,
};

export const sharedMachines: readonly SharedMachine[] = [windows10, windows7, server2012];

/** The machine as the stand-ins of PowerShell's cmdlets tell it. */
export function asPowerShellMachine(shared: SharedMachine): Machine {
  const registry = Object.entries(shared.registry).map(([key, values]) => [
    key.replace(hklm, 'HKLM:').replace(hkcu, 'HKCU:'),
    values,
  ]);
  const newer = shared.newer;
  return {
    ...nothing,
    registry: Object.fromEntries(registry),
    environment: shared.environment,
    cmdlets: newer === null ? {} : { 'Get-TlsCipherSuite': newer.suites, 'Get-TlsEccCurve': newer.curves },
    updates: shared.updates,
    resolves: newer === null ? [] : hosts,
    serverDate: newer?.serverDate ?? null,
    tools: {
      'whoami.exe': printing(`Label S-1-16-${shared.integrityLevel} Group`),
      'netsh.exe': printing(...shared.netsh),
      'reg.exe': slashedKeys(shared),
      ...(newer === null
        ? {}
        : { 'dsregcmd.exe': printing(...newer.dsregcmd), 'curl.exe': printing(...curlOutput(newer.issuer)) }),
    },
  };
}

/** The machine as Wine and batch files tell it. */
export function asWineSetup(shared: SharedMachine): Setup {
  const packages = `${current.replace(' NT', '')}\\Component Based Servicing\\Packages`;
  const updates = shared.updates.map((id) => [
    `${packages}\\Package_for_${id}~31bf3856ad364e35~amd64~~6.1.1.0`,
    ['"CurrentState"=dword:00000070'],
  ]);
  const keys = Object.entries(shared.registry).map(([key, values]) => [
    key,
    Object.entries(values).map(([name, value]) => `"${name}"=${exported(value)}`),
  ]);
  const newer = shared.newer;
  const tools = {
    PING: ['echo Ping x [192.0.2.1]:'],
    WHOAMI: [`echo Label S-1-16-${shared.integrityLevel} Group`],
    NETSH: echoing(shared.netsh),
    ...(newer === null
      ? {}
      : {
          POWERSHELL: [
            ...newer.suites.map((suite) => `echo suite ${suite}`),
            ...newer.curves.map((curve) => `echo curve ${curve}`),
            'echo utc 2026-11-24T07:40:00Z',
          ],
          DSREGCMD: echoing(newer.dsregcmd),
          CURL: echoing([`Date: ${newer.serverDate}`, ...curlOutput(newer.issuer)]),
        }),
  };
  return {
    registry: Object.fromEntries([...keys, [packages, []], ...updates]),
    tools,
    environment: shared.environment,
  };
}

function curlOutput(issuer: string): readonly string[] {
  return ['times 0.041 0.120', 'Subject:CN = login.microsoftonline.com', `Issuer:${issuer}`];
}

function printing(...lines: readonly string[]): string {
  return `cat <<'END'\n${lines.join('\n')}\nEND`;
}

function echoing(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? 'echo.' : `echo ${line.replace(/[&<>|^()]/g, '^$&')}`));
}

/** reg.exe, for the keys whose slash the registry provider cannot take. */
function slashedKeys(shared: SharedMachine): string {
  const found = Object.entries(shared.registry)
    .filter(([key]) => key.includes('/'))
    .map(([key, values]) => {
      const value = `0x${(Number(values.Enabled) >>> 0).toString(16)}`;
      return `*'${key.slice(key.lastIndexOf('\\') + 1)}'*) echo '    Enabled    REG_DWORD    ${value}';;`;
    });
  return `case "$*" in ${found.join(' ')} *) exit 1;; esac`;
}

function exported(value: RegistryValue): string {
  if (typeof value === 'number') return `dword:${value.toString(16).padStart(8, '0')}`;
  if (typeof value === 'string') return `"${value.replaceAll('\\', '\\\\')}"`;
  if ('binary' in value) return `hex:${(value.binary.match(/../g) ?? []).join(',')}`;
  const bytes = [...Buffer.from(`${value.join('\0')}\0\0`, 'utf16le')];
  return `hex(7):${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
}
