import { hashLines } from '../../src/diagnosis/parse/report.ts';

/** Suites as Windows has them on by default, shortened to those that a judgement could turn on. */
export const suiteDefaults = {
  // 7 to 8.1 and their servers: names carry the curve, and ECDHE_RSA with GCM does not exist.
  'before-10': [
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256',
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_RSA_WITH_AES_256_GCM_SHA384',
  ],
  '10-to-21H2': [
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  ],
  '10-22H2': [
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  ],
  '11-21H2': [
    'TLS_AES_256_GCM_SHA384',
    'TLS_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  ],
  '11-22H2': [
    'TLS_AES_256_GCM_SHA384',
    'TLS_AES_128_GCM_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  ],
} as const;

const hosts = [
  'login.microsoftonline.com',
  'device.login.microsoftonline.com',
  'enterpriseregistration.windows.net',
  'oneclient.sfx.ms',
];

/** Lines of a report by `section.key`, or `section:tool` for raw output; null leaves them out. */
export type Changes = Readonly<Record<string, string | readonly string[] | null>>;

/** A healthy, hybrid joined Windows 11 23H2. */
const healthy: Changes = {
  'report.format': 'handshake-report 1',
  'report.script': 'handshake-check.ps1 1.0.0',
  'report.case': 'none',
  'report.time-utc': '2026-11-24T07:40:00Z',
  'run.elevated': 'no',
  'run.shell-bits': '64',
  'run.os-bits': '64',
  'run.language-mode': 'FullLanguage',
  'os.product': 'Windows 10 Enterprise',
  'os.display-version': '23H2',
  'os.nt': '10.0',
  'os.build': '22631',
  'os.revision': '3007',
  'os.type': 'client',
  ...Object.fromEntries(
    ['tls10', 'tls11', 'tls12', 'tls13'].flatMap((version) => [
      [`schannel.${version}.enabled`, 'absent'],
      [`schannel.${version}.disabled-by-default`, 'absent'],
    ]),
  ),
  'schannel.ecdh.enabled': 'absent',
  'schannel.aes128.enabled': 'absent',
  'schannel.aes256.enabled': 'absent',
  'schannel.hash.sha256.enabled': 'absent',
  'schannel.hash.sha384.enabled': 'absent',
  'schannel.hash.sha.enabled': 'absent',
  'schannel.fips.enabled': '0x0',
  'winhttp.native.default-secure-protocols': 'absent',
  'winhttp.wow64.default-secure-protocols': 'absent',
  'wininet.user.secure-protocols': '0x2800',
  'wininet.user-policy.secure-protocols': 'absent',
  'wininet.machine-policy.secure-protocols': 'absent',
  'suites.policy.functions': 'absent',
  'suites.local.functions': suiteDefaults['11-22H2'].join(','),
  'suites:Get-TlsCipherSuite': suiteDefaults['11-22H2'],
  'curves.policy.curves': 'absent',
  'curves:Get-TlsEccCurve': ['curve25519', 'NistP256', 'NistP384'],
  'updates.kb3140245': 'unavailable',
  'proxy.winhttp.mode': 'direct',
  'proxy.user.enabled': '0x0',
  'proxy.user.server': 'absent',
  'proxy.user.auto-config-url': 'absent',
  'proxy:netsh winhttp show proxy': ['Current WinHTTP proxy settings:', 'Direct access (no proxy server).'],
  'clock.server-date-utc': '2026-11-24T07:39:58Z',
  'clock.offset-seconds': '2',
  'join:dsregcmd /status': [
    '| Device State |',
    'AzureAdJoined : YES',
    'EnterpriseJoined : NO',
    'DomainJoined : YES',
    '| User State |',
    'WorkplaceJoined : NO',
    '| SSO State |',
    'AzureAdPrt : YES',
  ],
  'onedrive.version': '26.061.0402.0003',
  'onedrive.program': 'programfiles',
  ...Object.fromEntries(
    hosts.flatMap((host) => [
      [`probe.${host}.dns`, 'ok'],
      [`probe.${host}.tcp443`, 'ok'],
      [`probe.${host}.tls12`, 'ok'],
      [`probe.${host}.issuer`, 'CN=Microsoft Azure RSA TLS Issuing CA 08, O=Microsoft Corporation, C=US'],
    ]),
  ),
};

/** What another Windows answers where it differs from the healthy one. */
export const systems = {
  'windows-10-21h2': {
    'os.build': '19044',
    'os.display-version': '21H2',
    'wininet.user.secure-protocols': '0xa80',
    'suites:Get-TlsCipherSuite': suiteDefaults['10-to-21H2'],
  },
  'windows-10-22h2': {
    'os.build': '19045',
    'os.display-version': '22H2',
    'suites:Get-TlsCipherSuite': suiteDefaults['10-22H2'],
  },
  'windows-11-21h2': {
    'os.build': '22000',
    'os.display-version': '21H2',
    'suites:Get-TlsCipherSuite': suiteDefaults['11-21H2'],
  },
  'server-2016': {
    'os.product': 'Windows Server 2016 Standard',
    'os.build': '14393',
    'os.type': 'server',
    'suites:Get-TlsCipherSuite': suiteDefaults['10-to-21H2'],
  },
  'server-2022': {
    'os.product': 'Windows Server 2022 Standard',
    'os.build': '20348',
    'os.type': 'server',
    'suites:Get-TlsCipherSuite': suiteDefaults['11-21H2'],
  },
  'server-2025': { 'os.product': 'Windows Server 2025 Standard', 'os.build': '26100', 'os.type': 'server' },
  'windows-8.1': legacy('6.3', '9600', 'Windows 8.1 Pro'),
  'windows-7': {
    ...legacy('6.1', '7601', 'Windows 7 Professional'),
    'schannel.tls12.enabled': '0x1',
    'schannel.tls12.disabled-by-default': '0x0',
    'winhttp.native.default-secure-protocols': '0xa00',
    'winhttp.wow64.default-secure-protocols': '0xa00',
    'updates.kb3140245': 'installed',
  },
} as const satisfies Record<string, Changes>;

function legacy(nt: string, build: string, product: string): Changes {
  return {
    'os.nt': nt,
    'os.build': build,
    'os.product': product,
    'os.display-version': 'absent',
    'wininet.user.secure-protocols': '0xa80',
    'suites.local.functions': suiteDefaults['before-10'].join(','),
    'suites:Get-TlsCipherSuite': null,
    'suites.cmdlet': 'unavailable',
    'curves:Get-TlsEccCurve': null,
    'curves.cmdlet': 'unavailable',
    'join:dsregcmd /status': null,
    'join.dsregcmd': 'unavailable',
  };
}

/** A handshake-report as the script writes it, with the changes of a system and of the case at hand. */
export function buildReport(...changes: readonly Changes[]): string {
  const lines = ['=== HANDSHAKE REPORT 1 BEGIN ===', ...bodyOf(Object.assign({}, healthy, ...changes))];
  const end = `=== HANDSHAKE REPORT 1 END lines=${lines.length} sha256=${hashLines(lines)} ===`;
  return [...lines, end, ''].join('\r\n');
}

function bodyOf(entries: Changes): readonly string[] {
  const sections = Object.groupBy(Object.keys(entries), (key) => key.split(/[.:]/)[0] ?? '');
  return Object.entries(sections).flatMap(([section, keys = []]) => [
    `[${section}]`,
    ...keys.flatMap((key) => entryLines(key.slice(section.length + 1), entries[key] ?? null)),
  ]);
}

function entryLines(key: string, value: string | readonly string[] | null): readonly string[] {
  if (value === null) return [];
  if (typeof value === 'string') return [`${key} = ${value}`];
  return [`begin raw: ${key}`, ...value.map((line) => `| ${line}`), 'end raw'];
}
