import { isLoopback } from '../../settings.ts';

export type TrustedHosts = {
  /** Host names, compared exactly; https and its default port only. */
  readonly hosts: readonly string[];
  /** Also allows http to this machine, for local mode and tests. */
  readonly loopback: boolean;
};

/** A serviceUrl outside the allow-list; the bot's token must never go there. */
export class UntrustedServiceUrl extends Error {
  override readonly name = 'UntrustedServiceUrl';
  readonly code = 'untrusted-service-url';

  constructor(serviceUrl: unknown) {
    super(`Expected the serviceUrl of the channel, got host ${hostOf(serviceUrl)}; nothing was sent there.`);
  }
}

/** The SDK trusts every serviceUrl, also one from a poisoned conversation reference. */
export function isTrustedServiceUrl(serviceUrl: unknown, trusted: TrustedHosts): serviceUrl is string {
  const url = parse(serviceUrl);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (trusted.loopback && isLoopback(url.hostname)) return ['http:', 'https:'].includes(url.protocol);
  return url.protocol === 'https:' && url.port === '' && trusted.hosts.includes(url.hostname);
}

export function requireTrusted(serviceUrl: unknown, trusted: TrustedHosts): string {
  if (!isTrustedServiceUrl(serviceUrl, trusted)) throw new UntrustedServiceUrl(serviceUrl);
  return serviceUrl;
}

function parse(serviceUrl: unknown): URL | null {
  return typeof serviceUrl === 'string' && URL.canParse(serviceUrl) ? new URL(serviceUrl) : null;
}

function hostOf(serviceUrl: unknown): string {
  return parse(serviceUrl)?.host || 'none';
}
