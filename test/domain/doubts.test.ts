import assert from 'node:assert/strict';
import { type Case, type Doubt, openCase } from '../../src/domain/case.ts';
import type { Diagnosis, Provenance } from '../../src/domain/diagnosis.ts';
import { canProve, doubtsAbout, isCurrent, madeAt } from '../../src/domain/doubts.ts';
import { diagnosis, noProvenance } from './builders.ts';

const reference = { now: '2026-11-24T12:00:00Z', scripts: new Set(['aa11', 'bb22']) };

type Row = readonly [situation: string, doubts: readonly Doubt[], report: Diagnosis, known?: Partial<Case>];

const rows: readonly Row[] = [
  ['a pasted piece, which tells nothing of its making', [], diagnosis()],
  ['a report of an hour ago', [], from({ time: '2026-11-24T11:00:00Z' })],
  ['a report of just under a day ago', [], from({ time: '2026-11-23T12:00:01Z' })],
  ['a report of over a day ago', ['old'], from({ time: '2026-11-23T11:59:59Z' })],
  ['a clock some minutes ahead, as clocks are', [], from({ time: '2026-11-24T12:20:00Z' })],
  ['a report from the future', ['ahead'], from({ time: '2026-11-25T12:00:00Z' })],
  ['a time that is none', [], from({ time: 'yesterday' })],
  [
    'a PC whose clock is years behind, by the date of the server that it asked',
    [],
    { ...from({ time: '2019-01-01T00:00:00Z' }), facts: [serverDate('2026-11-24T11:59:00Z')] },
  ],
  ['the code of this case', [], from({ caseCode: 'case' })],
  [
    'a code that was handed out for this case',
    [],
    from({ caseCode: 'K7Q2' }),
    { checkCodes: ['J1', 'K7Q2'] },
  ],
  ['the code of another case', ['other-case'], from({ caseCode: 'ZZZZ' }), { checkCodes: ['K7Q2'] }],
  ['the first PC of the case', [], from({ device: 'd1' })],
  ['the same PC as before', [], from({ device: 'd1' }), { device: 'd1' }],
  ['another PC than before', ['other-device'], from({ device: 'd2' }), { device: 'd1' }],
  ['a PC that is not named, after one that was', [], from({ device: null }), { device: 'd1' }],
  ['a script that was handed out', [], from({ scriptSha256: 'bb22' })],
  ['a script that never was', ['unknown-script'], from({ scriptSha256: 'cc33' })],
  ['the account that is signed in', [], from({ account: 'logged-on', elevated: true })],
  ['another account', ['other-account'], from({ account: 'other', elevated: true })],
  ['a 64-bit shell', [], from({ shellBits: 64, osBits: 64 })],
  ['a 32-bit Windows', [], from({ shellBits: 32, osBits: 32 })],
  [
    'a 32-bit PowerShell on 64 bits',
    ['narrow-shell'],
    from({ shellBits: 32, osBits: 64, script: 'c.ps1 1' }),
  ],
  [
    'a 32-bit batch, which looks at the 64-bit half',
    [],
    from({ shellBits: 32, osBits: 64, script: 'c.cmd 1' }),
  ],
  ['a report without its end', ['cut'], damaged('no-end')],
  ['a report that is too long', ['cut'], damaged('too-long')],
  ['a report with a wrong checksum', ['changed'], damaged('checksum')],
  ['a report with lines missing', ['changed'], damaged('line-count')],
  ['a report of a newer script', [], damaged('newer-format')],
];

describe('what speaks against a report', () => {
  for (const [situation, expected, report, known = {}] of rows) {
    it(`${expected.join(', ') || 'nothing'}: ${situation}`, () => {
      assert.deepEqual(doubtsAbout(arrived(report), current(known), reference), expected);
    });
  }

  it('is said in one order, what concerns the whole report first', () => {
    const report = from({ caseCode: 'ZZZZ', time: '2026-01-01T00:00:00Z', account: 'other' });
    assert.deepEqual(doubtsAbout(arrived(report), current(), reference), [
      'other-case',
      'old',
      'other-account',
    ]);
  });
});

describe('a report that comes in a second time', () => {
  const first = from({ device: 'd1', time: '2026-11-24T10:00:00Z' });
  const known = { device: 'd1', examined: { ...arrived(first), excerpt: '' } };

  const again: readonly (readonly [string, readonly Doubt[], Diagnosis, Partial<Case>])[] = [
    ['is repeated when nothing differs', ['repeated'], first, known],
    [
      'is repeated when it is older',
      ['repeated'],
      from({ device: 'd1', time: '2026-11-24T09:00:00Z' }),
      known,
    ],
    ['is new when it was made later', [], from({ device: 'd1', time: '2026-11-24T11:00:00Z' }), known],
    ['is new when the first one was cut off', [], first, { ...known, doubts: ['cut'] }],
    [
      'is of another PC when that differs',
      ['other-device'],
      from({ device: 'd2', time: '2026-11-24T10:00:00Z' }),
      known,
    ],
    ['is not known again without a time', [], from({ device: 'd1' }), known],
  ];
  for (const [rule, expected, report, changes] of again) {
    it(rule, () => {
      const next = { reportId: 'r2', diagnosis: report };
      assert.deepEqual(doubtsAbout(next, current(changes), reference), expected);
    });
  }
});

describe('what follows from a doubt', () => {
  const follows: readonly (readonly [Doubt, current: boolean, proves: boolean])[] = [
    ['old', false, false],
    ['ahead', false, false],
    ['other-case', false, false],
    ['cut', true, false],
    ['changed', true, false],
    ['unknown-script', true, false],
    ['narrow-shell', true, false],
    ['other-account', true, true],
    ['other-device', true, true],
  ];
  for (const [doubt, stillCurrent, proves] of follows) {
    it(`${doubt}: ${stillCurrent ? 'a step may rest on it' : 'no step rests on it'}, ${proves ? 'it can' : 'it cannot'} prove`, () => {
      assert.equal(isCurrent([doubt]), stillCurrent);
      assert.equal(canProve([doubt]), proves);
    });
  }

  it('is nothing where there is none', () => {
    assert.ok(isCurrent([]) && canProve([]));
  });
});

describe('when a report was made', () => {
  it('is told by the server before the PC', () => {
    const report = { ...from({ time: '2026-11-24T10:00:00Z' }), facts: [serverDate('2026-11-24T10:07:00Z')] };
    assert.equal(madeAt(report), '2026-11-24T10:07:00Z');
    assert.equal(madeAt({ ...report, facts: [serverDate('absent')] }), '2026-11-24T10:00:00Z');
    assert.equal(madeAt(diagnosis()), null);
  });
});

function from(changes: Partial<Provenance>): Diagnosis {
  return diagnosis({ provenance: { ...noProvenance, ...changes } });
}

function damaged(flaw: Diagnosis['report']['flaws'][number]): Diagnosis {
  return diagnosis({ report: { kind: 'handshake-report', complete: false, flaws: [flaw] } });
}

function serverDate(value: string) {
  return { name: 'clock.server-date-utc', value, line: 3 };
}

function arrived(report: Diagnosis) {
  return { reportId: 'r1', diagnosis: report };
}

function current(changes: Partial<Case> = {}): Case {
  return { ...openCase('CASE', 'sign-in'), ...changes };
}
