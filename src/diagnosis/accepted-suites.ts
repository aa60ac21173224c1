import type { ServicePolicy } from '../domain/policy.ts';

export function isTls13(suite: string): boolean {
  return /^TLS_(?:AES|CHACHA20)_/.test(suite);
}

/** The one version of TLS that a suite, of those that matter here, works with. */
export function versionOf(suite: string): 'TLS 1.2' | 'TLS 1.3' {
  return isTls13(suite) ? 'TLS 1.3' : 'TLS 1.2';
}

/** Which of a PC's suites get through, by a policy; a suite is of use only with its version of TLS. */
export function acceptedSuites(
  names: readonly string[],
  { protocols, suites }: ServicePolicy,
): { readonly preferred: readonly string[]; readonly compatibility: readonly string[] } {
  const spoken = names.filter((name) => protocols.includes(versionOf(name)));
  return {
    preferred: spoken.filter((name) => suites.preferred.includes(name)),
    compatibility: spoken.filter((name) => suites.compatibility.includes(name)),
  };
}
