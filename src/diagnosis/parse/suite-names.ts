const ciphers = [
  'AES_256_GCM_SHA384',
  'AES_128_GCM_SHA256',
  'AES_256_CBC_SHA384',
  'AES_256_CBC_SHA256',
  'AES_128_CBC_SHA256',
  'AES_256_CBC_SHA',
  'AES_128_CBC_SHA',
  '3DES_EDE_CBC_SHA',
  'RC4_128_SHA',
  'RC4_128_MD5',
  'NULL_SHA384',
  'NULL_SHA256',
  'NULL_SHA',
  'NULL_MD5',
  'DES_CBC_SHA',
  'CHACHA20_POLY1305_SHA256',
];
const exchanges = ['ECDHE_ECDSA', 'ECDHE_RSA', 'DHE_RSA', 'DHE_DSS', 'RSA', 'PSK', 'ECDHE_PSK', 'DHE_PSK'];

const known: readonly string[] = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_128_CCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  ...exchanges.flatMap((exchange) => ciphers.map((cipher) => `TLS_${exchange}_WITH_${cipher}`)),
];
const knownNames: ReadonlySet<string> = new Set(known);
/** Every beginning of a known name, with the one name that it can only become, or null for several. */
const beginnings: ReadonlyMap<string, string | null> = countBeginnings();

function countBeginnings(): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  for (const name of known) {
    for (let length = 1; length < name.length; length += 1) {
      const start = name.slice(0, length);
      found.set(start, found.has(start) ? null : name);
    }
  }
  return found;
}

/** Windows up to 2016 appends the curve to the name; it is no part of the suite. It may be cut itself. */
export function stripCurve(name: string): string {
  return name.includes('_P') ? name.replace(/_P\d{0,3}$/, '') : name;
}

export function isKnownSuite(name: string): boolean {
  return knownNames.has(stripCurve(name));
}

/** A name that stops before its end, such as `TLS_ECDHE_RSA_WITH_AES_256_`. */
export function isCutSuite(name: string): boolean {
  return !isKnownSuite(name) && beginnings.has(name);
}

/** The only known suite that begins like this; null when there are several or none. */
export function completeSuite(start: string): string | null {
  return beginnings.get(start) ?? null;
}
