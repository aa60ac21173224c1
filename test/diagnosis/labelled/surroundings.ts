import type { Changes } from '../report-builder.ts';
import { type Labelled, whole } from './labelled.ts';

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
function join(...lines: readonly string[]): Changes {
  return { 'join:dsregcmd /status': lines };
}
const named: Changes = {
  'proxy.winhttp.mode': 'named',
  'proxy:netsh winhttp show proxy': [
    'Current WinHTTP proxy settings:',
    'Proxy Server(s) : host-1:8080',
    'Bypass List : (none)',
  ],
};
const userProxy: Changes = { 'proxy.user.enabled': '0x1', 'proxy.user.server': 'host-1:8080' };

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
  whole('TLS 1.2 is refused', [probes('tls12', 'failed: 0x80090326')], 'fail', 'tls-deprecation', {
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
  whole(
    'programs alone have a proxy, and a server is not reached without',
    [userProxy, { 'probe.oneclient.sfx.ms.tcp443': 'timeout', 'probe.oneclient.sfx.ms.tls12': null }],
    'warn',
    'proxy',
    { network: 'warn', proxy: 'warn' },
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
