import { type Pair, whole } from './labelled.ts';
import { older, schannelOn, winhttpOn } from './systems.ts';

/** Traps in the values of the registry; see traps.ts. */
export const registryPairs: Readonly<Record<string, Pair>> = {
  'taking 0xffffffff for off': {
    trap: whole(
      'all bits set',
      [{ 'schannel.tls12.enabled': '0xffffffff', 'schannel.tls12.disabled-by-default': '0x0' }],
      'pass',
      'restart',
      { 'tls12-schannel': 'pass' },
    ),
    twin: whole(
      'no bit set',
      [{ 'schannel.tls12.enabled': '0x0', 'schannel.tls12.disabled-by-default': '0x0' }],
      'fail',
      'tls12-restore',
      { 'tls12-schannel': 'fail' },
    ),
  },
  'judging the two halves of the registry as one': {
    trap: whole(
      '32-bit programs lack TLS 1.2',
      [
        {
          'winhttp.native.default-secure-protocols': '0xa00',
          'winhttp.wow64.default-secure-protocols': '0xa0',
        },
      ],
      'fail',
      'tls12-restore',
      { 'tls12-winhttp': 'fail' },
    ),
    twin: whole('both halves have it', [winhttpOn], 'pass', 'restart', { 'tls12-winhttp': 'pass' }),
  },
  'asking for TLS 1.0 and 1.1': {
    trap: whole(
      'TLS 1.2 alone is ticked',
      [
        {
          'wininet.user.secure-protocols': '0x800',
          'schannel.tls10.enabled': '0x0',
          'schannel.tls11.enabled': '0x0',
        },
      ],
      'pass',
      'restart',
      { 'tls12-wininet': 'pass' },
    ),
    twin: whole(
      'TLS 1.0 and 1.1 alone are ticked',
      [{ 'wininet.user.secure-protocols': '0x280' }],
      'fail',
      'tls-protocols',
      { 'tls12-wininet': 'fail' },
    ),
  },
  'believing a policy that is longer than Windows reads': {
    trap: whole(
      'the accepted suite stands beyond the limit',
      [
        older({ nt: '6.3', build: '9600', product: 'Windows 8.1 Pro' }, 'windows-8.1'),
        { 'suites.policy.functions': longPolicy('TLS_RSA_WITH_AES_128_CBC_SHA') },
      ],
      'fail',
      'cipher-check-legacy',
      { 'cipher-suites': 'fail', 'cipher-policy': 'warn' },
    ),
    twin: whole(
      'it stands within',
      [
        older({ nt: '6.3', build: '9600', product: 'Windows 8.1 Pro' }, 'windows-8.1'),
        schannelOn,
        { 'suites.policy.functions': 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256' },
      ],
      'warn',
      'cipher-check-legacy',
      { 'cipher-suites': 'warn' },
    ),
  },
};

function longPolicy(filler: string): string {
  return [...Array.from({ length: 40 }, () => filler), 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'].join(',');
}
