import { fact, isAbsent, listOf } from '../facts.ts';
import { createRule, outcome, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/** Front Door offers no plain X25519, so one of the NIST curves must be on. */
export const curves = createRule('curves', sources.tlsPolicy, (input) => {
  const list = fact(input.facts, 'curves.list');
  const names = listOf(list);
  if (names === null) return judgeDefault(input);
  const shared = names.filter((name) => input.policy.groups.includes(name));
  if (shared.length > 0) return outcome('pass', 'shared', list);
  const keptOut = input.policy.withheld.find(({ kind, name }) => kind === 'group' && names.includes(name));
  if (keptOut === undefined) return outcome('fail', 'none', list);
  return { ...outcome('fail', 'organisation', list), source: keptOut.by.source };
});

/** Before Windows 10 only the policy can change the curves, and the default has them on. */
function judgeDefault({ facts, system }: RuleInput) {
  const policy = fact(facts, 'curves.policy');
  const isLegacy = system !== null && system.nt !== '10.0';
  if (isLegacy && isAbsent(policy)) return outcome('pass', 'default', policy, fact(facts, 'os.family'));
  return outcome('unknown', 'unknown');
}
