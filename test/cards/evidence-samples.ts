import { loadArticle } from '../../src/articles/load.ts';
import type { Card } from '../../src/cards/card.ts';
import type { Cards } from '../../src/cards/cards.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { type Case, type Doubt, openCase } from '../../src/domain/case.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import { comparisonOf, stepsDone, takeIn } from '../../src/domain/evidence.ts';
import { routeFor } from '../../src/domain/route.ts';
import { buildReport, type Changes, systems } from '../diagnosis/report-builder.ts';

const article = loadArticle('onedrive-sign-in');

/** A Windows 10 on which nothing is wrong, at a time of that day, and what can be wrong with it. */
export const device = '5f0c7a1be2d94468';
const healthy: Changes = { ...systems['windows-10-22h2'], 'run.device': device };
const onlyDhe: Changes = {
  'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_256_CBC_SHA'],
};
const tickedOff: Changes = { 'wininet.user.secure-protocols': '0xa0' };
const greyedOut: Changes = { 'wininet.user-policy.secure-protocols': '0xa0' };
const listByPolicy: Changes = {
  ...onlyDhe,
  'suites.policy.functions': 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_CBC_SHA',
};
const muchWrong: Changes = {
  ...listByPolicy,
  ...greyedOut,
  'schannel.tls12.enabled': '0x0',
  'winhttp.wow64.default-secure-protocols': '0xa0',
  'curves:Get-TlsEccCurve': ['curve25519'],
  'schannel.ecdh.enabled': '0x0',
  'clock.offset-seconds': '-4000',
  'probe.device.login.microsoftonline.com.issuer': `CN=${'Fabrikam Web Gateway '.repeat(20).trim()}`,
};

/** The cards of reports that are doubted, and of reports that are compared. */
export function evidenceCards(cards: Cards, binding: string): readonly (readonly [string, Card])[] {
  const doubted = (changes: Changes, ...doubts: readonly Doubt[]) =>
    cards.result(binding, { article: article.id, diagnosis: examine([changes], []), doubts });
  const compared = (before: Changes, after: Changes, ...tried: readonly string[]) => {
    const current = caseWith(before, after, tried);
    const comparison = comparisonOf(current, article);
    if (current.examined === null || comparison === null) throw new Error('The reports do not differ.');
    const { diagnosis } = current.examined;
    return cards.comparison(binding, { article: article.id, diagnosis, doubts: current.doubts, comparison });
  };
  return [
    [
      'result, of an old report',
      doubted({ ...onlyDhe, 'clock.server-date-utc': '2026-11-03T15:20:00Z' }, 'old'),
    ],
    ['result, from the future', doubted({ 'clock.server-date-utc': '2026-11-27T06:00:00Z' }, 'ahead')],
    ['result, of another case', doubted(onlyDhe, 'other-case')],
    ['result, of another device', doubted(tickedOff, 'other-device')],
    ['result, of another account', doubted({ 'run.account': 'other' }, 'unknown-script', 'other-account')],
    ['result, changed', doubted({}, 'changed', 'narrow-shell')],
    ['comparison, fixed', compared(onlyDhe, {}, 'cipher-enable')],
    ['comparison, better', compared({ ...onlyDhe, ...tickedOff }, onlyDhe, 'tls-protocols')],
    ['comparison, in vain', compared(listByPolicy, listByPolicy, 'cipher-enable')],
    ['comparison, greyed out', compared(greyedOut, greyedOut, 'tls-protocols')],
    ['comparison, worse', compared({}, { 'clock.offset-seconds': '4000' })],
    ['comparison, much wrong', compared({}, muchWrong)],
  ];
}

function caseWith(before: Changes, after: Changes, tried: readonly string[]): Case {
  const first = takeIn(openCase('CASE', article.id), weighed('r1', examine([before], [])), article);
  const done = { ...first, tried: tried.map((node) => ({ node, answer: 'broken' })) };
  const later = { ...after, 'clock.server-date-utc': '2026-11-24T09:05:00Z' };
  return takeIn(done, weighed('r2', examine([later], stepsDone(done, device))), article);
}

function weighed(reportId: string, diagnosis: Diagnosis) {
  return { examined: { reportId, diagnosis, excerpt: '' }, doubts: [] };
}

function examine(changes: readonly Changes[], done: readonly string[]): Diagnosis {
  return diagnose(buildReport(healthy, ...changes), {
    at: '2026-11-24',
    route: (os) => routeFor(article, os),
    done: () => done,
  });
}
