import { type Row, testRows } from './judging.ts';
import { systems } from './report-builder.ts';

const win7 = systems['windows-7'];

const rows: readonly Row[] = [
  ['TLS 1.2 switched off', [{ 'schannel.tls12.enabled': '0x0' }], 'tls12-schannel', 'fail off', 'fail'],
  [
    'TLS 1.2 on as 0xffffffff',
    [{ 'schannel.tls12.enabled': '0xffffffff', 'schannel.tls12.disabled-by-default': '0' }],
    'tls12-schannel',
    'pass on',
    'pass',
  ],
  [
    'TLS 1.2 on as 4294967295',
    [{ 'schannel.tls12.enabled': '4294967295' }],
    'tls12-schannel',
    'pass default-on',
    'pass',
  ],
  ['TLS 1.2 on as -1', [{ 'schannel.tls12.enabled': '-1' }], 'tls12-schannel', 'pass default-on', 'pass'],
  [
    'TLS 1.2 off by default',
    [{ 'schannel.tls12.enabled': '0x1', 'schannel.tls12.disabled-by-default': '0x1' }],
    'tls12-schannel',
    'fail off-by-default',
    'fail',
  ],
  [
    'nothing set on Windows 7',
    [win7, { 'schannel.tls12.enabled': 'absent', 'schannel.tls12.disabled-by-default': 'absent' }],
    'tls12-schannel',
    'fail default-off',
    'fail',
  ],
  [
    'TLS 1.0 and 1.1 off',
    [{ 'schannel.tls10.enabled': '0x0', 'schannel.tls11.enabled': '0x0' }],
    'tls12-schannel',
    'pass default-on',
    'pass',
  ],
  ['TLS 1.3 absent on Windows 10', [systems['windows-10-22h2']], 'tls12-schannel', 'pass default-on', 'pass'],

  [
    'WinHTTP without TLS 1.2',
    [{ 'winhttp.native.default-secure-protocols': '0xa0' }],
    'tls12-winhttp',
    'fail lacks-tls12',
    'fail',
  ],
  [
    'the 32-bit half without TLS 1.2',
    [
      {
        'winhttp.native.default-secure-protocols': '0xa00',
        'winhttp.wow64.default-secure-protocols': '0xa0',
      },
    ],
    'tls12-winhttp',
    'fail lacks-tls12',
    'fail',
  ],
  [
    'WinHTTP with TLS 1.3 alone',
    [{ 'winhttp.native.default-secure-protocols': '0x2000' }],
    'tls12-winhttp',
    'fail lacks-tls12',
    'fail',
  ],
  [
    'nothing set for WinHTTP on Windows 7',
    [win7, { 'winhttp.native.default-secure-protocols': 'absent' }],
    'tls12-winhttp',
    'fail default-off',
    'fail',
  ],
  [
    'a 32-bit Windows 7',
    [win7, { 'run.os-bits': '32', 'winhttp.wow64.default-secure-protocols': 'unavailable' }],
    'tls12-winhttp',
    'pass on',
    'warn',
  ],
  [
    'Windows 7 without the update',
    [win7, { 'updates.kb3140245': 'missing' }],
    'tls12-winhttp',
    'warn update-missing',
    'warn',
  ],
  ['nothing set for WinHTTP on Windows 8.1', [systems['windows-8.1']], 'tls12-winhttp', 'pass on', 'warn'],

  [
    'the box for TLS 1.2 not ticked',
    [{ 'wininet.user.secure-protocols': '0xa0' }],
    'tls12-wininet',
    'fail user-off',
    'fail',
  ],
  [
    'TLS 1.2 alone ticked',
    [{ 'wininet.user.secure-protocols': '0x800' }],
    'tls12-wininet',
    'pass user-on',
    'pass',
  ],
  [
    'a policy over good boxes',
    [{ 'wininet.machine-policy.secure-protocols': '0xa0' }],
    'tls12-wininet',
    'fail policy-off',
    'fail',
  ],
  [
    'a policy over bad boxes',
    [{ 'wininet.user.secure-protocols': '0xa0', 'wininet.user-policy.secure-protocols': '0xa80' }],
    'tls12-wininet',
    'pass policy-on',
    'pass',
  ],
  [
    'TLS 1.3 alone ticked',
    [{ 'wininet.user.secure-protocols': '0x2000' }],
    'tls12-wininet',
    'warn user-only-tls13',
    'warn',
  ],
];

describe('The judgement of TLS versions', () => {
  testRows(rows);
});
