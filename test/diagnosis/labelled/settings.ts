import type { Changes } from '../report-builder.ts';
import { type Labelled, whole } from './labelled.ts';
import { older, winhttpOn } from './systems.ts';

function suites(...names: readonly string[]): Changes {
  return { 'suites:Get-TlsCipherSuite': names };
}
const gcm = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const gcm128 = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const cbc = 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const eight = older({ nt: '6.2', build: '9200', product: 'Windows 8 Pro' }, 'windows-8');

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
