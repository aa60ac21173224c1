import type { Diagnosis, Fact, FindingCode } from '../domain/diagnosis.ts';
import type { OsFamily } from '../domain/os.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { ProfileJudgement, TlsProfile } from '../domain/tls-profile.ts';
import { rules } from './rules/rules.ts';
import { systemOf } from './system.ts';
import { indecisive } from './verdict.ts';

/** Findings that come out otherwise when the policy does; each is judged anew. */
const judgedAnew = ['cipher-suites', 'cipher-policy', 'curves', 'key-exchange'] as const;

/**
 * Findings that decide whether a policy locks somebody out. TLS 1.2 being off is the same under all policies that are
 * judged, since none of them accepts anything older, but it is the policy that makes it a failure.
 */
const deciding: ReadonlySet<FindingCode> = new Set<FindingCode>([
  ...judgedAnew,
  'tls12-schannel',
  'tls12-winhttp',
  'tls12-wininet',
]);

/** What those four rules read. A test holds this list against the rules. */
const factsRead: ReadonlySet<string> = new Set([
  'cipher.policy',
  'cipher.several',
  'cipher.source',
  'cipher.suites',
  'cipher.truncated',
  'curves.list',
  'curves.policy',
  'os.family',
  'schannel.aes128.enabled',
  'schannel.aes256.enabled',
  'schannel.ecdh.enabled',
  'schannel.hash.sha.enabled',
  'schannel.hash.sha256.enabled',
  'schannel.hash.sha384.enabled',
  'schannel.tls13.client',
]);

/** The part of a whole report that a policy can make good or bad. In one order, so that equal ones look the same. */
export function profileOf({ facts, findings }: Pick<Diagnosis, 'facts' | 'findings'>): TlsProfile {
  const kept = facts
    .filter(({ name }) => factsRead.has(name))
    .map(({ name, value }) => ({ name, value }))
    .sort((a, b) => compare(a.name, b.name));
  const others = findings
    .filter(({ code }) => !judgedAnew.some((each) => each === code) && !indecisive.includes(code))
    .filter(({ severity }) => severity !== 'pass' && severity !== 'info')
    .map(({ code, severity }) => ({ code, severity }));
  return { facts: kept, others };
}

export function osOfProfile({ facts }: Pick<TlsProfile, 'facts'>): OsFamily | null {
  return systemOf(located(facts), null)?.family ?? null;
}

/**
 * By the rules of the diagnosis. What fails already, and goes on failing, is no less broken after the change. Anything
 * that nobody could see is unknown, unless something that was seen is wrong.
 */
export function judgeProfile({ facts, others }: TlsProfile, policy: ServicePolicy): ProfileJudgement {
  const read = located(facts);
  const input = { facts: read, lines: [], policy, system: systemOf(read, null), whole: true };
  const found = [...judgedAnew.map((code) => rules[code](input)), ...others];
  const first = (holds: (finding: (typeof found)[number]) => boolean) => found.find(holds)?.code ?? null;
  const breaking = first(({ code, severity }) => severity === 'fail' && deciding.has(code));
  const failing =
    first(({ severity }) => severity === 'fail') ?? first(({ severity }) => severity === 'warn');
  const findings = found
    .filter(({ severity }) => severity === 'fail' || severity === 'warn')
    .map(({ code }) => code);
  if (breaking !== null) return { impact: 'will-break', cause: breaking, findings };
  if (failing !== null) return { impact: 'at-risk', cause: failing, findings };
  const isUnclear = found.some(({ severity }) => severity === 'unknown');
  return { impact: isUnclear ? 'unknown' : 'fine', cause: null, findings };
}

/** The lines were those of a report that is not at hand; nothing is quoted. */
function located(facts: TlsProfile['facts']): readonly Fact[] {
  return facts.map((each) => ({ ...each, line: 0 }));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
