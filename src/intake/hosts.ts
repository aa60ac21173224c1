import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where files may be fetched from and put to. */
export type HostRules = {
  /** Host names in full, lower case; `*.name` stands for every name below it. */
  readonly allowedHosts: readonly string[];
  /** Local mode: plain http to this machine itself is allowed too. */
  readonly allowLoopback: boolean;
};

/** The URL when the rules allow it, else null. Addresses are checked later, when they are known. */
export function checkTarget(text: string, rules: HostRules, base?: URL): URL | null {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (url === null || url.username !== '' || url.password !== '') {
    return null;
  }
  if (url.protocol === 'http:') {
    return rules.allowLoopback && isLoopbackHost(url.hostname) ? url : null;
  }
  // A literal address has no name that could be on the list; another port is another service.
  if (url.protocol !== 'https:' || url.port !== '' || isIP(bare(url.hostname)) !== 0) {
    return null;
  }
  return rules.allowedHosts.some((allowed) => matches(url.hostname, allowed)) ? url : null;
}

/** The host alone, for logs: a download URL is itself a secret. */
export function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).hostname : 'invalid';
}

/** Where a name may lead: to this machine for its own names in local mode, else to public addresses only. */
export function isAllowedAddress(address: string, hostname: string, rules: HostRules): boolean {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.process(address);
  if (isLoopbackHost(hostname)) {
    return rules.allowLoopback && parsed.range() === 'loopback';
  }
  return isPublic(parsed);
}

/** Azure's own agent answers at this address, which looks public but is the machine's host. */
const azureHost = '168.63.129.16';
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast' || address.toString() === azureHost) {
    return false;
  }
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(globalUnicast);
}

function matches(hostname: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? hostname.endsWith(allowed.slice(1)) : hostname === allowed;
}

function isLoopbackHost(hostname: string): boolean {
  const host = bare(hostname);
  return host === 'localhost' || (isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback');
}

function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
