/** Something that the service accepts, from and until days inclusive; null where no day is published. */
type Dated = {
  readonly name: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly source: string;
};

/** What Microsoft's sign-in and Front Door servers accept on one day. */
export type ServicePolicy = {
  readonly date: string;
  readonly protocols: readonly string[];
  /** `preferred` suits every documented server policy; `compatibility` only the older ones. */
  readonly suites: { readonly preferred: readonly string[]; readonly compatibility: readonly string[] };
  /** Elliptic curves by the names that Windows uses; at least one must be on. */
  readonly groups: readonly string[];
  readonly roots: readonly string[];
};

const frontDoor = 'https://learn.microsoft.com/azure/frontdoor/standard-premium/tls-policy';
const dheRetired = 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers';
const entraTls =
  'https://learn.microsoft.com/troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment';
const certificates =
  'https://learn.microsoft.com/azure/security/fundamentals/azure-certificate-authority-details';

function always(source: string, ...names: string[]): readonly Dated[] {
  return names.map((name) => ({ name, from: null, until: null, source }));
}

function until(day: string, source: string, ...names: string[]): readonly Dated[] {
  return names.map((name) => ({ name, from: null, until: day, source }));
}

const protocols: readonly Dated[] = [
  ...until('2022-01-30', entraTls, 'TLS 1.0', 'TLS 1.1'),
  ...always(frontDoor, 'TLS 1.2', 'TLS 1.3'),
];

const preferred: readonly Dated[] = [
  ...always(frontDoor, 'TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'),
  ...always(frontDoor, 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'),
  ...until(
    '2026-03-31',
    dheRetired,
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  ),
];

const compatibility: readonly Dated[] = always(
  frontDoor,
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
);

const groups: readonly Dated[] = always(frontDoor, 'NistP256', 'NistP384', 'NistP521');

const roots: readonly Dated[] = [
  ...until('2026-04-13', certificates, 'DigiCert Global Root CA'),
  ...always(certificates, 'DigiCert Global Root G2'),
];

/** What the service accepts on a day, given as `YYYY-MM-DD`. */
export function policyAt(date: string): ServicePolicy {
  const valid = (entries: readonly Dated[]) =>
    entries
      .filter((entry) => (entry.from ?? date) <= date && date <= (entry.until ?? date))
      .map((entry) => entry.name);
  return {
    date,
    protocols: valid(protocols),
    suites: { preferred: valid(preferred), compatibility: valid(compatibility) },
    groups: valid(groups),
    roots: valid(roots),
  };
}
