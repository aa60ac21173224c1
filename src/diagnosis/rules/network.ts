import { fact, textOf } from '../facts.ts';
import { createRule, outcome, probe, probedHosts, probes, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/** DNS and TCP come before TLS: a server that cannot be reached says nothing about protocols. */
export const network = createRule('network', sources.endpoints, (input) => {
  const dns = probes(input, 'dns').find((found) => found.value === 'failed');
  const tcp = probes(input, 'tcp443').filter((found) =>
    /^(?:refused|timeout|failed)/i.test(String(found.value)),
  );
  if (dns !== undefined || tcp[0] !== undefined) {
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
