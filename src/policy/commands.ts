import { policyDifferenceText } from '../cards/policy-text.ts';
import type { Wording } from '../cards/wording.ts';
import { impactOnDefaults } from '../diagnosis/impact.ts';
import { isDay, type PolicyHistory, policyAt, policyChanges } from '../domain/policy.ts';

type Write = (line: string) => void;

/** `handshake policy diff`: what changes between two days, and for whom. Returns the exit code: 0, or 2. */
export function diffPolicy(
  history: PolicyHistory,
  days: { readonly before: string; readonly after: string },
  wording: Wording,
  { write, writeError }: { readonly write: Write; readonly writeError: Write },
): number {
  const { before, after } = days;
  if (!isDay(before) || !isDay(after)) {
    writeError(wording.text('policy.errors.bad-date', days));
    return 2;
  }
  if (before > after) {
    writeError(wording.text('policy.errors.order', days));
    return 2;
  }
  const then = policyAt(history, after);
  const changes = policyChanges(history, before, after);
  const impact = impactOnDefaults(policyAt(history, before), then);
  const rules = [...new Set(then.withheld.map(({ by }) => by.name))];
  write(policyDifferenceText(wording, { before, after, changes, impact, rules }));
  return 0;
}
