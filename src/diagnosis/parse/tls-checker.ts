import type { Fact } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
import type { Reading } from './reading.ts';

/** Reads the probes of Microsoft's checker for Azure DevOps: `Probing: HOST`, then how it failed. */
export function readTlsChecker(lines: readonly Line[]): Reading {
  const facts: Fact[] = [];
  const used = new Set<number>();
  let host: string | null = null;
  for (const line of lines) {
    if (!line.plain.startsWith('Prob')) continue;
    const named = /^Probing: ([a-z0-9.-]{3,100})$/i.exec(line.plain)?.[1];
    if (named !== undefined) host = named.toLowerCase();
    if (host === null || !/^Probe failed when TLS-negotiating\b/i.test(line.plain)) continue;
    facts.push({ name: `probe.${host}.tls12`, value: 'failed: TLS negotiation', line: line.number });
    used.add(line.number);
    host = null;
  }
  return { kind: 'cipher-suites', facts, used };
}
