import { policyDifferenceText } from '../cards/policy-text.ts';
import type { Wording } from '../cards/wording.ts';
import { impactOnDefaults } from '../diagnosis/impact.ts';
import { isDay, type PolicyHistory, policyAt, policyChanges } from '../domain/policy.ts';
import { type LookOptions, lookAt } from './watch.ts';
import { reportOn } from './watch-job.ts';
import { watchWords } from './watch-words.ts';

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

export type LookAtHosts = {
  readonly history: PolicyHistory;
  readonly wording: Wording;
  readonly write: Write;
  readonly options: LookOptions;
};

/**
 * `handshake policy watch`: what each host accepts now, and where that is not what the policy data say. Keeps nothing.
 * Returns the exit code: 0, or 1 where a host did not answer or differs.
 */
export async function lookAtHosts(
  hosts: readonly string[],
  { history, wording, write, options }: LookAtHosts,
): Promise<number> {
  const say = (key: string, values: Readonly<Record<string, string>>) =>
    wording.text(`policy.watch.${key}`, values);
  let code = 0;
  for (const host of hosts) {
    const look = await lookAt(host, options);
    if (look.kind === 'failed') {
      write(say('failed', look));
      code = 1;
      continue;
    }
    for (const { name, reply } of look.seen.replies) write(`  ${say('reply', { name, reply })}`);
    const report = reportOn({ history, words: watchWords(wording) }, look.seen, null);
    write(report === null ? say('as-expected', { host }) : report.text);
    if (report !== null) code = 1;
  }
  return code;
}
