import type { Impact, PolicyChange } from '../domain/policy.ts';
import { nameOs } from './os-name.ts';
import type { Wording } from './wording.ts';

export type PolicyDifference = {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly PolicyChange[];
  readonly impact: readonly Impact[];
  /** Names of the organisation's rules that hold on the later day. */
  readonly rules: readonly string[];
};

/** What changes between two days, and for whom, as plain text for a terminal. */
export function policyDifferenceText(wording: Wording, difference: PolicyDifference): string {
  const { before, after, changes, impact, rules } = difference;
  const say = (key: string, values?: Readonly<Record<string, string>>) =>
    wording.text(`policy.difference.${key}`, values);
  return [
    say('heading', { before, after }),
    ...(rules.length === 0 ? [] : [wording.text('policy.organisation.rules', { names: rules.join(', ') })]),
    '',
    ...(changes.length === 0 ? [say('none')] : []),
    ...changes.flatMap(({ source, ...change }) => [say('change', change), say('source', { source })]),
    '',
    say('impact'),
    ...impact.map((row) => impactLine(wording, row)),
    '',
    say('list', { after }),
  ].join('\n');
}

function impactLine(wording: Wording, { os, release, before, after }: Impact): string {
  const system = [nameOs(wording, os), release].filter((part) => part !== '').join(' ');
  const standing = (each: Impact['before']) => wording.text(`policy.difference.standing.${each}`);
  if (before === after) return wording.text('policy.difference.same', { system, after: standing(after) });
  const symbol = wording.text(`findings.report.severities.${after}`);
  const values = { symbol, system, before: standing(before), after: standing(after) };
  return wording.text('policy.difference.row', values);
}
