import { policyLimit } from '../derive.ts';
import { fact, isAbsent, listOf } from '../facts.ts';
import { cipherSuites } from './cipher-suites.ts';
import { createRule, outcome } from './rule.ts';
import { sources } from './sources.ts';

/** "SSL Cipher Suite Order": where it is set, Enable-TlsCipherSuite seems to do nothing. */
export const cipherPolicy = createRule('cipher-policy', sources.manageTls, (input) => {
  const policy = fact(input.facts, 'cipher.policy');
  const names = listOf(policy);
  if (isAbsent(policy)) return outcome('pass', 'none', policy);
  if (names === null) return outcome('unknown', 'unknown');
  const suites = cipherSuites(input).severity;
  const isTooLong = names.join(',').length > policyLimit;
  const isHarmful = suites === 'fail' || suites === 'warn';
  if (!isHarmful) return outcome('info', isTooLong ? 'too-long' : 'sets-list', policy);
  return outcome('warn', isTooLong ? 'too-long-blocks' : 'blocks', policy);
});
