import assert from 'node:assert/strict';
import { type Case, type Doubt, openCase, type Proof } from '../../src/domain/case.ts';
import type { Diagnosis, Finding, FindingCode, Severity } from '../../src/domain/diagnosis.ts';
import {
  awaitsProof,
  comparisonOf,
  evidenceOf,
  proofOf,
  stepsDone,
  takeIn,
} from '../../src/domain/evidence.ts';
import { diagnosis, noProvenance, signIn } from './builders.ts';

/** A report that came in: the PC, the severities that matter, and what speaks against it. */
type Came = readonly [device: string | null, Partial<Record<FindingCode, Severity>>, ...doubts: Doubt[]];
type Story = readonly [situation: string, Proof, awaits: boolean, ...reports: Came[]];

const stories: readonly Story[] = [
  ['nothing was ever checked', 'word', false],
  ['nothing was ever wrong', 'word', false, ['pc', { clock: 'pass' }]],
  ['the report shows a failure and none came after it', 'word', true, ['pc', { clock: 'fail' }]],
  ['the failure passes now', 'evidence', false, ['pc', { clock: 'fail' }], ['pc', { clock: 'pass' }]],
  ['it still fails', 'word', true, ['pc', { clock: 'fail' }], ['pc', { clock: 'fail' }]],
  ['it is only less bad', 'word', true, ['pc', { clock: 'fail' }], ['pc', { clock: 'warn' }]],
  ['nobody could see it this time', 'word', true, ['pc', { clock: 'fail' }], ['pc', { clock: 'unknown' }]],
  [
    'one of two failures passes',
    'word',
    true,
    ['pc', { clock: 'fail', curves: 'fail' }],
    ['pc', { clock: 'pass', curves: 'fail' }],
  ],
  [
    'both pass after two reports',
    'evidence',
    false,
    ['pc', { clock: 'fail', curves: 'fail' }],
    ['pc', { clock: 'pass', curves: 'fail' }],
    ['pc', { clock: 'pass', curves: 'pass' }],
  ],
  [
    'it is checked once more after it passed',
    'evidence',
    false,
    ['pc', { clock: 'fail' }],
    ['pc', { clock: 'pass' }],
    ['pc', { clock: 'pass' }],
  ],
  [
    'the first one is not seen again in the last report',
    'word',
    true,
    ['pc', { clock: 'fail' }],
    ['pc', { clock: 'unknown', curves: 'fail' }],
    ['pc', { clock: 'unknown', curves: 'pass' }],
  ],
  [
    'it passes, but something else fails',
    'word',
    true,
    ['pc', { clock: 'fail' }],
    ['pc', { clock: 'pass', curves: 'fail' }],
  ],
  ['pieces without a PC', 'evidence', false, [null, { clock: 'fail' }], [null, { clock: 'pass' }]],
  ['another PC passes', 'word', false, ['pc', { clock: 'fail' }], ['pc2', { clock: 'pass' }, 'other-device']],
  ['a piece of some PC passes', 'word', false, ['pc', { clock: 'fail' }], [null, { clock: 'pass' }]],
  ['a piece fails and a report passes', 'word', false, [null, { clock: 'fail' }], ['pc', { clock: 'pass' }]],
  ...(['old', 'ahead', 'cut', 'changed', 'unknown-script', 'narrow-shell'] as const).map(
    (doubt): Story => [
      `the report that passes is doubted: ${doubt}`,
      'word',
      true,
      ['pc', { clock: 'fail' }],
      ['pc', { clock: 'pass' }, doubt],
    ],
  ),
  [
    'a cut report comes after the one that passes',
    'evidence',
    false,
    ['pc', { clock: 'fail' }],
    ['pc', { clock: 'pass' }],
    ['pc', { clock: 'pass' }, 'cut'],
  ],
  [
    'a cut report that fails comes after the one that passes',
    'word',
    true,
    ['pc', { clock: 'fail' }],
    ['pc', { clock: 'pass' }],
    ['pc', { clock: 'fail' }, 'cut'],
  ],
  [
    'the failure was in an old report only',
    'word',
    false,
    ['pc', { clock: 'fail' }, 'old'],
    ['pc', { clock: 'pass' }],
  ],
  [
    'another account ran it, and what failed can be seen all the same',
    'evidence',
    false,
    ['pc', { clock: 'fail' }],
    ['pc', { clock: 'pass' }, 'other-account'],
  ],
];

describe('whether it is proved that a case is solved', () => {
  for (const [situation, proof, awaits, ...reports] of stories) {
    it(`${proof}: ${situation}`, () => {
      const current = caseAfter(...reports);
      assert.equal(proofOf(current), proof);
      assert.equal(awaitsProof(current), awaits);
    });
  }

  it('takes a warning for the trouble where it is what the report blames', () => {
    const blamed = { ...diagnosis().recommendation, reasons: ['cipher-suites'] as const };
    const warned = {
      ...report('pc', { 'cipher-suites': 'warn', 'os-support': 'warn' }),
      recommendation: blamed,
    };
    const first = takeIn(openCase('CASE', 'sign-in'), weigh(warned), signIn);
    assert.deepEqual(first.seenFailing, ['cipher-suites']);
    const next = takeIn(
      first,
      weigh(report('pc', { 'cipher-suites': 'pass', 'os-support': 'warn' })),
      signIn,
    );
    assert.equal(proofOf(next), 'evidence');
  });
});

describe('before and after', () => {
  it('are the last two reports of one PC', () => {
    const current = caseAfter(['pc', { clock: 'fail' }], ['pc', { clock: 'pass' }]);
    assert.deepEqual(
      comparisonOf(current, signIn)?.changes.map(({ kind }) => kind),
      ['fixed'],
    );
  });

  it('leave out a piece that came in between', () => {
    const current = caseAfter(
      ['pc', { clock: 'fail' }],
      [null, { curves: 'fail' }],
      ['pc', { clock: 'pass' }],
    );
    assert.deepEqual(
      comparisonOf(current, signIn)?.changes.map(({ kind }) => kind),
      ['fixed'],
    );
  });

  const apart: readonly (readonly [string, ...Came[]])[] = [
    ['after a single report', ['pc', { clock: 'fail' }]],
    ['of two PCs', ['pc', { clock: 'fail' }], ['pc2', { clock: 'pass' }, 'other-device']],
    ['of a PC and a piece', ['pc', { clock: 'fail' }], [null, { clock: 'pass' }]],
    ['when the first is cut off', ['pc', { clock: 'fail' }, 'cut'], ['pc', { clock: 'pass' }]],
    ['when the second was changed', ['pc', { clock: 'fail' }], ['pc', { clock: 'pass' }, 'changed']],
    ['when the second is old', ['pc', { clock: 'fail' }], ['pc', { clock: 'pass' }, 'old']],
    ['when all is as fine as before', ['pc', { clock: 'pass' }], ['pc', { clock: 'pass' }]],
  ];
  for (const [situation, ...reports] of apart) {
    it(`are not compared ${situation}`, () =>
      assert.equal(comparisonOf(caseAfter(...reports), signIn), null));
  }
});

describe('a step that was done', () => {
  const failing: Came = ['pc', { 'cipher-suites': 'fail' }];

  it('was in vain when what it mends is as bad in the next report', () => {
    const current = take(tried(caseAfter(failing), 'suites'), failing);
    assert.deepEqual(comparisonOf(current, signIn)?.inVain, [{ step: 'suites', codes: ['cipher-suites'] }]);
  });

  it('was not in vain when it is fine now', () => {
    assert.deepEqual(
      take(tried(caseAfter(failing), 'suites'), ['pc', { 'cipher-suites': 'pass' }]).inVain,
      [],
    );
  });

  it('stays in vain for later reports, until one shows that it is fine', () => {
    const twice = take(take(tried(caseAfter(failing), 'suites'), failing), failing);
    assert.deepEqual(twice.inVain, ['suites']);
    assert.deepEqual(take(twice, ['pc', { 'cipher-suites': 'pass' }]).inVain, []);
  });

  it('before the first report says nothing, because nothing can be compared', () => {
    assert.deepEqual(take(tried(openCase('CASE', 'sign-in'), 'suites'), failing).inVain, []);
  });

  it('is judged by the next report of its PC, not by a piece or an old report in between', () => {
    for (const between of [
      [null, { clock: 'fail' }],
      ['pc', { clock: 'fail' }, 'old'],
    ] as const) {
      const current = take(take(tried(caseAfter(failing), 'suites'), [...between]), failing);
      assert.deepEqual(current.inVain, ['suites']);
    }
  });

  it('that the person could not do is not done', () => {
    assert.deepEqual(stepsDone(tried(caseAfter(failing), 'suites', 'cannot'), 'pc'), []);
  });

  it('on one PC does not count for another', () => {
    const current = tried(caseAfter(failing), 'suites');
    assert.deepEqual(stepsDone(current, 'pc'), ['suites']);
    assert.deepEqual(stepsDone(current, 'pc2'), []);
    const moved = take(current, ['pc2', { 'cipher-suites': 'fail' }, 'other-device']);
    assert.deepEqual([moved.tried, moved.inVain, moved.seenFailing], [[], [], ['cipher-suites']]);
  });

  it('before the PC was known stays tried', () => {
    const current = take(tried(caseAfter([null, { clock: 'fail' }]), 'internet'), ['pc', { clock: 'fail' }]);
    assert.deepEqual(current.tried, [{ node: 'internet', answer: 'broken' }]);
  });
});

describe('what a next step rests on', () => {
  it('is the last report, unless it is not of now', () => {
    assert.notEqual(evidenceOf(caseAfter(['pc', { clock: 'fail' }, 'cut'])), null);
    assert.equal(evidenceOf(caseAfter(['pc', { clock: 'fail' }, 'old'])), null);
    assert.equal(evidenceOf(openCase('CASE', 'sign-in')), null);
  });
});

function caseAfter(...reports: readonly Came[]): Case {
  return reports.reduce(take, openCase('CASE', 'sign-in'));
}

function take(current: Case, [device, severities, ...doubts]: Came): Case {
  return takeIn(current, weigh(report(device, severities), doubts), signIn);
}

function weigh(found: Diagnosis, doubts: readonly Doubt[] = []) {
  return { examined: { reportId: 'r', diagnosis: found, excerpt: '' }, doubts };
}

function report(device: string | null, severities: Came[1]): Diagnosis {
  const findings = Object.entries(severities).map(
    ([code, severity]): Finding => ({
      code: code as FindingCode,
      severity,
      variant: severity,
      evidence: [],
      source: 'https://example.com',
    }),
  );
  return diagnosis({ findings, provenance: { ...noProvenance, device } });
}

function tried(current: Case, node: string, answer = 'broken'): Case {
  return { ...current, tried: [...current.tried, { node, answer }] };
}
