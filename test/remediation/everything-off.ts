import type { Changes } from '../diagnosis/report-builder.ts';

/** A report on which every setting fails. */
export const everythingOff: Changes = {
  'schannel.tls12.enabled': '0x0',
  'winhttp.native.default-secure-protocols': '0xa0',
  'winhttp.wow64.default-secure-protocols': '0xa0',
  'wininet.user.secure-protocols': '0xa0',
  'wininet.machine-policy.secure-protocols': '0xa0',
  'wininet.user-policy.secure-protocols': '0xa0',
  'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'],
  'curves:Get-TlsEccCurve': ['curve25519'],
  'schannel.ecdh.enabled': '0x0',
  'schannel.aes128.enabled': '0x0',
};
/** The same where policies set the lists. */
export const byPolicy: Changes = {
  ...everythingOff,
  'suites.policy.functions': 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'curves.policy.curves': 'curve25519',
};
