import type { Card } from '../../src/cards/card.ts';
import type { Cards } from '../../src/cards/cards.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Account } from '../../src/domain/account.ts';
import type { Article, Node } from '../../src/domain/article.ts';
import { type Case, openCase, type Place } from '../../src/domain/case.ts';
import type { Diagnosis, Finding, FindingCode, Severity } from '../../src/domain/diagnosis.ts';
import { emptyForm, sharedOf } from '../../src/domain/share.ts';
import { remediationFor } from '../../src/remediation/remediation.ts';
import { rawCommands } from '../../src/scripts/catalogue.ts';
import { qrPicture } from '../../src/scripts/qr-code.ts';
import { buildReport, systems } from '../diagnosis/report-builder.ts';
import { diagnosis as anyDiagnosis } from '../domain/builders.ts';
import { byPolicy } from '../remediation/everything-off.ts';
import { evidenceCards } from './evidence-samples.ts';
import { handoffCards, listedTickets } from './handoff-samples.ts';

/** One card of a kind, under a name that tells the situation. */
export type Sample = {
  readonly name: string;
  readonly card: Card;
  /** True for cards that wait for an answer: they must offer a person. */
  readonly interactive: boolean;
};

export const binding = 'case-7f3.4.q0Zr3t8x';
const article = 'onedrive-sign-in';

/** A finding; `code` may name its variant too, as in `cipher-suites.dhe-only`. */
export function finding(
  code: FindingCode | `${FindingCode}.${string}`,
  severity: Severity,
  texts: readonly string[] = [],
): Finding {
  const [name, variant = 'unworded'] = code.split('.') as [FindingCode, string?];
  const evidence = texts.map((text, index) => ({ line: 12 + index, text }));
  return { code: name, severity, variant, evidence, source: 'https://learn.microsoft.com/sample' };
}

export function diagnosis(changes: Partial<Diagnosis> = {}): Diagnosis {
  return anyDiagnosis({ os: null, ...changes });
}

export const richDiagnosis = diagnosis({
  report: { kind: 'handshake-report', complete: false, flaws: ['no-end', 'checksum'] },
  verdict: 'fail',
  os: 'windows-10',
  findings: [
    finding('network.reachable', 'pass'),
    finding('clock.right', 'pass'),
    finding('cipher-suites.dhe-only', 'fail', [
      'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
    ]),
    finding('cipher-policy.blocks', 'warn', [
      'policy.functions = TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_NULL',
    ]),
    finding('proxy.winhttp-named', 'info', ['winhttp.mode = named']),
    finding('join-state.unknown', 'unknown'),
    finding('curves.unknown', 'unknown'),
  ],
  recommendation: {
    step: 'cipher-policy',
    reasons: ['cipher-suites', 'cipher-policy'],
    ruledOut: [
      { step: 'internet', reason: 'network' },
      { step: 'clock', reason: 'clock' },
    ],
    held: [{ step: 'rejoin', reason: 'cipher-suites' }],
    needs: ['administrator', 'restart'],
    missing: null,
  },
});

export function currentCase(changes: Partial<Case> = {}): Case {
  return { ...openCase('case-7f3', article), ...changes };
}

const shortReport = [
  '=== HANDSHAKE REPORT 1 BEGIN ===',
  '[report]',
  'format = handshake-report 1',
  '[proxy]',
  'user.server = host-1:8080',
  'user.auto-config-url = http://host-1/proxy.pac',
].join('\r\n');

export const richCase = currentCase({
  code: '0x8004de40',
  os: 'windows-8.1',
  tried: [
    { node: 'internet', answer: 'broken' },
    { node: 'clock', answer: 'cannot' },
    { node: 'cipher-check', answer: 'missing' },
  ],
  examined: { reportId: 'r1', diagnosis: richDiagnosis, excerpt: shortReport },
  ticketIds: ['HS-20261124-3K7Q'],
});

/** A report of the longest kind that a case keeps. */
export const longCase = currentCase({
  ...richCase,
  examined: {
    reportId: 'r2',
    diagnosis: richDiagnosis,
    excerpt: Array.from(
      { length: 260 },
      (_, index) => `suite.${index} = TLS_RSA_WITH_AES_256_CBC_SHA "kept"`,
    ).join('\n'),
  },
});

/** The account of a way that began at a recommended step. */
export const account: Account = {
  tried: ['restart', 'proxy'],
  refused: ['cipher-policy'],
  needless: ['internet', 'clock'],
  held: ['reset'],
  left: ['tls-protocols'],
};

const obstacle = {
  step: {
    kind: 'step',
    id: 'cipher-policy',
    section: 'W1',
    sources: [],
    impact: 'settings',
    needs: ['administrator', 'restart'],
    commands: [],
    addresses: ['cipher-policy', 'cipher-suites'],
    broken: [],
    cannot: [],
  },
  failures: richDiagnosis.findings.filter(({ severity }) => severity === 'fail'),
} as const;

const offers = [
  {
    kind: 'powershell',
    fileName: 'handshake-check.ps1',
    url: 'https://bot.contoso.example/scripts/1.0.0-3f9a2c/handshake-check.ps1',
    sizeBytes: 23_412,
    sha256: '9f2b6c'.repeat(10).padEnd(64, '0'),
    recommended: true,
  },
  {
    kind: 'batch',
    fileName: 'handshake-check.cmd',
    url: 'https://bot.contoso.example/scripts/1.0.0-8be1d0/handshake-check.cmd',
    sizeBytes: 812,
    sha256: '04d7e1'.repeat(10).padEnd(64, '0'),
    recommended: false,
  },
] as const;

const webLink = {
  address: 'https://bot.contoso.example/r',
  code: 'CDFG-2345',
  url: 'https://bot.contoso.example/r/CDFG2345',
  picture: qrPicture('https://bot.contoso.example/r/CDFG2345'),
};
const command =
  'powershell -NoProfile -ExecutionPolicy Bypass -Command "irm https://bot.contoso.example/scripts/1.0.0-3f9a2c/handshake-check.ps1 -OutFile $env:TEMP\\handshake-check.ps1; & $env:TEMP\\handshake-check.ps1"';

const place: Place = { at: 'node', node: 'cipher-check', agreed: false };

/** Every card but those of the article's nodes, with much to say and with little. */
export function sampleCards(cards: Cards): readonly Sample[] {
  return [
    ...openings(cards),
    ...reports(cards),
    ...results(cards),
    ...remediations(cards),
    ...evidenceCards(cards, binding).map(([name, card]) => asks(name, card)),
    ...endings(cards),
    ...handoffCards(cards, binding),
    ...orientations(cards),
  ];
}

function asks(name: string, card: Card): Sample {
  return { name, card, interactive: true };
}

function tells(name: string, card: Card): Sample {
  return { name, card, interactive: false };
}

function openings(cards: Cards): readonly Sample[] {
  const known = { code: '0x8004de85', kind: 'known', meaning: 'The account does not fit.' } as const;
  return [
    tells('greeting', cards.greeting({ group: false })),
    tells('greeting in a group', cards.greeting({ group: true })),
    asks('code', cards.code(binding, { codes: ['0x8004de40', '0x8004de88'] })),
    asks('code, many', cards.code(binding, { codes: manyCodes })),
    asks(
      'other code, known',
      cards.otherCode(binding, { ...known, link: 'https://support.microsoft.com/a_(b)' }),
    ),
    asks(
      'other code, unconfirmed',
      cards.otherCode(binding, { code: '0x8004def0', kind: 'unconfirmed', meaning: null, link: null }),
    ),
    asks('os', cards.os(binding)),
    asks('way', cards.way(binding, { code: '0x8004de40', os: 'windows-11' })),
    asks('way, nothing known', cards.way(binding, { code: null, os: null })),
  ];
}

const manyCodes = [
  '0x8004de40',
  '0x8004de88',
  '0x8004de80',
  '0x8004de86',
  '0x8004de85',
  '0x8004def4',
  '0x8004dfff',
];

function reports(cards: Cards): readonly Sample[] {
  return [
    asks('script', cards.script(binding, { offers, command, webLink, os: 'windows-10', canSendFile: true })),
    asks(
      'script, one lane',
      cards.script(binding, {
        offers: offers.slice(1),
        command: null,
        webLink,
        os: null,
        canSendFile: false,
      }),
    ),
    asks('by hand', cards.byHand(binding, { commands: rawCommands('windows-10') })),
    asks('by hand, old Windows', cards.byHand(binding, { commands: rawCommands('windows-7') })),
    asks('paste more', cards.pasteMore(binding, { received: 1 })),
    asks('paste more, third part', cards.pasteMore(binding, { received: 3 })),
  ];
}

function remediations(cards: Cards): readonly Sample[] {
  const filesUrl = 'https://bot.example.com/remediation/5f0c.zip';
  const remedies = remediationFor(
    diagnose(buildReport(systems['windows-10-22h2'], byPolicy), { at: '2026-05-04', route: () => [] }),
  );
  return [
    tells('remediation, one', cards.remediation({ remedies: remedies.slice(0, 1), filesUrl })),
    tells('remediation, everything', cards.remediation({ remedies, filesUrl })),
    tells('remediation, nothing', cards.remediation({ remedies: [], filesUrl })),
  ];
}

function results(cards: Cards): readonly Sample[] {
  const result = (changes: Partial<Diagnosis>) =>
    cards.result(binding, { article, diagnosis: diagnosis(changes), doubts: [] });
  const missing = { ...diagnosis().recommendation, missing: 'cipher-suites' } as const;
  return [
    asks(
      'result, fail',
      cards.result(binding, { article, diagnosis: richDiagnosis, doubts: ['cut', 'changed'] }),
    ),
    asks('result, nothing to say', result({})),
    asks(
      'result, one fact missing',
      result({ recommendation: missing, findings: [finding('cipher-suites.unknown', 'unknown')] }),
    ),
    asks(
      'result, all fine',
      result({
        verdict: 'pass',
        findings: [finding('network.reachable', 'pass'), finding('clock.right', 'pass')],
      }),
    ),
    asks(
      'result, warn',
      result({ verdict: 'warn', findings: [finding('cipher-order.not-on-top', 'warn', ['TLS_RSA_X'])] }),
    ),
  ];
}

function endings(cards: Cards): readonly Sample[] {
  const contact = '+1 555 0100, weekdays from 8 to 18';
  const choices = [
    { value: 'cipher-enable', title: 'Switch on the two cipher suites' },
    { value: 'restart', title: 'Restart the computer' },
  ];
  const note = 'Since Monday. I need the folder "Offers" by noon, please.';
  return [
    asks('person', cards.person(binding, { contact, form: emptyForm, queue: null, timeZone: null })),
    asks(
      'person, no contact',
      cards.person(binding, { contact: null, form: emptyForm, queue: null, timeZone: null }),
    ),
    asks(
      'person, in front of the helpdesk',
      cards.person(binding, {
        contact,
        form: { note, urgency: 'high', contact: 'extension 4711', bestTime: 'until 16:00' },
        queue: { waiting: 2, place: null, usualMinutes: 25, opensAt: null },
        timeZone: 'Europe/Zurich',
      }),
    ),
    asks(
      'preview',
      cards.preview(binding, {
        article,
        shared: sharedOf(richCase, note, true),
        form: { urgency: 'high', contact: 'extension 4711', bestTime: 'until 16:00' },
        remarks: ['It was made more than a day ago.'],
      }),
    ),
    asks(
      'preview, long report',
      cards.preview(binding, {
        article,
        shared: sharedOf(longCase, note, true),
        form: emptyForm,
        remarks: [],
      }),
    ),
    asks(
      'preview, nothing known',
      cards.preview(binding, {
        article,
        shared: sharedOf(currentCase(), '', true),
        form: emptyForm,
        remarks: [],
      }),
    ),
    asks('cannot', cards.cannot(binding, { article, ...obstacle })),
    tells('ticket', cards.ticket({ id: 'HS-20261124-3K7Q', contact })),
    tells('ticket, no contact', cards.ticket({ id: 'HS-20261124-3K7Q', contact: null })),
    asks('solved', cards.solved(binding, { choices, checkFirst: true })),
    asks('solved, nothing tried', cards.solved(binding, { choices: [], checkFirst: false })),
    asks(
      'closed, solved',
      cards.closed(binding, { outcome: { kind: 'solved', helped: 'restart', proof: 'word' } }),
    ),
    asks(
      'closed, checked',
      cards.closed(binding, { outcome: { kind: 'solved', helped: 'restart', proof: 'evidence' } }),
    ),
    asks('closed, unsolved', cards.closed(binding, { outcome: { kind: 'unsolved' } })),
    asks('closed, cancelled', cards.closed(binding, { outcome: { kind: 'cancelled' } })),
  ];
}

function orientations(cards: Cards): readonly Sample[] {
  return [
    asks('help', cards.help(binding)),
    asks('status', cards.status(binding, { case: richCase, place, tickets: [], now: new Date(0) })),
    asks('status, with tickets', cards.status(binding, { case: richCase, place, ...listedTickets(binding) })),
    asks(
      'status, at the beginning',
      cards.status(binding, { case: currentCase(), place: null, tickets: [], now: new Date(0) }),
    ),
    tells('answered', cards.answered({ title: 'Which Windows is it?', answer: 'Windows 11' })),
    tells('answered otherwise', cards.answered({ title: 'Which Windows is it?', answer: null })),
  ];
}

/** The cards of every node of an article, drastic steps before and after they are agreed to. */
export function nodeCards(cards: Cards, { id, nodes }: Article): readonly Sample[] {
  return [...nodes.values()].flatMap((node) => drawNode(cards, id, node));
}

function drawNode(cards: Cards, id: string, node: Node): readonly Sample[] {
  switch (node.kind) {
    case 'step': {
      const about = {
        article: id,
        step: node,
        os: 'windows-10',
        checked: false,
        position: 2,
        total: 14,
      } as const;
      const step = asks(`step ${node.id}`, cards.step(binding, about));
      return node.impact === 'drastic'
        ? [asks(`confirm ${node.id}`, cards.confirm(binding, about)), step]
        : [step];
    }
    case 'question':
      return [asks(`question ${node.id}`, cards.question(binding, { article: id, question: node }))];
    case 'end':
      return [asks(`end ${node.id}`, cards.end(binding, { article: id, end: node, ticket: false, account }))];
  }
}
