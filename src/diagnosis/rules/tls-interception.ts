import type { Fact } from '../../domain/diagnosis.ts';
import { createRule, outcome, probe, probedHosts, probes } from './rule.ts';
import { sources } from './sources.ts';

/** Authorities that issue for Microsoft's hosts, by common name or organisation. */
const microsofts =
  /(?:^|[,=/] ?)"?(?:DigiCert|Baltimore|Microsoft (?:Azure|RSA|ECC|TLS|IT|Corporation|Public|Secure))\b/i;
const publicAuthorities =
  /\b(?:GlobalSign|Entrust|Sectigo|COMODO|USERTrust|GeoTrust|Thawte|RapidSSL|VeriSign|Symantec|Let's Encrypt|ISRG|Amazon|Google Trust Services|GoDaddy|Starfield|QuoVadis|SwissSign|Certum|Buypass|Actalis|HARICA|IdenTrust|SSL\.com|D-Trust|T-TeleSec)\b/i;

/**
 * The issuer of the server's certificate tells whether somebody opens the connection on the way. The device
 * sign-in host asks for a client certificate, which cannot pass an inspection at all.
 */
export const tlsInterception = createRule('tls-interception', sources.hybridJoin, (input) => {
  const issuers = probes(input, 'issuer').filter(isRead);
  const strange = issuers.filter((found) => !microsofts.test(String(found.value)));
  const inspected = strange.filter((found) => !publicAuthorities.test(String(found.value)));
  if (inspected.some((found) => found.name === 'probe.device.login.microsoftonline.com.issuer')) {
    return outcome('fail', 'device-login', ...inspected);
  }
  if (inspected.length > 0) return outcome('warn', 'inspected', ...inspected);
  if (strange.length > 0) return outcome('warn', 'unfamiliar', ...strange);
  const known = probedHosts.map((host) => probe(input, host, 'issuer')).filter(isRead);
  return known.length === probedHosts.length
    ? outcome('pass', 'direct', ...known)
    : outcome('unknown', 'unknown', ...known);
});

function isRead(found: Fact | undefined): found is Fact {
  return found !== undefined && found.value !== 'absent' && found.value !== 'unavailable';
}
