import type { Step } from '../../src/domain/article.ts';
import type { FindingCode } from '../../src/domain/diagnosis.ts';

export function step(id: string, addresses: readonly FindingCode[], more: Partial<Step> = {}): Step {
  return {
    kind: 'step',
    id,
    section: 'beyond',
    sources: [],
    impact: 'settings',
    needs: [],
    commands: [],
    addresses,
    broken: [],
    cannot: [],
    ...more,
  };
}

/** A short route in the order of an article: from harmless to drastic. */
export const route: readonly Step[] = [
  step('internet', ['network'], { impact: 'harmless' }),
  step('clock', ['clock'], { impact: 'harmless' }),
  step('restart', [], { impact: 'harmless', needs: ['restart'] }),
  step('updates', ['tls-handshake', 'onedrive-version'], { impact: 'harmless' }),
  step('proxy', ['proxy', 'tls-interception']),
  step('tls-protocols', ['tls12-wininet']),
  step('cipher-enable', ['cipher-suites', 'cipher-order'], { needs: ['administrator', 'restart'] }),
  step('cipher-policy', ['cipher-policy', 'cipher-suites', 'cipher-order'], { needs: ['administrator'] }),
  step('tls12-restore', ['tls12-schannel', 'tls12-winhttp', 'key-exchange'], { needs: ['administrator'] }),
  step('curves', ['curves', 'key-exchange'], { needs: ['administrator'] }),
  step('work-account', ['join-state']),
  step('rejoin', ['join-state'], {
    impact: 'drastic',
    needs: ['administrator', 'organisation-network', 'restart'],
  }),
  step('reset', [], { impact: 'drastic', needs: ['saved-files'] }),
];
