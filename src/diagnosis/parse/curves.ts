import type { Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
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
/**
 * The other names of Windows, https://learn.microsoft.com/windows/win32/seccng/cng-named-elliptic-curves; a word such
 * as "Security" begins like one.
 */
const other =
  /^(?:(?:brainpool|nist|nums|sec|x962)P\d{3}(?:[krt]\d|[cvw]\d{1,3})?|ec\d{3}wapi|wtls\d{1,2})$/i;

/** Curves under the names that Get-TlsEccCurve uses; null for a word that is no curve. */
export function curveName(word: string): string | null {
  return names.get(word.toLowerCase()) ?? (other.test(word) ? word : null);
}

/** As every curve has one, which most lines are not. */
const wordWithDigit = /^"?([a-z]{1,10}\d[a-z0-9]{0,12})"?,?$/i;

/** Reads what Get-TlsEccCurve prints: one name a line. */
export function readCurves(lines: readonly Line[]): Reading {
  const found = lines.flatMap((line) => {
    const word = hasMark(line.marks, mark.digit) ? wordWithDigit.exec(line.plain)?.[1] : undefined;
    const curve = word === undefined ? null : curveName(word);
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
