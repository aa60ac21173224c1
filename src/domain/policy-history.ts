import type { Accepted } from './policy.ts';

const frontDoor = 'https://learn.microsoft.com/azure/frontdoor/standard-premium/tls-policy';
const dheRetired = 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers';
const entraTls =
  'https://learn.microsoft.com/troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment';
const certificates =
  'https://learn.microsoft.com/azure/security/fundamentals/azure-certificate-authority-details';

type Kind = Pick<Accepted, 'kind' | 'strength'>;

const protocol: Kind = { kind: 'protocol', strength: 'preferred' };
const suite: Kind = { kind: 'suite', strength: 'preferred' };
const olderSuite: Kind = { kind: 'suite', strength: 'compatibility' };
const group: Kind = { kind: 'group', strength: 'preferred' };
const root: Kind = { kind: 'root', strength: 'preferred' };

function accepted(kind: Kind, until: string | null, source: string, ...names: string[]): readonly Accepted[] {
  return names.map((name) => ({ ...kind, name, from: null, until, source }));
}

/**
 * What Microsoft's sign-in and Front Door servers have accepted, with the last day of what ended. The day on
 * which an entry began is null where it lies before anything that this product judges.
 */
export const serviceHistory: readonly Accepted[] = [
  ...accepted(protocol, '2022-01-30', entraTls, 'TLS 1.0', 'TLS 1.1'),
  ...accepted(protocol, null, frontDoor, 'TLS 1.2', 'TLS 1.3'),

  ...accepted(suite, null, frontDoor, 'TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'),
  ...accepted(
    suite,
    null,
    frontDoor,
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  ),
  ...accepted(
    suite,
    '2026-03-31',
    dheRetired,
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  ),
  // The default policy of 2023 lacks these two; the one of 2022 has them.
  ...accepted(
    olderSuite,
    null,
    frontDoor,
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  ),

  // By the names that Windows uses; plain X25519 is not offered.
  ...accepted(group, null, frontDoor, 'NistP256', 'NistP384', 'NistP521'),

  ...accepted(root, '2026-04-13', certificates, 'DigiCert Global Root CA'),
  ...accepted(root, null, certificates, 'DigiCert Global Root G2'),
];
