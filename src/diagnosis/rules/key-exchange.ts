import type { Fact } from '../../domain/diagnosis.ts';
import { fact, listOf, numberOf } from '../facts.ts';
import { createRule, outcome, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

const switches = {
  ecdh: 'schannel.ecdh.enabled',
  aes128: 'schannel.aes128.enabled',
  aes256: 'schannel.aes256.enabled',
  sha: 'schannel.hash.sha.enabled',
  sha256: 'schannel.hash.sha256.enabled',
  sha384: 'schannel.hash.sha384.enabled',
} as const;

/** Algorithm switches below the suites: turned off, they take whole families of suites with them. */
export const keyExchange = createRule('key-exchange', sources.tlsRegistry, (input) => {
  const off = (name: keyof typeof switches) => turnedOff(input, switches[name]);
  const ecdh = off('ecdh');
  if (ecdh !== undefined) return outcome('fail', 'ecdh-off', ecdh);
  const hash = off('sha256') ?? off('sha384') ?? off('sha');
  if (hash !== undefined) return outcome('fail', 'hash-off', hash);
  const [aes128, aes256] = [off('aes128'), off('aes256')];
  if (aes128 !== undefined && aes256 !== undefined) return outcome('fail', 'aes-off', aes128, aes256);
  const half = aes128 ?? aes256;
  if (half !== undefined) {
    const needed = aes128 === undefined ? 'AES_256' : 'AES_128';
    return outcome(leavesNothing(input, needed) ? 'fail' : 'warn', 'aes-half', half);
  }
  const seen = Object.values(switches).map((name) => fact(input.facts, name));
  if (seen.every((found) => found !== undefined)) return outcome('pass', 'on', ...seen.filter(isSet));
  return outcome('unknown', 'unknown');
});

function turnedOff({ facts }: RuleInput, name: string): Fact | undefined {
  const found = fact(facts, name);
  return numberOf(found) === 0 ? found : undefined;
}

function isSet(found: Fact | undefined): boolean {
  return numberOf(found) !== null;
}

/** True when every accepted suite of the list needs the strength that is off. */
function leavesNothing({ facts, policy }: RuleInput, needed: string): boolean {
  const names = listOf(fact(facts, 'cipher.suites')) ?? [];
  const accepted = names.filter((name) => policy.suites.preferred.includes(name));
  return accepted.length > 0 && accepted.every((name) => name.includes(needed));
}
