import type { Changes } from '../report-builder.ts';
import { type Labelled, whole } from './labelled.ts';
import { older, winhttpOn } from './systems.ts';

const hosts = [
  'login.microsoftonline.com',
  'device.login.microsoftonline.com',
  'enterpriseregistration.windows.net',
  'oneclient.sfx.ms',
];
/** One answer of all probes. */
function probes(what: string, value: string | null): Changes {
  return Object.fromEntries(hosts.map((host) => [`probe.${host}.${what}`, value]));
}
function suites(...names: readonly string[]): Changes {
  return { 'suites:Get-TlsCipherSuite': names };
}
function join(...lines: readonly string[]): Changes {
  return { 'join:dsregcmd /status': lines };
}
const gcm = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const gcm128 = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const cbc = 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const named: Changes = {
  'proxy.winhttp.mode': 'named',
  'proxy:netsh winhttp show proxy': [
    'Current WinHTTP proxy settings:',
    'Proxy Server(s) : host-1:8080',
    'Bypass List : (none)',
  ],
};
const userProxy: Changes = { 'proxy.user.enabled': '0x1', 'proxy.user.server': 'host-1:8080' };
const eight = older({ nt: '6.2', build: '9200', product: 'Windows 8 Pro' }, 'windows-8');

/** What surrounds TLS: the way to the servers, the clock, the account. */
export const surroundingCases: readonly Labelled[] = [
  whole('DNS finds nothing', [probes('dns', 'failed'), probes('tcp443', 'failed')], 'fail', 'internet', {
    network: 'fail',
  }),
  whole('port 443 is closed', [probes('tcp443', 'timeout'), probes('tls12', null)], 'fail', 'internet', {
    network: 'fail',
    'tls-handshake': 'unknown',
  }),
  whole('one server is not reached', [{ 'probe.oneclient.sfx.ms.tcp443': 'refused' }], 'fail', 'internet', {
    network: 'fail',
  }),
  whole(
    'the proxy lets nothing through',
    [userProxy, probes('via', 'proxy'), probes('tcp443', 'refused')],
    'fail',
    'proxy',
    { network: 'fail' },
  ),
  whole(
    'only the direct way is closed',
    [named, userProxy, probes('tcp443', 'timeout'), probes('tls12', null)],
    'warn',
    'proxy',
    { network: 'warn', proxy: 'info' },
  ),
  whole('no probe was made', [probes('dns', null), probes('tcp443', null)], 'unknown', 'internet', {
    network: 'unknown',
  }),
  whole('TLS 1.2 is refused', [probes('tls12', 'failed: 0x80090326')], 'fail', 'updates', {
    network: 'pass',
    'tls-handshake': 'fail',
  }),
  whole('the handshake was not tried', [probes('tls12', null)], 'unknown', 'restart', {
    'tls-handshake': 'unknown',
  }),
  whole(
    'the device sign-in is inspected',
    [{ 'probe.device.login.microsoftonline.com.issuer': 'CN=Fabrikam Gateway CA, O=Fabrikam' }],
    'fail',
    'proxy',
    { 'tls-interception': 'fail' },
  ),
  whole(
    'another host is inspected',
    [{ 'probe.oneclient.sfx.ms.issuer': 'CN=Fabrikam Gateway CA, O=Fabrikam' }],
    'warn',
    'proxy',
    { 'tls-interception': 'warn' },
  ),
  whole(
    'an unusual public authority',
    [{ 'probe.oneclient.sfx.ms.issuer': 'CN=GlobalSign RSA OV SSL CA 2018, O=GlobalSign nv-sa' }],
    'warn',
    'proxy',
    { 'tls-interception': 'warn' },
  ),
  whole('no certificate was seen', [probes('issuer', null)], 'unknown', 'restart', {
    'tls-interception': 'unknown',
  }),
  whole('a clock an hour ahead', [{ 'clock.offset-seconds': '3605' }], 'fail', 'clock', { clock: 'fail' }),
  whole('a clock a day behind', [{ 'clock.offset-seconds': '-86400' }], 'fail', 'clock', { clock: 'fail' }),
  whole(
    'no server to compare the clock with',
    [{ 'clock.offset-seconds': null, 'clock.server-date-utc': 'unreadable: no answer' }],
    'unknown',
    'clock',
    { clock: 'unknown' },
  ),
  whole('both proxies are set', [named, userProxy], 'pass', 'restart', { proxy: 'info' }),
  whole('programs alone have a proxy, all is reached', [userProxy], 'pass', 'restart', { proxy: 'info' }),
  whole('a proxy script', [{ 'proxy.user.auto-config-url': 'http://host-1/wpad.dat' }], 'pass', 'restart', {
    proxy: 'info',
  }),
  whole("the user's proxy could not be read", [{ 'proxy.user.enabled': null }], 'unknown', 'restart', {
    proxy: 'unknown',
  }),
  whole(
    'registered, no ticket',
    [join('AzureAdJoined : NO', 'DomainJoined : NO', 'WorkplaceJoined : YES', 'AzureAdPrt : NO')],
    'pass',
    'restart',
    {
      'join-state': 'pass',
    },
  ),
  whole(
    'Entra joined, no ticket',
    [join('AzureAdJoined : YES', 'DomainJoined : NO', 'AzureAdPrt : NO')],
    'warn',
    'work-account',
    {
      'join-state': 'warn',
    },
  ),
  whole(
    'hybrid joined, no ticket',
    [join('AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO')],
    'warn',
    'rejoin',
    {
      'join-state': 'warn',
    },
  ),
  whole(
    'hybrid joined, no ticket, the clock not compared',
    [join('AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO'), { 'clock.offset-seconds': null }],
    'warn',
    'clock',
    { 'join-state': 'warn', clock: 'unknown' },
  ),
  whole(
    'in a domain only',
    [join('AzureAdJoined : NO', 'DomainJoined : YES', 'WorkplaceJoined : NO')],
    'pass',
    'restart',
    {
      'join-state': 'pass',
    },
  ),
  whole(
    'joined to nothing',
    [join('AzureAdJoined : NO', 'DomainJoined : NO', 'WorkplaceJoined : NO')],
    'pass',
    'restart',
    {
      'join-state': 'pass',
    },
  ),
  whole(
    'joined, and the domain line is missing',
    [join('AzureAdJoined : YES', 'AzureAdPrt : YES')],
    'unknown',
    'restart',
    {
      'join-state': 'unknown',
    },
  ),
  whole('OneDrive is not installed', [{ 'onedrive.program': 'absent' }], 'pass', 'restart', {
    'onedrive-version': 'info',
  }),
  whole(
    "OneDrive's version could not be read",
    [{ 'onedrive.version': 'unreadable: denied' }],
    'pass',
    'restart',
    {
      'onedrive-version': 'unknown',
    },
  ),
  whole(
    'no version of Windows',
    [{ 'os.nt': null, 'os.build': null, 'os.product': null }],
    'unknown',
    'restart',
    {
      'os-support': 'unknown',
    },
  ),
];

/** TLS itself: protocols, suites, curves, algorithms. */
export const settingCases: readonly Labelled[] = [
  whole('TLS 1.2 is off', [{ 'schannel.tls12.enabled': '0x0' }], 'fail', 'tls12-restore', {
    'tls12-schannel': 'fail',
  }),
  whole(
    'TLS 1.2 is off by default',
    [{ 'schannel.tls12.disabled-by-default': '0x1' }],
    'fail',
    'tls12-restore',
    {
      'tls12-schannel': 'fail',
    },
  ),
  whole(
    'TLS 1.2 could not be read',
    [{ 'schannel.tls12.enabled': 'unreadable: denied' }],
    'unknown',
    'restart',
    {
      'tls12-schannel': 'unknown',
    },
  ),
  whole(
    'WinHTTP lacks TLS 1.2',
    [{ 'winhttp.native.default-secure-protocols': '0xa0' }],
    'fail',
    'tls12-restore',
    {
      'tls12-winhttp': 'fail',
    },
  ),
  whole(
    'WinHTTP lacks it for 32-bit programs',
    [{ 'winhttp.wow64.default-secure-protocols': '0x80' }],
    'fail',
    'tls12-restore',
    {
      'tls12-winhttp': 'fail',
    },
  ),
  whole(
    'WinHTTP half unknown',
    [{ 'winhttp.wow64.default-secure-protocols': 'unreadable: denied' }],
    'unknown',
    'restart',
    {
      'tls12-winhttp': 'unknown',
    },
  ),
  whole(
    'a 32-bit Windows',
    [{ 'winhttp.wow64.default-secure-protocols': 'unavailable', 'run.os-bits': '32' }],
    'pass',
    'restart',
    {
      'tls12-winhttp': 'pass',
    },
  ),
  whole(
    'Windows 8 with half of WinHTTP right',
    [eight, winhttpOn, { 'winhttp.wow64.default-secure-protocols': 'absent' }],
    'fail',
    'easy-fix',
    {
      'tls12-winhttp': 'fail',
    },
  ),
  whole(
    'the box for TLS 1.2 is not ticked',
    [{ 'wininet.user.secure-protocols': '0xa0' }],
    'fail',
    'tls-protocols',
    {
      'tls12-wininet': 'fail',
    },
  ),
  whole('only TLS 1.3 is ticked', [{ 'wininet.user.secure-protocols': '0x2000' }], 'warn', 'tls-protocols', {
    'tls12-wininet': 'warn',
  }),
  whole(
    'a policy takes TLS 1.2 away',
    [{ 'wininet.machine-policy.secure-protocols': '0xa0' }],
    'fail',
    null,
    {
      'tls12-wininet': 'fail',
    },
  ),
  whole(
    'a policy gives TLS 1.2 back',
    [{ 'wininet.user.secure-protocols': '0xa0', 'wininet.machine-policy.secure-protocols': '0x800' }],
    'pass',
    'restart',
    {
      'tls12-wininet': 'pass',
    },
  ),
  whole(
    'the policy could not be read',
    [{ 'wininet.machine-policy.secure-protocols': null }],
    'unknown',
    'restart',
    {
      'tls12-wininet': 'unknown',
    },
  ),
  whole('static RSA alone', [suites('TLS_RSA_WITH_AES_256_GCM_SHA384')], 'fail', 'cipher-enable', {
    'cipher-suites': 'fail',
    'cipher-order': 'info',
  }),
  whole('ECDSA alone', [suites('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384')], 'fail', 'cipher-enable', {
    'cipher-suites': 'fail',
  }),
  whole('CBC alone', [suites(cbc)], 'warn', 'cipher-enable', { 'cipher-suites': 'warn' }),
  whole(
    'one accepted suite, at the end',
    [suites(cbc, 'TLS_RSA_WITH_AES_128_CBC_SHA', gcm128)],
    'pass',
    'restart',
    {
      'cipher-suites': 'pass',
      'cipher-order': 'info',
    },
  ),
  whole(
    'the list could not be read',
    [{ 'suites:Get-TlsCipherSuite': null, 'suites.local.functions': null }],
    'unknown',
    'restart',
    {
      'cipher-suites': 'unknown',
      'cipher-order': 'unknown',
    },
  ),
  whole(
    'a policy keeps the suites out',
    [suites(dhe), { 'suites.policy.functions': dhe }],
    'fail',
    'cipher-policy',
    {
      'cipher-policy': 'warn',
      'cipher-suites': 'fail',
    },
  ),
  whole(
    'a policy with an accepted suite',
    [suites(gcm), { 'suites.policy.functions': gcm }],
    'pass',
    'restart',
    {
      'cipher-policy': 'info',
      'cipher-suites': 'pass',
    },
  ),
  whole(
    'the policy for suites could not be read',
    [{ 'suites.policy.functions': 'unreadable: denied' }],
    'unknown',
    'restart',
    {
      'cipher-policy': 'unknown',
    },
  ),
  whole('curve25519 alone', [{ 'curves:Get-TlsEccCurve': ['curve25519'] }], 'fail', 'curves', {
    curves: 'fail',
  }),
  whole('NistP384 alone', [{ 'curves:Get-TlsEccCurve': ['NistP384'] }], 'pass', 'restart', {
    curves: 'pass',
  }),
  whole('curves could not be read', [{ 'curves:Get-TlsEccCurve': null }], 'unknown', 'restart', {
    curves: 'unknown',
  }),
  whole('ECDH is off', [{ 'schannel.ecdh.enabled': '0x0' }], 'fail', 'tls12-restore', {
    'key-exchange': 'fail',
  }),
  whole('SHA-256 is off', [{ 'schannel.hash.sha256.enabled': '0x0' }], 'fail', 'tls12-restore', {
    'key-exchange': 'fail',
  }),
  whole(
    'AES is off',
    [{ 'schannel.aes128.enabled': '0x0', 'schannel.aes256.enabled': '0x0' }],
    'fail',
    'tls12-restore',
    {
      'key-exchange': 'fail',
    },
  ),
  whole('half of AES is off', [{ 'schannel.aes128.enabled': '0x0' }], 'warn', 'tls12-restore', {
    'key-exchange': 'warn',
  }),
  whole('the switch for ECDH could not be read', [{ 'schannel.ecdh.enabled': null }], 'unknown', 'restart', {
    'key-exchange': 'unknown',
  }),
];
