import { fact } from '../facts.ts';
import { createRule, outcome, type RuleInput } from './rule.ts';
import { sources } from './sources.ts';

/** Whether Windows itself offers TLS 1.2 as a client. */
export const tls12Schannel = createRule('tls12-schannel', sources.tlsRegistry, (input) => {
  const client = fact(input.facts, 'schannel.tls12.client');
  const enabled = fact(input.facts, 'schannel.tls12.enabled');
  const byDefault = fact(input.facts, 'schannel.tls12.disabled-by-default');
  const evidence = [client, enabled, byDefault];
  if (client === undefined) return outcome('unknown', 'unknown');
  switch (client.value) {
    case 'off':
      return outcome('fail', 'off', enabled ?? client);
    case 'off-by-default':
      return outcome('fail', 'off-by-default', byDefault ?? client);
    case 'on':
      return outcome('pass', 'on', ...evidence);
    default:
      return byDefaultOf(input, evidence);
  }
});

/** Nothing is set, or not enough to overrule the default, which only Windows 7 and 2008 R2 have off. */
function byDefaultOf({ facts, system, whole }: RuleInput, evidence: Parameters<typeof outcome>[2][]) {
  const isHalf = fact(facts, 'schannel.tls12.disabled-by-default') === undefined;
  if (whole && isHalf) return outcome('unknown', 'unknown', ...evidence);
  if (system === null) return outcome('unknown', 'needs-os', ...evidence);
  if (system.nt === '6.1') return outcome('fail', 'default-off', ...evidence, fact(facts, 'os.family'));
  return outcome('pass', 'default-on', ...evidence, fact(facts, 'os.family'));
}
