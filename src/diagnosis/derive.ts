import type { Fact, JoinState } from '../domain/diagnosis.ts';
import { fact, isAbsent, listOf, numberOf } from './facts.ts';
import { stripCurve } from './parse/suite-names.ts';
import { familyOf } from './system.ts';

/** Facts that follow from facts: what the values of one property come to together. */
export function deriveFacts(facts: readonly Fact[], text: string): readonly Fact[] {
  return [
    ...osFacts(facts, text),
    ...protocolFacts(facts),
    ...suiteFacts(facts),
    ...curveFacts(facts),
    ...joinFacts(facts),
  ];
}

function osFacts(facts: readonly Fact[], text: string): Fact[] {
  const family = familyOf(facts, text);
  const origin = fact(facts, 'os.build') ?? fact(facts, 'os.nt') ?? fact(facts, 'os.product');
  return family === null || origin === undefined
    ? []
    : [{ name: 'os.family', value: family, line: origin.line }];
}

/** `enabled` is on wherever the system does not keep the version off by default. */
type ProtocolState = 'on' | 'off' | 'off-by-default' | 'enabled' | 'absent';

function protocolFacts(facts: readonly Fact[]): Fact[] {
  return ['tls10', 'tls11', 'tls12', 'tls13'].flatMap((version) => {
    const enabled = fact(facts, `schannel.${version}.enabled`);
    const byDefault = fact(facts, `schannel.${version}.disabled-by-default`);
    const found = protocolState(enabled, byDefault);
    return found === null
      ? []
      : [{ name: `schannel.${version}.client`, value: found.state, line: found.from.line }];
  });
}

/** Any Enabled other than 0 is on: 1, 0xffffffff and -1 are all in use. */
function protocolState(
  enabled: Fact | undefined,
  byDefault: Fact | undefined,
): { readonly state: ProtocolState; readonly from: Fact } | null {
  if (enabled !== undefined && numberOf(enabled) === 0) return { state: 'off', from: enabled };
  if (byDefault !== undefined && (numberOf(byDefault) ?? 0) !== 0)
    return { state: 'off-by-default', from: byDefault };
  if (enabled !== undefined && byDefault !== undefined) {
    if (numberOf(byDefault) === 0) return { state: 'on', from: isAbsent(enabled) ? byDefault : enabled };
    return { state: isAbsent(enabled) ? 'absent' : 'enabled', from: enabled };
  }
  // One of the two was not shown. Enabled alone still says more than nothing.
  return numberOf(enabled) === null || enabled === undefined ? null : { state: 'enabled', from: enabled };
}

/** Group policy hands Schannel one string of at most 1,023 characters; what is beyond is lost. */
export const policyLimit = 1023;

function suiteFacts(facts: readonly Fact[]): Fact[] {
  const sources = ['cmdlet', 'policy', 'local'] as const;
  for (const source of sources) {
    const found = fact(facts, `cipher.${source}`);
    const names = listOf(found);
    if (found === undefined || names === null) continue;
    const kept = source === 'policy' ? withinLimit(names) : names;
    const value = [...new Set(kept.map(stripCurve))];
    return [
      { name: 'cipher.suites', value, line: found.line },
      { name: 'cipher.source', value: source, line: found.line },
    ];
  }
  return [];
}

function withinLimit(names: readonly string[]): readonly string[] {
  let length = 0;
  return names.filter((name, index) => {
    length += name.length + (index > 0 ? 1 : 0);
    return length <= policyLimit;
  });
}

function curveFacts(facts: readonly Fact[]): Fact[] {
  const found = [fact(facts, 'curves.cmdlet'), fact(facts, 'curves.policy')].find(
    (list) => listOf(list) !== null,
  );
  return found === undefined ? [] : [{ name: 'curves.list', value: found.value, line: found.line }];
}

function joinFacts(facts: readonly Fact[]): Fact[] {
  const [entra, domain, workplace] = ['join.azure-ad', 'join.domain', 'join.workplace'].map((name) =>
    fact(facts, name),
  );
  const state = joinState(entra?.value, domain?.value, workplace?.value);
  const origin = entra ?? domain ?? workplace;
  return state === null || origin === undefined
    ? []
    : [{ name: 'join.state', value: state, line: origin.line }];
}

/** Every answer that the state rests on must be there: a missing one is not a "no". */
function joinState(entra: unknown, domain: unknown, workplace: unknown): JoinState | null {
  if (typeof entra !== 'boolean' || typeof domain !== 'boolean') return null;
  if (entra) return domain ? 'hybrid' : 'entra';
  if (domain) return 'domain';
  if (typeof workplace !== 'boolean') return null;
  return workplace ? 'registered' : 'none';
}
