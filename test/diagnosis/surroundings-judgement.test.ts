import { type Row, testRows } from './judging.ts';

const login = 'probe.login.microsoftonline.com';

const rows: readonly Row[] = [
  [
    'a name that DNS does not know',
    [{ [`${login}.dns`]: 'failed', [`${login}.tcp443`]: 'failed' }],
    'network',
    'fail dns',
    'fail',
  ],
  [
    'a port that does not answer',
    [{ [`${login}.tcp443`]: 'timeout', [`${login}.tls12`]: 'unreadable: no connection' }],
    'network',
    'fail unreachable',
    'fail',
  ],
  [
    'no direct way, but a proxy',
    [{ [`${login}.tcp443`]: 'timeout', 'proxy.user.enabled': '0x1', 'proxy.user.server': '10.1.2.3:8080' }],
    'network',
    'warn behind-proxy',
    'warn',
  ],
  [
    'a name that only the proxy knows',
    [{ [`${login}.dns`]: 'failed', [`${login}.via`]: 'proxy' }],
    'network',
    'pass reachable',
    'pass',
  ],
  [
    'a proxy that lets nothing through',
    [{ [`${login}.tcp443`]: 'failed', [`${login}.via`]: 'proxy', 'proxy.user.enabled': '0x1' }],
    'network',
    'fail proxy-blocks',
    'fail',
  ],
  [
    'a handshake without a connection',
    [{ [`${login}.tcp443`]: 'timeout', [`${login}.tls12`]: 'timeout' }],
    'tls-handshake',
    'unknown unknown',
    'fail',
  ],
  [
    'a handshake that fails although all settings pass',
    [{ [`${login}.tls12`]: 'failed: 0x80090326' }],
    'tls-handshake',
    'fail failed',
    'fail',
  ],
  [
    'an inspecting proxy',
    [{ [`${login}.issuer`]: 'CN=Fabrikam Web Gateway CA, O=Fabrikam' }],
    'tls-interception',
    'warn inspected',
    'warn',
  ],
  [
    'an inspected device sign-in',
    [{ 'probe.device.login.microsoftonline.com.issuer': 'CN=Fabrikam Web Gateway CA' }],
    'tls-interception',
    'fail device-login',
    'fail',
  ],
  [
    'an issuer that only sounds like one of the known',
    [{ [`${login}.issuer`]: 'CN=Not DigiCert at all' }],
    'tls-interception',
    'warn inspected',
    'warn',
  ],
  [
    'an issuer as curl prints it',
    [{ [`${login}.issuer`]: 'C=US; O=DigiCert Inc; CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1' }],
    'tls-interception',
    'pass direct',
    'pass',
  ],
  ['a clock an hour ahead', [{ 'clock.offset-seconds': '3600' }], 'clock', 'fail ahead', 'fail'],
  ['a clock two minutes behind', [{ 'clock.offset-seconds': '-120' }], 'clock', 'pass right', 'pass'],
  [
    'a proxy for programs alone, servers reached',
    [{ 'proxy.user.enabled': '0x1', 'proxy.user.server': '10.1.2.3:8080' }],
    'proxy',
    'info different',
    'pass',
  ],
  [
    'no proxy was ever set',
    [{ 'proxy.winhttp.mode': 'absent', 'proxy.user.enabled': 'absent' }],
    'proxy',
    'pass none',
    'pass',
  ],

  [
    'hybrid joined without a ticket',
    [{ 'join:dsregcmd /status': ['AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO'] }],
    'join-state',
    'warn hybrid-no-prt',
    'warn',
  ],
  [
    'registered without a ticket',
    [
      {
        'join:dsregcmd /status': [
          'AzureAdJoined : NO',
          'DomainJoined : NO',
          'WorkplaceJoined : YES',
          'AzureAdPrt : NO',
        ],
      },
    ],
    'join-state',
    'pass registered',
    'pass',
  ],
  [
    'joined, and the domain line is missing',
    [{ 'join:dsregcmd /status': ['AzureAdJoined : YES', 'AzureAdPrt : YES'] }],
    'join-state',
    'unknown unknown',
    'unknown',
  ],
];

describe('The judgement of what surrounds TLS', () => {
  testRows(rows);
});
