import { type FindingCode, findingCodes, type Severity, type Verdict } from '../../src/domain/diagnosis.ts';
import { dsregcmd, hosts, levelGroup, type Machine, nothing, type Server } from './machines.ts';

/** What the diagnosis has to make of a machine's report. */
export type Judgement = {
  readonly verdict: Verdict;
  /** Each finding that is neither `pass` nor `info`. */
  readonly findings: Partial<Record<FindingCode, Severity>>;
  readonly step: string | null;
};

export type JudgedMachine = {
  readonly name: string;
  readonly machine: Machine;
  readonly judgement: Judgement;
  /** Where constrained language mode sees less. */
  readonly constrained?: Judgement;
};

type Registry = Machine['registry'];

const current = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const schannel = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const suitePolicy = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';

const older = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const newer = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256', ...older];
const digicert = 'CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US';
const answering: Server = { tcp: 'ok', tls: 'ok', issuer: digicert };

type System = readonly [product: string, release: string, build: string, type: 'Client' | 'Server'];

/** A machine in order: Windows as it comes, the servers answering, joined as told. */
function machine(
  system: System,
  dsreg: string,
  suites: readonly string[],
  more: Partial<Machine> = {},
): Machine {
  const [ProductName, release, CurrentBuildNumber, InstallationType] = system;
  const servers = more.servers ?? everywhere(answering);
  const names = Object.keys(servers).filter((name) => servers[name]?.tcp === 'ok');
  return {
    ...nothing,
    cmdlets: { 'Get-TlsCipherSuite': suites, 'Get-TlsEccCurve': ['curve25519', 'NistP256', 'NistP384'] },
    serverDate: 'now',
    resolves: hosts,
    reachable: names,
    servers,
    ...more,
    registry: {
      [current]: {
        ProductName,
        ...(Number(CurrentBuildNumber) < 19041 ? { ReleaseId: release } : { DisplayVersion: release }),
        CurrentMajorVersionNumber: 10,
        CurrentMinorVersionNumber: 0,
        CurrentBuildNumber,
        UBR: 4046,
        InstallationType,
      },
      [`HKCU:\\Software\\${settings}`]: { SecureProtocols: 0xa80, ProxyEnable: 0 },
      'HKCU:\\Software\\Microsoft\\OneDrive': { Version: '26.190.0930.0001' },
      ...more.registry,
    },
    tools: {
      'whoami.exe': levelGroup(8192),
      'netsh.exe': "printf '\\nCurrent WinHTTP proxy settings:\\n\\n    Direct access (no proxy server).\\n'",
      'dsregcmd.exe': dsreg.replace('FAIL [0x801c0021/0x80072ee2]', 'PASS'),
      'reg.exe': 'exit 1',
      ...(Number(CurrentBuildNumber) < 17000 ? {} : { 'curl.exe': curlFor(servers) }),
      ...more.tools,
    },
  };
}

function everywhere(server: Server): Readonly<Record<string, Server>> {
  return Object.fromEntries(hosts.map((name) => [name, server]));
}

/** curl.exe, giving the answers of the same servers. */
export function curlFor(servers: Readonly<Record<string, Server>>): string {
  const answers = Object.entries(servers).map(
    ([name, server]) => `*https://${name}/*) ${curlAnswer(server)};;`,
  );
  return `case "$*" in\n${answers.join('\n')}\n*) echo '0.000 0.000'; exit 6;;\nesac`;
}

function curlAnswer({ tcp, tls, issuer }: Server): string {
  if (tcp === 'timeout') return "echo '0.000 0.000'; exit 28";
  if (tcp === 'refused') return "echo '0.000 0.000'; exit 7";
  if (tls === 'timeout') return "echo '0.041 0.000'; exit 28";
  if (tls === 'untrusted') return "echo '0.041 0.000'; exit 60";
  if (tls !== 'ok') return `echo 'schannel: failed (${tls})' >&2; echo '0.041 0.000'; exit 35`;
  return `printf '%s\\n' '0.041 0.120' 'Subject:CN=x' 'Issuer:${issuer}' 'Issuer:CN=a root'`;
}

const windows10: System = ['Windows 10 Pro', '22H2', '19045', 'Client'];
const windows11: System = ['Windows 10 Enterprise', '24H2', '26100', 'Client'];
const hybrid = dsregcmd('YES', 'YES');
const entra = dsregcmd('YES', 'NO');
const domain = dsregcmd('NO', 'YES', 'NO', 'NO');
const registered = dsregcmd('NO', 'NO', 'YES', 'NO');

/** Without a handshake nobody sees who issued the certificate. */
const noHandshake = { 'tls-handshake': 'fail', 'tls-interception': 'unknown' } as const;
const inOrder: Judgement = { verdict: 'pass', findings: {}, step: 'restart' };
const settingsWith = (values: Readonly<Record<string, unknown>>): Registry => ({
  [`HKCU:\\Software\\${settings}`]: { SecureProtocols: 0xa80, ProxyEnable: 0, ...values },
});

export const judgedMachines: readonly JudgedMachine[] = [
  {
    name: 'Windows 10 1809, hybrid joined, in order',
    machine: machine(['Windows 10 Enterprise', '1809', '17763', 'Client'], hybrid, older),
    judgement: inOrder,
  },
  {
    name: 'Windows 10 22H2, Entra joined, in order',
    machine: machine(windows10, entra, older),
    judgement: inOrder,
  },
  {
    name: 'Windows 11 22H2, registered, in order',
    machine: machine(['Windows 10 Pro', '22H2', '22621', 'Client'], registered, newer),
    judgement: inOrder,
  },
  {
    name: 'Windows 11 24H2, hybrid joined, in order',
    machine: machine(windows11, hybrid, newer),
    judgement: inOrder,
  },
  {
    name: 'Server 2016, domain joined, in order, without curl.exe',
    machine: machine(['Windows Server 2016 Standard', '1607', '14393', 'Server'], domain, older),
    judgement: inOrder,
    constrained: { verdict: 'unknown', findings: { 'tls-interception': 'unknown' }, step: 'restart' },
  },
  {
    name: 'Server 2019, domain joined, in order',
    machine: machine(['Windows Server 2019 Standard', '1809', '17763', 'Server'], domain, older),
    judgement: inOrder,
  },
  {
    name: 'Server 2022, domain joined, in order',
    machine: machine(['Windows Server 2022 Standard', '21H2', '20348', 'Server'], domain, newer),
    judgement: inOrder,
  },
  {
    name: 'Server 2025, domain joined, in order',
    machine: machine(['Windows Server 2025 Standard', '24H2', '26100', 'Server'], domain, newer),
    judgement: inOrder,
  },
  {
    name: 'Windows 11 24H2, hybrid joined without a sign-in token',
    machine: machine(windows11, dsregcmd('YES', 'YES', 'NO', 'NO'), newer),
    judgement: { verdict: 'warn', findings: { 'join-state': 'warn' }, step: 'rejoin' },
  },
  {
    name: 'Windows 10 22H2, whose suites a policy keeps to DHE',
    machine: machine(windows10, hybrid, ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'], {
      registry: { [suitePolicy]: { Functions: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384' } },
      servers: everywhere({ ...answering, tls: '0x80090331' }),
    }),
    judgement: {
      verdict: 'fail',
      findings: { ...noHandshake, 'cipher-suites': 'fail', 'cipher-policy': 'warn' },
      step: 'cipher-policy',
    },
  },
  {
    name: 'Windows 10 22H2 with TLS 1.2 off, in Schannel and in Internet Options',
    machine: machine(windows10, entra, older, {
      registry: {
        [`${schannel}\\Protocols\\TLS 1.2\\Client`]: { Enabled: 0, DisabledByDefault: 1 },
        ...settingsWith({ SecureProtocols: 0xa0 }),
      },
      servers: everywhere({ ...answering, tls: '0x80090326' }),
    }),
    judgement: {
      verdict: 'fail',
      findings: { ...noHandshake, 'tls12-schannel': 'fail', 'tls12-wininet': 'fail' },
      step: 'tls12-restore',
    },
  },
  {
    name: 'Windows 11 24H2 with ECDH off',
    machine: machine(windows11, hybrid, newer, {
      registry: { [`${schannel}\\KeyExchangeAlgorithms\\ECDH`]: { Enabled: 0 } },
      servers: everywhere({ ...answering, tls: '0x80090331' }),
    }),
    judgement: {
      verdict: 'fail',
      findings: { ...noHandshake, 'key-exchange': 'fail' },
      step: 'tls12-restore',
    },
  },
  {
    name: 'Windows 11 24H2 without a curve that the service has',
    machine: machine(windows11, hybrid, newer, {
      cmdlets: { 'Get-TlsCipherSuite': newer, 'Get-TlsEccCurve': ['curve25519'] },
      servers: everywhere({ ...answering, tls: '0x80090331' }),
    }),
    judgement: { verdict: 'fail', findings: { ...noHandshake, curves: 'fail' }, step: 'curves' },
  },
  {
    name: 'Windows 10 22H2 behind a proxy that opens the connections',
    machine: machine(windows10, hybrid, older, {
      registry: settingsWith({ ProxyEnable: 1, ProxyServer: 'proxy.lumen.example:3128' }),
      resolves: [],
      servers: {
        'proxy.lumen.example': answering,
        ...everywhere({
          ...answering,
          issuer: 'CN=LUMEN Web Filter, O=Lumen Lighting, DC=lumen, DC=example',
        }),
      },
    }),
    judgement: { verdict: 'fail', findings: { 'tls-interception': 'fail' }, step: 'proxy' },
  },
  {
    name: 'Windows 11 22H2 that has no network',
    machine: machine(['Windows 10 Pro', '22H2', '22621', 'Client'], registered, newer, {
      resolves: [],
      serverDate: null,
      servers: {},
    }),
    judgement: {
      verdict: 'fail',
      findings: {
        network: 'fail',
        clock: 'unknown',
        'tls-handshake': 'unknown',
        'tls-interception': 'unknown',
      },
      step: 'internet',
    },
  },
  {
    name: 'Windows 10 22H2 whose clock is two hours late',
    machine: machine(windows10, entra, older, { serverDate: 'now+7200' }),
    judgement: { verdict: 'fail', findings: { clock: 'fail' }, step: 'clock' },
  },
  {
    name: 'Server 2022 where everything is denied',
    machine: machine(['Windows Server 2022 Standard', '21H2', '20348', 'Server'], domain, newer, {
      denied: ['HKLM:', 'HKCU:'],
      cmdlets: { 'Get-TlsCipherSuite': 'PermissionDenied', 'Get-TlsEccCurve': 'PermissionDenied' },
      serverDate: null,
      resolves: null,
      servers: everywhere({ ...answering, tcp: 'denied' }),
      tools: {
        'whoami.exe': null,
        'netsh.exe': null,
        'dsregcmd.exe': null,
        'reg.exe': null,
        'curl.exe': null,
      },
    }),
    judgement: {
      verdict: 'unknown',
      findings: Object.fromEntries(
        findingCodes.filter((code) => code !== 'onedrive-version').map((code) => [code, 'unknown']),
      ),
      step: 'internet',
    },
  },
];
