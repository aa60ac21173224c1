import { isTls13 } from '../accepted-suites.ts';
import { fact, listOf } from '../facts.ts';
import { createRule, outcome, quoteWords } from './rule.ts';
import { sources } from './sources.ts';

/** The article wants four suites on top. The server chooses, so another order is worth a remark at most. */
export const cipherOrder = createRule('cipher-order', sources.tlsPolicy, (input) => {
  const list = fact(input.facts, 'cipher.suites');
  const names = listOf(list);
  if (list === undefined || names === null) return outcome('unknown', 'unknown');
  // Suites for ECDSA certificates and for TLS 1.3 do not compete with those that are asked for.
  const rivals = names.filter((name) => !isTls13(name) && !name.includes('_ECDSA_'));
  const first = rivals.findIndex((name) => input.policy.suites.preferred.includes(name));
  const [top] = rivals;
  if (top === undefined || first < 0) {
    const isCut = fact(input.facts, 'cipher.truncated') !== undefined;
    return isCut ? outcome('unknown', 'unknown') : outcome('info', 'none-accepted', list);
  }
  if (first === 0) return outcome('pass', 'on-top', quoteWords(input, list, top));
  return outcome(
    'info',
    'not-on-top',
    quoteWords(input, list, top),
    quoteWords(input, list, rivals[first] ?? top),
  );
});
