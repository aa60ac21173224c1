import type { NoticeDraft } from '../domain/notice.ts';
import { startingAudience } from '../domain/notice-start.ts';
import { type PolicyHistory, type PolicyKind, policyAt } from '../domain/policy.ts';
import type { Seen } from './watch.ts';

export type Difference = {
  readonly change: 'gained' | 'lost';
  readonly kind: PolicyKind;
  readonly name: string;
};

/** What a host began or ceased to accept between two looks. What either did not tell is no difference. */
export function sinceLast(before: Seen, after: Seen): readonly Difference[] {
  const told = after.replies.filter(({ kind }) => kind !== 'root');
  const changed = told.flatMap(({ kind, name, reply }): readonly Difference[] => {
    const then = before.replies.find((each) => each.kind === kind && each.name === name)?.reply;
    if (then === 'refused' && reply === 'accepted') return [{ change: 'gained', kind, name }];
    return then === 'accepted' && reply === 'refused' ? [{ change: 'lost', kind, name }] : [];
  });
  return [...changed, ...rootChange(before, after)];
}

/** A chain leads to one root; another one is a change when both looks saw one. */
function rootChange(before: Seen, after: Seen): readonly Difference[] {
  const [old, young] = [before, after].map(
    ({ replies }) => replies.find(({ kind }) => kind === 'root')?.name,
  );
  if (old === undefined || young === undefined || old === young) return [];
  return [
    { change: 'lost', kind: 'root', name: old },
    { change: 'gained', kind: 'root', name: young },
  ];
}

/** Where a host is not as the policy data say for that day: `lost` is expected and refused, `gained` the reverse. */
export function fromPolicy(seen: Seen, history: PolicyHistory): readonly Difference[] {
  const { protocols, suites, groups, roots } = policyAt(
    { ...history, organisation: [] },
    seen.at.slice(0, 10),
  );
  const expected: Readonly<Record<PolicyKind, readonly string[]>> = {
    protocol: protocols,
    suite: [...suites.preferred, ...suites.compatibility],
    group: groups,
    root: roots,
  };
  return seen.replies.flatMap(({ kind, name, reply }): readonly Difference[] => {
    const isExpected = expected[kind].includes(name);
    if (reply === 'accepted' && !isExpected) return [{ change: 'gained', kind, name }];
    return reply === 'refused' && isExpected ? [{ change: 'lost', kind, name }] : [];
  });
}

/** What is worth telling after a look: what changed, and where the data are wrong in another way than before. */
export function worthTelling(before: Seen | null, seen: Seen, history: PolicyHistory) {
  const since = before === null ? [] : sinceLast(before, seen);
  const policy = fromPolicy(seen, history);
  const known = before === null ? [] : fromPolicy(before, history);
  return { since, policy: policy.filter((each) => !known.some((old) => isSame(old, each))) };
}

function isSame(a: Difference, b: Difference): boolean {
  return a.change === b.change && a.kind === b.kind && a.name === b.name;
}

const dayMs = 86_400_000;

/** A notice to write on, for those whom the loss hits; null where nothing was lost that a PC could offer. */
export function draftOf(
  before: Seen | null,
  seen: Seen,
  lost: readonly Difference[],
  words: Pick<NoticeDraft, 'name' | 'texts'>,
): NoticeDraft | null {
  const gone = lost.filter(({ change, kind }) => change === 'lost' && kind !== 'root');
  if (gone.length === 0) return null;
  const after = seen.at.slice(0, 10);
  const dayBefore = new Date(Date.parse(after) - dayMs).toISOString().slice(0, 10);
  const last = before?.at.slice(0, 10) ?? dayBefore;
  return {
    name: words.name,
    subject: {
      kind: 'policy',
      before: last < after ? last : dayBefore,
      after,
      lost: gone.map(({ kind, name }) => ({ kind, name })),
      source: `https://${seen.host}`,
    },
    audience: startingAudience(gone),
    texts: words.texts,
    schedule: { startAt: null, window: null, weekdays: [], remindAfterDays: null },
    mandatory: null,
  };
}
