import type { Fact } from '../../domain/diagnosis.ts';
import { fact, textOf } from '../facts.ts';
import { createRule, outcome, probe, probedHosts, probes, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/** DNS and TCP come before TLS: a server that cannot be reached says nothing about protocols. */
export const network = createRule('network', sources.endpoints, (input) => {
  const dns = probes(input, 'dns').find(
    (found) => found.value === 'failed' && !isReachedByProxy(input, found),
  );
  const tcp = probes(input, 'tcp443').filter((found) =>
    /^(?:refused|timeout|failed)/i.test(String(found.value)),
  );
  const blocked = tcp.filter((found) => isByProxy(input, found));
  if (blocked.length > 0) return outcome('fail', 'proxy-blocks', ...blocked);
  if (dns !== undefined || tcp.length > 0) {
    const proxy = proxyInUse(input);
    // Where a proxy does the talking, the direct way is often closed on purpose.
    if (proxy !== undefined) return outcome('warn', 'behind-proxy', dns, ...tcp, proxy);
    return dns === undefined ? outcome('fail', 'unreachable', ...tcp) : outcome('fail', 'dns', dns, ...tcp);
  }
  const reached = probedHosts.filter((host) => probe(input, host, 'tcp443')?.value === 'ok');
  if (reached.length === probedHosts.length) {
    return outcome('pass', 'reachable', ...probes(input, 'tcp443'));
  }
  const discovery = fact(input.facts, 'join.drs-discovery');
  if (reached.length === 0 && isNetworkError(textOf(discovery)))
    return outcome('fail', 'discovery', discovery);
  return outcome('unknown', 'unknown');
});

function isByProxy(input: RuleInput, { name }: Fact): boolean {
  return probe(input, hostOf(name), 'via')?.value === 'proxy';
}

/** The proxy finds the name by itself, so the PC need not know it. */
function isReachedByProxy(input: RuleInput, found: Fact): boolean {
  return isByProxy(input, found) && probe(input, hostOf(found.name), 'tcp443')?.value === 'ok';
}

function hostOf(name: string): string {
  return name.slice(name.indexOf('.') + 1, name.lastIndexOf('.'));
}

/** WinINet errors: time-out, name not resolved, cannot connect, connection aborted or reset. */
function isNetworkError(text: string | null): boolean {
  return text !== null && /fail/i.test(text) && /0x80072e(?:e2|e7|fd|fe|ff)/i.test(text);
}

function proxyInUse({ facts }: RuleInput) {
  const named = fact(facts, 'proxy.winhttp.mode');
  const enabled = fact(facts, 'proxy.user.enabled');
  const script = fact(facts, 'proxy.user.auto-config-url');
  if (named?.value === 'named') return named;
  if (enabled?.value === 1) return enabled;
  return script !== undefined && script.value !== 'absent' ? script : undefined;
}
