/** A computer as the PowerShell script sees it. Tools are bodies of shell scripts, by the name of the program. */
export type Machine = {
  readonly registry: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Beginnings of registry paths that may not be read. */
  readonly denied: readonly string[];
  /** What the cmdlet answers, or the category of its error; a cmdlet that is not named does not exist. */
  readonly cmdlets: Readonly<Record<string, readonly string[] | string>>;
  readonly updates: readonly string[];
  /** `now`, `now+7200` (seconds), or a date as a web server writes it; null is no answer. */
  readonly serverDate: string | null;
  /** Null where nobody may ask for names. */
  readonly resolves: readonly string[] | null;
  readonly reachable: readonly string[];
  /** Null is a program that may not be started. */
  readonly tools: Readonly<Record<string, string | null>>;
  /** Variables such as USERNAME; a machine that tells none belongs to Anna Berg. */
  readonly environment: Readonly<Record<string, string>>;
  /** What answers in full language mode, by name; null makes real connections. */
  readonly servers: Readonly<Record<string, Server>> | null;
  /** What the person types when asked; null where nobody is there. */
  readonly answer: string | null;
};

/** `tls` is `ok`, `untrusted`, `timeout`, a number of Schannel's (`0x80090331`), or a message. */
export type Server = {
  readonly tcp: 'ok' | 'refused' | 'timeout' | 'denied';
  readonly tls: string;
  readonly issuer: string;
};

export const hosts = [
  'login.microsoftonline.com',
  'device.login.microsoftonline.com',
  'enterpriseregistration.windows.net',
  'oneclient.sfx.ms',
] as const;

const current = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const schannel = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const suitePolicy = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const suiteLocal =
  'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

export const levelGroup = (level: number) => `echo 'Mandatory Label  Label  S-1-16-${level}'`;
const noSuchKey = "echo 'FEHLER: nicht gefunden' >&2; exit 1";
const healthyCurl = "echo '0.041 0.120'";

/** dsregcmd with names of a person, a device and a tenant, none of which may reach the report. */
export const dsregcmd = (entra: string, domain: string, workplace = 'NO', prt = 'YES') => `cat <<'END'

+----------------------------------------------------------------------+
| Device State                                                         |
+----------------------------------------------------------------------+

             AzureAdJoined : ${entra}
          EnterpriseJoined : NO
              DomainJoined : ${domain}
                DomainName : LUMEN
               Device Name : lt-0417.lumen.example

+----------------------------------------------------------------------+
| Tenant Details                                                       |
+----------------------------------------------------------------------+

                TenantName : Lumen Lighting
                  TenantId : 6f1c3c52-0000-4000-8000-5a5f0d9b1d11

+----------------------------------------------------------------------+
| User State                                                           |
+----------------------------------------------------------------------+

                    NgcSet : YES
           WorkplaceJoined : ${workplace}
+----------------------------------------------------------------------+
| SSO State                                                            |
+----------------------------------------------------------------------+

                AzureAdPrt : ${prt}
      AzureAdPrtUpdateTime : 2026-11-24 06:11:02.000 UTC
       AzureAdPrtAuthority : https://login.microsoftonline.com/6f1c3c52-0000-4000-8000-5a5f0d9b1d11

+----------------------------------------------------------------------+
| Diagnostic Data                                                      |
+----------------------------------------------------------------------+

     Diagnostics Reference : www.microsoft.com/aadjerrors
              User Context : UN-ELEVATED User
               Client Time : 2026-11-24 07:40:01.000 UTC
      AD Connectivity Test : PASS
        DRS Discovery Test : FAIL [0x801c0021/0x80072ee2]
              User Identity : anna.berg@lumen.example
END`;

/** Has nothing, knows nobody. */
export const nothing: Machine = {
  registry: {},
  denied: [],
  cmdlets: {},
  updates: [],
  serverDate: null,
  resolves: [],
  reachable: [],
  tools: {},
  environment: {},
  servers: null,
  answer: null,
};

/** Windows 10 22H2, hybrid joined, in order; one AES key switched on by hand, a proxy with a password. */
export const windows10: Machine = {
  ...nothing,
  registry: {
    [current]: {
      ProductName: 'Windows 10 Pro',
      DisplayVersion: '22H2',
      ReleaseId: '2009',
      CurrentMajorVersionNumber: 10,
      CurrentMinorVersionNumber: 0,
      CurrentVersion: '6.3',
      CurrentBuildNumber: '19045',
      UBR: 5011,
      InstallationType: 'Client',
    },
    [`${schannel}\\Protocols\\TLS 1.2\\Client`]: { Enabled: 0xffffffff, DisabledByDefault: 0 },
    [`HKLM:\\SOFTWARE\\${settings}\\Connections`]: {
      WinHttpSettings: { binary: '180000000300000001000000' },
    },
    [`HKCU:\\Software\\${settings}`]: {
      SecureProtocols: 0xa80,
      ProxyEnable: 0,
      ProxyServer: 'http://anna:geheim@proxy.lumen.example:8080',
    },
    'HKCU:\\Software\\Microsoft\\OneDrive': { Version: '26.190.0930.0001' },
    [suiteLocal]: { Functions: ['TLS_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'] },
  },
  cmdlets: {
    'Get-TlsCipherSuite': ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
    'Get-TlsEccCurve': ['curve25519', 'NistP256', 'NistP384'],
  },
  serverDate: 'Tue, 24 Nov 2026 07:40:00 GMT',
  resolves: hosts,
  reachable: hosts,
  servers: {},
  tools: {
    'whoami.exe': levelGroup(8192),
    'netsh.exe':
      "printf '\\nAktuelle WinHTTP-Proxyeinstellungen:\\n\\n    Direktzugriff (kein Proxyserver).\\n'",
    'dsregcmd.exe': dsregcmd('YES', 'YES'),
    'curl.exe': healthyCurl,
    'reg.exe': `case "$*" in *'AES 256/256'*) printf '    Enabled    REG_DWORD    0xffffffff\\n';; *) ${noSuchKey};; esac`,
  },
};

/** Windows 11 24H2 under policies: a suite list with a single old entry, TLS 1.2 greyed out, a named proxy. */
export const windows11: Machine = {
  ...nothing,
  registry: {
    [current]: {
      ProductName: 'Windows 10 Enterprise',
      DisplayVersion: '24H2',
      CurrentMajorVersionNumber: 10,
      CurrentMinorVersionNumber: 0,
      CurrentBuildNumber: '26100',
      UBR: 0x0fe5,
      InstallationType: 'Client',
    },
    [suitePolicy]: {
      Functions: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA',
      EccCurves: ['NistP384'],
    },
    [`${schannel}\\KeyExchangeAlgorithms\\ECDH`]: { Enabled: 0 },
    [`HKLM:\\SOFTWARE\\${settings}\\WinHttp`]: { DefaultSecureProtocols: 0x80 },
    [`HKLM:\\SOFTWARE\\Wow6432Node\\${settings}\\WinHttp`]: { DefaultSecureProtocols: 0xa00 },
    [`HKLM:\\Software\\Policies\\${settings}`]: { SecureProtocols: 0x80 },
    [`HKLM:\\SOFTWARE\\${settings}\\Connections`]: {
      WinHttpSettings: { binary: '180000000300000003000000' },
    },
    [`HKCU:\\Software\\${settings}`]: {
      ProxyEnable: 1,
      ProxyServer: 'http=web:80;https=proxy.lumen.example:3128',
    },
    'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319': {
      SchUseStrongCrypto: 1,
      SystemDefaultTlsVersions: 1,
    },
  },
  cmdlets: {
    'Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'],
    'Get-TlsEccCurve': ['NistP384'],
  },
  tools: {
    'whoami.exe': levelGroup(12288),
    'netsh.exe': "echo 'Proxy Server(s) :  anna:geheim@proxy.lumen.example:3128'",
    'dsregcmd.exe': dsregcmd('YES', 'NO'),
    'curl.exe': `case "$*" in *'--proxy http://proxy.lumen.example:3128'*) ;; *) exit 5;; esac
case "$*" in
*https://login.*) echo 'curl: (35) schannel: next InitializeSecurityContext failed (0x80090331)' >&2; echo '0.050 0.000'; exit 35;;
*https://device.*) echo '0.050 0.000'; exit 28;;
*https://enterprise*) echo '0.000 0.000'; exit 7;;
*) echo '0,050 0,000'; exit 60;;
esac`,
    'reg.exe': noSuchKey,
  },
};

/** Server 2016 on which a user may read next to nothing, and every tool is blocked or missing. */
export const server2016: Machine = {
  ...nothing,
  registry: { 'HKLM:\\SOFTWARE\\Elsewhere': {} },
  denied: ['HKLM:', 'HKCU:'],
  cmdlets: { 'Get-TlsCipherSuite': 'PermissionDenied' },
  tools: {
    'reg.exe': `case "$*" in *SCHANNEL.Ciphers) printf 'HKEY_LOCAL_MACHINE\\\\X\\\\Ciphers\\\\AES 128/128\\n';; *) ${noSuchKey};; esac`,
  },
};
