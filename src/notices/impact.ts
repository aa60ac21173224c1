import { judgeProfile } from '../diagnosis/tls-profile.ts';
import type { NoticeSubject, PolicyLoss } from '../domain/notice.ts';
import { type PolicyHistory, policyAt, type ServicePolicy } from '../domain/policy.ts';
import type { ProfileJudgement, TlsProfile } from '../domain/tls-profile.ts';

/** Judges the profile of a PC: what becomes of it after the change, or as things are today for an announcement. */
export type JudgeProfile = (profile: TlsProfile) => ProfileJudgement;

/** `today` is `YYYY-MM-DD`, UTC. */
export function createJudge(subject: NoticeSubject, history: PolicyHistory, today: string): JudgeProfile {
  if (subject.kind === 'announcement') {
    const policy = policyAt(history, today);
    return (profile) => judgeProfile(profile, policy);
  }
  const after = withoutLost(policyAt(history, subject.after), subject.lost);
  const losesRoot = policyAt(history, subject.before).roots.some((name) => !after.roots.includes(name));
  return (profile) => {
    const judged = judgeProfile(profile, after);
    // No report says which roots a PC trusts, so nobody is known to be fine when one goes.
    return losesRoot && judged.impact === 'fine' ? { ...judged, impact: 'unknown' } : judged;
  };
}

function withoutLost(policy: ServicePolicy, lost: readonly PolicyLoss[]): ServicePolicy {
  const keep = (kind: PolicyLoss['kind'], names: readonly string[]) =>
    names.filter((name) => !lost.some((loss) => loss.kind === kind && loss.name === name));
  return {
    ...policy,
    protocols: keep('protocol', policy.protocols),
    suites: {
      preferred: keep('suite', policy.suites.preferred),
      compatibility: keep('suite', policy.suites.compatibility),
    },
    groups: keep('group', policy.groups),
    roots: keep('root', policy.roots),
  };
}
