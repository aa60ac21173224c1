import type { Step } from './article.ts';
import type { Finding, FindingCode } from './diagnosis.ts';

/** What the connection rests on, causes before their effects: nothing can be judged through a dead network. */
export const connectionCauses: readonly FindingCode[] = [
  'network',
  'clock',
  'proxy',
  'tls-interception',
  'tls12-schannel',
  'tls12-winhttp',
  'tls12-wininet',
  'cipher-suites',
  'curves',
  'key-exchange',
  'tls-handshake',
];

/** Leaving the organisation's directory and joining it again. */
export function isRejoin(step: Step): boolean {
  return step.impact === 'drastic' && step.addresses.includes('join-state');
}

/**
 * The finding because of which a drastic step has to wait; null when nothing stands in its way. Leaving and
 * rejoining is for hybrid joined PCs whose connection is known to be in order: another one would not get back in.
 * Anything else drastic waits while something fails that it cannot mend.
 */
export function holdOf(step: Step, findings: readonly Finding[]): FindingCode | null {
  if (step.impact !== 'drastic') return null;
  const failing = findings.filter(
    ({ code, severity }) => severity === 'fail' && !step.addresses.includes(code),
  );
  return failing[0]?.code ?? (isRejoin(step) ? doubtOnRejoin(findings) : null);
}

function doubtOnRejoin(findings: readonly Finding[]): FindingCode | null {
  const of = (wanted: FindingCode) => findings.find(({ code }) => code === wanted);
  if (!of('join-state')?.variant.startsWith('hybrid')) return 'join-state';
  return connectionCauses.find((code) => !['pass', 'info'].includes(of(code)?.severity ?? 'unknown')) ?? null;
}
