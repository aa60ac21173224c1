import type { Fact } from '../../domain/diagnosis.ts';
import { fact, isAbsent, numberOf } from '../facts.ts';
import { hasBit, tls12Bit, tls13Bit } from './bits.ts';
import { createRule, outcome, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/** The boxes of inetcpl.cpl. A policy overrides them and greys them out: then ticking is no advice. */
export const tls12Wininet = createRule('tls12-wininet', sources.prepareTls, (input) => {
  const policies = ['wininet.policy.machine', 'wininet.policy.user'].map((name) => fact(input.facts, name));
  const set = policies.filter((found) => numberOf(found) !== null);
  if (set.length > 0) return judgeSet(set, input, 'policy');
  const user = fact(input.facts, 'wininet.protocols');
  if (user === undefined) return outcome('unknown', 'unknown');
  const policyUnseen = policies.some((found) => found === undefined);
  if (numberOf(user) !== null && lacks(user)) return judgeSet([user], input, 'user');
  if (input.whole && policyUnseen) return outcome('unknown', 'policy-unknown', user);
  return isAbsent(user) ? judgeDefault(input, user) : judgeSet([user], input, 'user');
});

function lacks(value: Fact | undefined): boolean {
  return !hasBit(numberOf(value) ?? 0, tls12Bit);
}

function judgeSet(values: readonly (Fact | undefined)[], { system }: RuleInput, by: 'policy' | 'user') {
  const off = values.filter(lacks);
  if (off.length === 0) return outcome('pass', `${by}-on`, ...values);
  const only13 = off.every((value) => hasBit(numberOf(value) ?? 0, tls13Bit));
  // TLS 1.3 alone works with the service, but not with every part of the sign-in.
  if (only13 && system?.tls13) return outcome('warn', `${by}-only-tls13`, ...off);
  return outcome('fail', `${by}-off`, ...off);
}

/** Internet Explorer 11's default has TLS 1.2; what the older ones on Windows 7 to 2012 have differs. */
function judgeDefault({ system, facts }: RuleInput, user: Fact) {
  if (system === null) return outcome('unknown', 'needs-os', user);
  const isOld = system.nt === '6.1' || system.nt === '6.2';
  return isOld
    ? outcome('unknown', 'default-old', user)
    : outcome('pass', 'default-on', user, fact(facts, 'os.family'));
}
