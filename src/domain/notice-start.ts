import type { Audience, ImpactClass, PolicyLoss } from './notice.ts';

/**
 * Whom a new notice is for, until its author says otherwise: those whom the loss may concern; null, an announcement, is
 * for nobody yet. No report says which roots a PC trusts, so those whom the end of one concerns are unknown.
 */
export function startingAudience(lost: readonly Pick<PolicyLoss, 'kind'>[] | null): Audience {
  return {
    ...{ everyone: false, impact: classesConcerned(lost), findings: [], os: [], sites: [], languages: [] },
    ...{ people: [], groups: [] },
  };
}

function classesConcerned(lost: readonly Pick<PolicyLoss, 'kind'>[] | null): readonly ImpactClass[] {
  if (lost === null) return [];
  return lost.some(({ kind }) => kind === 'root')
    ? ['will-break', 'at-risk', 'unknown']
    : ['will-break', 'at-risk'];
}
