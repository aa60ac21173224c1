import type { Line } from '../lines.ts';
import { nothing, type Reading } from './reading.ts';

const names: ReadonlyMap<string, string> = new Map([
  ['curve25519', 'curve25519'],
  ['x25519', 'curve25519'],
  ['nistp256', 'NistP256'],
  ['secp256r1', 'NistP256'],
  ['prime256v1', 'NistP256'],
  ['nistp384', 'NistP384'],
  ['secp384r1', 'NistP384'],
  ['nistp521', 'NistP521'],
  ['secp521r1', 'NistP521'],
]);
const other = /^(?:brainpoolP\d{3}[rt]1|(?:nist|sec|ec|wtls|numsp|x962)p?[a-z0-9]{2,12})$/i;

/** Curves under the names that Get-TlsEccCurve uses; null for a word that is no curve. */
export function curveName(word: string): string | null {
  return names.get(word.toLowerCase()) ?? (other.test(word) ? word : null);
}

/** Reads what Get-TlsEccCurve prints: one name a line. */
export function readCurves(lines: readonly Line[]): Reading {
  const found = lines.flatMap((line) => {
    if (line.plain.length < 5 || line.plain.length > 30 || line.plain.includes(' ')) return [];
    const curve = curveName(line.plain.replace(/^"|"?,?$/g, ''));
    return curve === null ? [] : [{ curve, line: line.number }];
  });
  const first = found[0];
  if (first === undefined) return nothing('cipher-suites');
  const value = [...new Set(found.map(({ curve }) => curve))];
  return {
    kind: 'cipher-suites',
    facts: [{ name: 'curves.cmdlet', value, line: first.line }],
    used: new Set(found.map(({ line }) => line)),
  };
}
