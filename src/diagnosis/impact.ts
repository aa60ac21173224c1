import type { Impact, ServicePolicy, Standing } from '../domain/policy.ts';
import { acceptedSuites, isTls13 } from './accepted-suites.ts';
import { stripCurve } from './parse/suite-names.ts';
import { type WindowsDefault, windowsDefaults } from './windows-defaults.ts';

/** What a change of policy means to every Windows that was left as it was installed. */
export function impactOnDefaults(before: ServicePolicy, after: ServicePolicy): readonly Impact[] {
  return windowsDefaults.map((row) => ({
    os: row.os,
    release: row.release,
    before: standingOf(row, before),
    after: standingOf(row, after),
  }));
}

/** How a list of suites stands under a policy; what nobody prefers any more is a warning, nothing at all a failure. */
export function standingOf(
  { suites, tls13 }: Pick<WindowsDefault, 'suites' | 'tls13'>,
  policy: ServicePolicy,
): Standing {
  const offered = suites.map(stripCurve).filter((name) => tls13 || !isTls13(name));
  const { preferred, compatibility } = acceptedSuites(offered, policy);
  if (preferred.length > 0) return 'pass';
  return compatibility.length > 0 ? 'warn' : 'fail';
}
