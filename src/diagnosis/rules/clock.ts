import { fact, numberOf, textOf } from '../facts.ts';
import { createRule, outcome } from './rule.ts';
import { sources } from './sources.ts';

/** Beyond five minutes, sign-in tokens and certificates look expired or not yet valid. */
const tolerance = 300;

export const clock = createRule('clock', sources.clock, ({ facts }) => {
  const measured = fact(facts, 'clock.offset-seconds');
  const server = fact(facts, 'clock.server-date-utc');
  const own = fact(facts, 'report.time');
  const compared = difference(textOf(own), textOf(server));
  const offset = numberOf(measured) ?? compared;
  const evidence = numberOf(measured) === null ? [own, server] : [measured];
  if (offset === null) return outcome('unknown', 'unknown');
  if (Math.abs(offset) > tolerance) return outcome('fail', offset > 0 ? 'ahead' : 'behind', ...evidence);
  // The two dates are seconds apart by nature; they pass only where the script says that it measured nothing.
  return measured === undefined ? outcome('unknown', 'unknown') : outcome('pass', 'right', ...evidence);
});

/** Seconds by which the first is ahead of the second. */
function difference(own: string | null, server: string | null): number | null {
  const seconds = (Date.parse(own ?? '') - Date.parse(server ?? '')) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}
