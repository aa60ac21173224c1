import type { Fact } from '../../domain/diagnosis.ts';
import { acceptedSuites, isTls13, versionOf } from '../accepted-suites.ts';
import { fact, listOf } from '../facts.ts';
import { createRule, type Outcome, outcome, quoteWords, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/**
 * One accepted suite is enough, because the server chooses. A list that is cut off proves what it shows,
 * never what it lacks.
 */
export const cipherSuites = createRule('cipher-suites', sources.tlsPolicy, (input) => {
  const list = fact(input.facts, 'cipher.suites');
  const names = listOf(list);
  if (list === undefined || names === null || names.length === 0) return outcome('unknown', 'unknown');
  if (isOverridable(input)) return outcome('unknown', 'policy-unknown', list);
  const quote = (suites: readonly string[]) => suites.map((name) => quoteWords(input, list, name));
  const { preferred: accepted, compatibility: fallback } = acceptedSuites(names, input.policy);
  const usable = accepted.filter((name) => !isTls13(name) || tls13(input) === 'on');
  if (usable.length > 0) return outcome('pass', 'accepted', ...quote(usable.slice(0, 3)));
  const doubt = doubtful(input, accepted);
  if (doubt !== null) return outcome('unknown', doubt.variant, doubt.fact ?? list);
  if (fallback.length > 0) return outcome('warn', 'cbc-only', ...quote(fallback));
  const retired = names.filter((name) => /^TLS_DHE_RSA_WITH_AES_\d+_GCM/.test(name));
  if (retired.length > 0) return outcome('fail', 'dhe-only', ...quote(retired));
  return keptOut(input, names, list) ?? outcome('fail', 'none', list);
});

/** Microsoft would take one of the PC's suites, but a rule of the organisation does not let it through. */
function keptOut({ policy }: RuleInput, names: readonly string[], list: Fact): Outcome | null {
  const { preferred, compatibility } = policy.suites;
  const useless = names.filter((name) => preferred.includes(name) || compatibility.includes(name));
  const rule = policy.withheld.find(({ kind, name }) =>
    kind === 'protocol' ? useless.some((suite) => versionOf(suite) === name) : names.includes(name),
  );
  return rule === undefined ? null : { ...outcome('fail', 'organisation', list), source: rule.by.source };
}

/** TLS 1.3 suites in the list are of use only where the version is on. */
function tls13({ facts, system, whole }: RuleInput): 'on' | 'off' | 'unknown' {
  const client = fact(facts, 'schannel.tls13.client')?.value;
  if (client === 'off' || client === 'off-by-default') return 'off';
  if (client === 'on') return 'on';
  if (system === null) return 'unknown';
  if (client === undefined) return !whole && system.tls13 ? 'on' : 'unknown';
  return system.tls13 ? 'on' : 'off';
}

/** In a report, the local list counts only once it is known that no policy replaces it. */
function isOverridable({ facts, whole }: RuleInput): boolean {
  const source = fact(facts, 'cipher.source')?.value;
  if (!whole || source === 'cmdlet') return false;
  return source === undefined || (source === 'local' && fact(facts, 'cipher.policy') === undefined);
}

function doubtful(
  input: RuleInput,
  accepted: readonly string[],
): { readonly variant: string; readonly fact: Fact | undefined } | null {
  const truncated = fact(input.facts, 'cipher.truncated');
  if (truncated !== undefined) return { variant: 'truncated', fact: truncated };
  const several = fact(input.facts, 'cipher.several');
  if (several !== undefined) return { variant: 'several-lists', fact: several };
  if (accepted.length > 0 && tls13(input) === 'unknown') return { variant: 'tls13-unknown', fact: undefined };
  return null;
}
