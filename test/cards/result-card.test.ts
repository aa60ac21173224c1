import { deepEqual, equal, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Diagnosis, Recommendation } from '../../src/domain/diagnosis.ts';
import { partsOfType, pressesOf, textOf } from './card-parts.ts';
import { binding, diagnosis, finding, richDiagnosis } from './samples.ts';

const cards = createCards(loadWording('en'));

function resultOf(changes: Partial<Diagnosis>): unknown {
  return cards.result(binding, { article: 'onedrive-sign-in', diagnosis: diagnosis(changes), doubts: [] })
    .content;
}

function recommending(changes: Partial<Recommendation>): Partial<Diagnosis> {
  return { recommendation: { ...diagnosis().recommendation, ...changes } };
}

describe('a note on the order of the suites', () => {
  const order = finding('cipher-order.none-accepted', 'info');

  it('is left out while the suites themselves fail', () => {
    const findings = [finding('cipher-suites.dhe-only', 'fail'), order];
    ok(!textOf(resultOf({ findings })).includes('Order of the cipher suites'));
  });

  it('stands where they do not', () => {
    const findings = [finding('cipher-suites.unknown', 'unknown'), order];
    ok(textOf(resultOf({ findings })).includes('Order of the cipher suites'));
  });
});

describe('the result of a report that shows the cause', () => {
  const text = textOf(resultOf(richDiagnosis));

  it('says the verdict in a sign and in words', () => {
    ok(text.startsWith('Result of the check\n✖ I found what blocks OneDrive'));
  });

  it('recommends one step, with its reasons and what it needs', () => {
    ok(text.includes('Check the policy "SSL Cipher Suite Order"'));
    ok(text.includes('The PC relies on cipher suites that Microsoft has retired · A policy keeps'));
    ok(text.includes('an administrator account and a restart'));
  });

  it('quotes the lines that it rests on', () => {
    ok(text.includes('line 12'));
    ok(text.includes('TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'));
  });

  it('shows problems before warnings, and warnings before notes', () => {
    const order = ['✖ Problem', '⚠ Warning', 'ℹ Note'].map((mark) => text.indexOf(mark));
    deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    ok(!order.includes(-1));
  });

  it('says what need not be tried, and why', () => {
    ok(text.includes("Check the internet connection. Reason: Microsoft's servers can be reached"));
  });

  it('never counts as fine what nobody could see', () => {
    ok(text.includes('✔ Checked and fine: network and clock.'));
    ok(text.includes('? Could not be checked: link to the organisation and elliptic curves.'));
  });

  it('tells kindly that the report came in damaged', () => {
    ok(text.includes('The end is missing'));
    ok(!textOf(resultOf({ ...richDiagnosis, report: diagnosis().report })).includes('About this report'));
  });

  it('leads to the recommended step first, after what an administrator can do', () => {
    const presses = pressesOf(resultOf(richDiagnosis));
    deepEqual(presses, ['remedies', 'follow', 'choose-guide', 'check-again', 'works', 'back', 'person']);
  });
});

describe('the result of a report that lacks the deciding fact', () => {
  const content = resultOf(recommending({ missing: 'cipher-suites' }));

  it('asks for that one fact, and says how to get it', () => {
    ok(textOf(content).includes('What would decide: cipher suites'));
    ok(textOf(content).includes('run Get-TlsCipherSuite'));
  });

  it('puts the new report first', () => {
    equal(pressesOf(content)[0], 'check-again');
  });

  it('asks for it beside a step, when there is a step to take anyway', () => {
    const text = textOf(resultOf(recommending({ missing: 'cipher-suites', step: 'restart' })));
    ok(text.includes('Restart the computer'));
    ok(text.includes('run Get-TlsCipherSuite'));
  });
});

describe('the result of a report that no step fits', () => {
  it('puts the person first', () => {
    const presses = pressesOf(resultOf({ verdict: 'pass' }));
    deepEqual(presses, ['person', 'choose-guide', 'check-again', 'works', 'back']);
  });
});

describe('a finding', () => {
  it('that the wording does not know is named by what was checked', () => {
    ok(textOf(resultOf({ findings: [finding('curves.brand-new', 'fail')] })).includes('Elliptic curves'));
  });

  it('shows three lines of evidence at most', () => {
    const content = resultOf({ findings: [finding('curves.none', 'fail', ['a', 'b', 'c', 'd', 'e'])] });
    equal(partsOfType(content, 'TextRun').filter(({ fontType }) => fontType === 'Monospace').length, 3);
  });

  it('that comes twice is counted once among what is fine', () => {
    const twice = [finding('network.reachable', 'pass'), finding('network.dns', 'pass')];
    ok(textOf(resultOf({ findings: twice })).includes('Checked and fine: network.'));
  });
});
