/**
 * The cipher suites that each Windows enables by default, whole and in order, without those that a program must
 * ask for (NULL, PSK, SSL 2.0). Source: one page a version below
 * https://learn.microsoft.com/windows/win32/secauthn/cipher-suites-in-schannel; its last part stands beside each.
 */
const strengths = ['AES_256', 'AES_128'] as const;

function gcm(exchange: string): readonly string[] {
  return [`TLS_${exchange}_WITH_AES_256_GCM_SHA384`, `TLS_${exchange}_WITH_AES_128_GCM_SHA256`];
}
function cbcSha2(exchange: string): readonly string[] {
  return [`TLS_${exchange}_WITH_AES_256_CBC_SHA384`, `TLS_${exchange}_WITH_AES_128_CBC_SHA256`];
}
function cbcSha256(exchange: string): readonly string[] {
  return strengths.map((strength) => `TLS_${exchange}_WITH_${strength}_CBC_SHA256`);
}
function cbcSha(exchange: string): readonly string[] {
  return strengths.map((strength) => `TLS_${exchange}_WITH_${strength}_CBC_SHA`);
}
/** Before Windows 10 a suite is listed once for each curve. */
function onCurves(suites: readonly string[]): readonly string[] {
  return suites.flatMap((suite) => [`${suite}_P256`, `${suite}_P384`]);
}

const staticRsa = [...gcm('RSA'), ...cbcSha256('RSA'), ...cbcSha('RSA')];
const tripleDes = 'TLS_RSA_WITH_3DES_EDE_CBC_SHA';
const rc4 = ['TLS_RSA_WITH_RC4_128_SHA', 'TLS_RSA_WITH_RC4_128_MD5'];
const dss = [...cbcSha256('DHE_DSS'), ...cbcSha('DHE_DSS')];
const tls13 = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'];
const ecdheGcm = [...gcm('ECDHE_ECDSA'), ...gcm('ECDHE_RSA')];
const ecdheCbc = [
  ...cbcSha2('ECDHE_ECDSA'),
  ...cbcSha2('ECDHE_RSA'),
  ...cbcSha('ECDHE_ECDSA'),
  ...cbcSha('ECDHE_RSA'),
];

function legacy(dheCbc: readonly string[]): readonly string[] {
  return [
    ...onCurves([...cbcSha2('ECDHE_RSA'), ...cbcSha('ECDHE_RSA')]),
    ...gcm('DHE_RSA'),
    ...dheCbc,
    ...staticRsa,
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384',
    ...onCurves(['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256']),
    'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P384',
    ...onCurves(['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', ...cbcSha('ECDHE_ECDSA')]),
    ...dss,
    tripleDes,
    'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
    ...rc4,
  ];
}

function modern(
  parts: { readonly tls13?: boolean; readonly dhe?: boolean; readonly tripleDes?: boolean } = {},
): readonly string[] {
  return [
    ...(parts.tls13 ? tls13 : []),
    ...ecdheGcm,
    ...(parts.dhe ? gcm('DHE_RSA') : []),
    ...ecdheCbc,
    ...staticRsa,
    ...(parts.tripleDes ? [tripleDes] : []),
  ];
}

export const defaultSuites = {
  /** tls-cipher-suites-in-windows-7 */
  'windows-7': legacy(cbcSha('DHE_RSA')),
  /** tls-cipher-suites-in-windows-8 */
  'windows-8': legacy([]),
  /** tls-cipher-suites-in-windows-8-1 */
  'windows-8.1': legacy(cbcSha('DHE_RSA')),
  /** tls-cipher-suites-in-windows-10-v1607 */
  'windows-10-1607': [
    ...ecdheGcm,
    ...gcm('DHE_RSA'),
    ...ecdheCbc,
    ...cbcSha('DHE_RSA'),
    ...staticRsa,
    tripleDes,
    ...dss,
    'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
    ...rc4,
  ],
  /** tls-cipher-suites-in-windows-10-v1809 */
  'windows-10-1809': modern({ dhe: true, tripleDes: true }),
  /** tls-cipher-suites-in-windows-10-v20h2 */
  'windows-10-21h2': modern({ dhe: true, tripleDes: true }),
  /** tls-cipher-suites-in-windows-10-v22h2 */
  'windows-10-22h2': modern(),
  /** tls-cipher-suites-in-windows-11 */
  'windows-11-21h2': modern({ tls13: true, dhe: true, tripleDes: true }),
  /** tls-cipher-suites-in-windows-11-v22h2 */
  'windows-11-22h2': modern({ tls13: true }),
  /** tls-cipher-suites-in-windows-server-2022 */
  'server-2022': modern({ tls13: true, dhe: true, tripleDes: true }),
} as const satisfies Record<string, readonly string[]>;
