import type { Fact } from '../../domain/diagnosis.ts';
import { fact, isAbsent, numberOf } from '../facts.ts';
import { createRule, outcome, probe, probedHosts, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/** WinHTTP's proxy against the one that the user's programs have: parts of the sign-in use each of them. */
export const proxy = createRule('proxy', sources.proxy, (input) => {
  const winhttp = fact(input.facts, 'proxy.winhttp.mode');
  const user = userProxy(input);
  if (winhttp === undefined && user.known === null) return outcome('unknown', 'unknown');
  const evidence = [winhttp, fact(input.facts, 'proxy.winhttp.server'), ...user.evidence];
  if (winhttp === undefined || user.known === null) {
    return input.whole ? outcome('unknown', 'half', ...evidence) : onesided(winhttp, user, evidence);
  }
  if (winhttp.value !== 'named' && user.known === 'direct') return outcome('pass', 'none', ...evidence);
  if (winhttp.value === 'named' && user.known === 'server') return outcome('info', 'both', ...evidence);
  if (user.known === 'script') return outcome('info', 'script', ...evidence);
  // A difference hurts only where the servers cannot be reached without the proxy.
  const reached = probedHosts.every((host) => probe(input, host, 'tcp443')?.value === 'ok');
  return outcome(reached ? 'info' : 'warn', 'different', ...evidence);
});

type UserProxy = {
  readonly known: 'direct' | 'server' | 'script' | null;
  readonly evidence: readonly Fact[];
};

function userProxy({ facts, whole }: RuleInput): UserProxy {
  const enabled = fact(facts, 'proxy.user.enabled');
  const server = fact(facts, 'proxy.user.server');
  const script = fact(facts, 'proxy.user.auto-config-url');
  const evidence = [enabled, server, script].filter((found) => found !== undefined);
  if (script !== undefined && !isAbsent(script)) return { known: 'script', evidence };
  if (numberOf(enabled) === 1) return { known: 'server', evidence };
  if (enabled === undefined && server !== undefined && !isAbsent(server))
    return { known: 'server', evidence };
  // Only dsregcmd shows the server without the switch: where a report lacks the switch, nobody could read it.
  const isUnset = !whole && enabled === undefined && isAbsent(server);
  const isOff = numberOf(enabled) === 0 || isAbsent(enabled) || isUnset;
  return { known: isOff && script !== undefined ? 'direct' : null, evidence };
}

function onesided(winhttp: Fact | undefined, user: UserProxy, evidence: readonly (Fact | undefined)[]) {
  if (winhttp?.value === 'named') return outcome('info', 'winhttp-named', ...evidence);
  if (winhttp !== undefined) return outcome('pass', 'winhttp-direct', ...evidence);
  return user.known === 'direct'
    ? outcome('pass', 'user-direct', ...evidence)
    : outcome('info', 'user-named', ...evidence);
}
