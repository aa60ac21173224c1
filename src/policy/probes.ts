import type { PolicyKind } from '../domain/policy.ts';

/** One question to a server: does it take this, offered alone? */
export type Probe = {
  readonly kind: Exclude<PolicyKind, 'root'>;
  /** As the policy names it. */
  readonly name: string;
  readonly version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL's names. */
  readonly ciphers?: string;
  readonly group?: string;
};

/** OpenSSL leaves out old methods unless its level of security is 0; nothing secret is sent, so it may be. */
const anyLevel = '@SECLEVEL=0';

const suites12: Readonly<Record<string, string>> = {
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384: 'ECDHE-RSA-AES256-SHA384',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256: 'ECDHE-RSA-AES128-SHA256',
  TLS_DHE_RSA_WITH_AES_256_GCM_SHA384: 'DHE-RSA-AES256-GCM-SHA384',
  TLS_DHE_RSA_WITH_AES_128_GCM_SHA256: 'DHE-RSA-AES128-GCM-SHA256',
  TLS_RSA_WITH_AES_256_GCM_SHA384: 'AES256-GCM-SHA384',
  TLS_RSA_WITH_AES_128_GCM_SHA256: 'AES128-GCM-SHA256',
};
const suites13 = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'];
const groups: Readonly<Record<string, string>> = {
  NistP256: 'P-256',
  NistP384: 'P-384',
  NistP521: 'P-521',
};
const versions = {
  'TLS 1.0': 'TLSv1',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.2': 'TLSv1.2',
  'TLS 1.3': 'TLSv1.3',
} as const;

/** Everything that is asked of a host, in this order. */
export const probes: readonly Probe[] = [
  ...Object.entries(versions).map(([name, version]) => ({
    ...{ kind: 'protocol' as const, name, version, ciphers: `DEFAULT:${anyLevel}` },
  })),
  ...suites13.map((name) => ({ kind: 'suite' as const, name, version: 'TLSv1.3' as const, ciphers: name })),
  ...Object.entries(suites12).map(([name, cipher]) => ({
    ...{ kind: 'suite' as const, name, version: 'TLSv1.2' as const, ciphers: `${cipher}:${anyLevel}` },
  })),
  // An exchange by elliptic curve is forced, so that the curve decides.
  ...Object.entries(groups).map(([name, group]) => ({
    ...{ kind: 'group' as const, name, version: 'TLSv1.2' as const, group },
    ciphers: `ECDHE:${anyLevel}`,
  })),
];
