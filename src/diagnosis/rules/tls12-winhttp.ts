import type { Fact } from '../../domain/diagnosis.ts';
import { fact, isAbsent, numberOf } from '../facts.ts';
import { hasBit, tls12Bit } from './bits.ts';
import { createRule, outcome, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

type View = 'lacks' | 'default-off' | 'ok' | 'needs-os' | 'unknown';

/** Programs of 64 and of 32 bits read different halves of the registry, so each is judged by itself. */
export const tls12Winhttp = createRule('tls12-winhttp', sources.winhttp, (input) => {
  const found = viewsOf(input).map((name) => fact(input.facts, name));
  const views = found.map((value) => judgeView(value, input));
  const os = fact(input.facts, 'os.family');
  const worst = (['lacks', 'default-off', 'needs-os', 'unknown', 'ok'] as const).find((view) =>
    views.includes(view),
  );
  const evidence = found.filter((_, index) => views[index] === worst);
  switch (worst) {
    case 'lacks':
      return outcome('fail', 'lacks-tls12', ...evidence);
    case 'default-off':
      return outcome('fail', 'default-off', ...evidence, os);
    case 'needs-os':
      return outcome('unknown', 'needs-os', ...evidence);
    case 'ok':
      return judgeUpdate(input, evidence);
    default:
      return outcome('unknown', 'unknown', ...found);
  }
});

/** A 32-bit Windows has only one half, and the scripts say so. */
function viewsOf({ facts }: RuleInput): readonly string[] {
  const hasOne =
    fact(facts, 'winhttp.wow64')?.value === 'unavailable' || fact(facts, 'run.os-bits')?.value === 32;
  return hasOne ? ['winhttp.native'] : ['winhttp.native', 'winhttp.wow64'];
}

function judgeView(value: Fact | undefined, { system }: RuleInput): View {
  const bits = numberOf(value);
  if (bits !== null) return hasBit(bits, tls12Bit) ? 'ok' : 'lacks';
  if (!isAbsent(value)) return 'unknown';
  if (system === null) return 'needs-os';
  return system.nt === '6.1' || system.nt === '6.2' ? 'default-off' : 'ok';
}

/** Before KB3140245, Windows 7 to Server 2012 ignored the value. Later roll-ups contain it, so this warns. */
function judgeUpdate({ facts, system, whole }: RuleInput, evidence: readonly (Fact | undefined)[]) {
  const update = fact(facts, 'updates.kb3140245');
  const isOld = system?.nt === '6.1' || system?.nt === '6.2';
  // The script says "missing" on those systems only, so it tells where the version was lost.
  if ((isOld || system === null) && update?.value === 'missing') {
    return outcome('warn', 'update-missing', ...evidence, update);
  }
  if (isOld && whole && update === undefined) return outcome('unknown', 'unknown', ...evidence);
  return outcome('pass', 'on', ...evidence);
}
