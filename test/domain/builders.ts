import type { Article, End, Node, Question, Step } from '../../src/domain/article.ts';
import { type Case, type Examined, openCase, type Place } from '../../src/domain/case.ts';
import type { Knowledge, Situation } from '../../src/domain/decision.ts';
import type { Diagnosis, Finding, FindingCode, Provenance } from '../../src/domain/diagnosis.ts';
import { connectionCauses } from '../../src/domain/hold.ts';

/** A step that leads to `next` whether it did not help or could not be done. */
export function step(id: string, next: string, changes: Partial<Step> = {}): Step {
  return {
    kind: 'step',
    id,
    section: 'beyond',
    sources: [],
    impact: 'harmless',
    needs: [],
    commands: [],
    addresses: [],
    broken: [{ to: next }],
    cannot: [{ to: next }],
    ...changes,
  };
}

export function question(
  id: string,
  fact: string | null,
  options: Readonly<Record<string, string>>,
): Question {
  return {
    kind: 'question',
    id,
    section: 'beyond',
    sources: [],
    commands: [],
    fact,
    options: Object.entries(options).map(([option, to]) => ({ id: option, when: [option], to: [{ to }] })),
  };
}

export function end(id: string): End {
  return { kind: 'end', id, section: 'beyond', sources: [] };
}

export function article(id: string, codes: readonly string[], nodes: readonly Node[]): Article {
  const [first] = nodes;
  return {
    id,
    url: 'https://example.com/article',
    codes,
    sections: [],
    start: [{ to: first?.id ?? 'person' }],
    nodes: new Map(nodes.map((node) => [node.id, node])),
  };
}

/** internet -> suites -> joined? -> (hybrid) rejoin, drastic -> end; (none) end. */
export const signIn = article(
  'sign-in',
  ['0x8004de40', '0x8004de88'],
  [
    step('internet', 'suites', { addresses: ['network'] }),
    step('suites', 'joined', { addresses: ['cipher-suites'] }),
    question('joined', 'join.state', { hybrid: 'rejoin', none: 'end', unknown: 'end' }),
    step('rejoin', 'end', { impact: 'drastic', addresses: ['join-state'] }),
    end('end'),
  ],
);

export const knowledge: Knowledge = { articles: [signIn], codes: new Map() };

export function situation(
  place: Place | null,
  changes: Partial<Case> = {},
  before: Place | null = null,
  tickets: Situation['tickets'] = [],
): Situation {
  return { case: { ...openCase('CASE', 'sign-in'), ...changes }, place, before, tickets };
}

export function examinedAs(changes: Partial<Diagnosis>, excerpt = ''): Examined {
  return { reportId: 'r', diagnosis: diagnosis(changes), excerpt };
}

export function diagnosis(changes: Partial<Diagnosis> = {}): Diagnosis {
  return {
    report: { kind: 'handshake-report', complete: true, flaws: [] },
    facts: [],
    findings: [],
    verdict: 'unknown',
    recommendation: { step: null, reasons: [], ruledOut: [], held: [], needs: [], missing: null },
    os: 'windows-10',
    provenance: noProvenance,
    ...changes,
  };
}

export function found(code: FindingCode, severity: Finding['severity'], variant: string = severity): Finding {
  return { code, severity, variant, evidence: [], source: 'https://example.com' };
}

/** Every cause of a broken connection is in order. */
export const connected: readonly Finding[] = connectionCauses.map((code) => found(code, 'pass'));

export const noProvenance: Provenance = {
  script: null,
  scriptSha256: null,
  caseCode: null,
  time: null,
  device: null,
  elevated: null,
  account: null,
  shellBits: null,
  osBits: null,
};

/** A hybrid joined PC without a ticket, whose connection is in order. */
export const readyToRejoin = examinedAs({
  facts: [{ name: 'join.state', value: 'hybrid', line: 7 }],
  findings: [...connected, found('join-state', 'warn', 'hybrid-no-prt')],
});
