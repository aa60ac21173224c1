import { createRule, outcome, probe, probedHosts, probes } from './rule.ts';
import { sources } from './sources.ts';

const signInHosts =
  /[.](?:microsoftonline\.com|sharepoint\.com|enterpriseregistration\.windows\.net|sfx\.ms|live\.com)\.tls12$/;

/**
 * A real TLS 1.2 handshake. Its failure outranks settings that look right; its success excuses no setting,
 * because OneDrive speaks through WinHTTP and WinINet, and the scripts through other doors.
 */
export const tlsHandshake = createRule('tls-handshake', sources.tlsPolicy, (input) => {
  const failed = probes(input, 'tls12').filter((found) => {
    const host = found.name.slice('probe.'.length, -'.tls12'.length);
    // Without a connection there was no handshake: that is the network's finding.
    const connected = probe(input, host, 'tcp443')?.value;
    return (
      /^(?:failed|timeout)/i.test(String(found.value)) && (connected === 'ok' || connected === undefined)
    );
  });
  const own = failed.filter((found) => signInHosts.test(found.name));
  if (own.length > 0) return outcome('fail', 'failed', ...own);
  // Another of Microsoft's hosts may be stricter than those of the sign-in.
  if (failed.length > 0) return outcome('warn', 'other-host', ...failed);
  const succeeded = probedHosts
    .map((host) => probe(input, host, 'tls12'))
    .filter((found) => found?.value === 'ok');
  if (succeeded.length === probedHosts.length) return outcome('pass', 'succeeded', ...succeeded);
  return outcome('unknown', 'unknown', ...succeeded);
});
