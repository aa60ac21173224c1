import { fact, textOf } from '../facts.ts';
import { createRule, outcome, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/** How the PC belongs to the organisation. Without a PRT, a joined PC cannot sign in by itself. */
export const joinState = createRule('join-state', sources.dsregcmd, (input) => {
  const state = fact(input.facts, 'join.state');
  const name = textOf(state);
  switch (name) {
    case 'hybrid':
    case 'entra':
      return judgeJoined(input, name);
    case 'domain':
    case 'registered':
    case 'none':
      return outcome('pass', name, ...answers(input));
    default:
      return outcome('unknown', 'unknown', ...answers(input));
  }
});

function judgeJoined(input: RuleInput, state: 'hybrid' | 'entra') {
  const prt = fact(input.facts, 'join.prt');
  const auth = fact(input.facts, 'join.device-auth');
  // Only `dsregcmd` itself shows it; the scripts leave it out, and what is left out cannot be missed.
  if (!input.whole && /^failed/i.test(textOf(auth) ?? '')) {
    return outcome('fail', `${state}-device-auth`, auth, ...answers(input));
  }
  if (prt?.value === false) return outcome('warn', `${state}-no-prt`, prt, ...answers(input));
  if (prt === undefined) return outcome('unknown', `${state}-prt-unknown`, ...answers(input));
  return outcome('pass', state, ...answers(input), prt);
}

function answers({ facts }: RuleInput) {
  return ['join.azure-ad', 'join.domain', 'join.workplace'].map((name) => fact(facts, name));
}
