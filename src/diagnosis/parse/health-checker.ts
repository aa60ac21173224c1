import type { Fact } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
import type { Reading } from './reading.ts';
import { registryFact } from './registry-values.ts';

const row = /^(Enabled|DisabledByDefault) (SYSTEM\\[^:]{1,150}) (-?\d{1,10})$/i;
const title = /^TLS (1\.[0-3])$/i;
const answer = /^Client (Enabled|Disabled By Default): (True|False)$/i;

/**
 * Reads what Exchange's HealthChecker says of Schannel: rows `RegistryKey Location Value`, or in its older form
 * answers below the version. `NULL` is both "not set" and "not read", so it is nothing.
 */
export function readHealthChecker(lines: readonly Line[]): Reading {
  const facts: Fact[] = [];
  const used = new Set<number>();
  let version: string | null = null;
  for (const line of lines) {
    const { plain } = line;
    // Between a version and its answers stand those for the server, a rule, and blank lines.
    if (plain === '') continue;
    if (!/^(?:TLS|Enabled|Disabled|Client|Server|-)/i.test(plain)) {
      version = null;
      continue;
    }
    version = title.exec(plain)?.[1] ?? version;
    const found = readRow(line) ?? (version === null ? null : readAnswer(line, version));
    if (found === null) continue;
    facts.push(found);
    used.add(line.number);
  }
  return { kind: 'registry', facts, used };
}

function readRow({ plain, number }: Line): Fact | null {
  const found = row.exec(plain);
  if (found === null) return null;
  const [, name = '', path = '', data = ''] = found;
  return registryFact({ key: `HKLM\\${path}`, name, data, kind: 'number', line: number, view: 'native' });
}

function readAnswer({ plain, number }: Line, version: string): Fact | null {
  const found = answer.exec(plain);
  if (found === null) return null;
  const property = /^enabled$/i.test(found[1] ?? '') ? 'enabled' : 'disabled-by-default';
  const value = /^true$/i.test(found[2] ?? '') ? 1 : 0;
  return { name: `schannel.tls${version.replace('.', '')}.${property}`, value, line: number };
}
