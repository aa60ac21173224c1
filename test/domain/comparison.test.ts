import assert from 'node:assert/strict';
import { type ChangeKind, compare, type Progress, progressOf } from '../../src/domain/comparison.ts';
import type { Diagnosis, Finding, FindingCode, Severity } from '../../src/domain/diagnosis.ts';
import { diagnosis } from './builders.ts';

const rows: readonly (readonly [before: Severity, after: Severity, ChangeKind | null])[] = [
  ['fail', 'pass', 'fixed'],
  ['fail', 'info', 'fixed'],
  ['warn', 'pass', 'fixed'],
  ['fail', 'warn', 'better'],
  ['fail', 'fail', 'left'],
  ['warn', 'warn', 'left'],
  ['warn', 'fail', 'worse'],
  ['pass', 'fail', 'new'],
  ['info', 'warn', 'new'],
  ['unknown', 'fail', 'new'],
  ['fail', 'unknown', 'unknown-now'],
  ['pass', 'unknown', 'unknown-now'],
  ['info', 'unknown', null],
  ['unknown', 'unknown', null],
  ['unknown', 'pass', null],
  ['pass', 'pass', null],
  ['pass', 'info', null],
];

describe('a check in two reports of one PC', () => {
  for (const [before, after, expected] of rows) {
    it(`that was ${before} and is ${after} is ${expected ?? 'not worth a word'}`, () => {
      const changes = compare(report({ curves: before }), report({ curves: after }));
      assert.deepEqual(
        changes.map(({ kind }) => kind),
        expected === null ? [] : [expected],
      );
    });
  }

  it('never counts as fixed when nobody could see it, whatever it was', () => {
    for (const before of ['fail', 'warn', 'info', 'pass', 'unknown'] as const) {
      const kinds = compare(report({ clock: before }), report({ clock: 'unknown' })).map(({ kind }) => kind);
      assert.ok(!kinds.includes('fixed') && !kinds.includes('better'), before);
    }
  });

  it('keeps the lines of both', () => {
    const [change] = compare(report({ clock: 'fail' }), report({ clock: 'pass' }));
    assert.deepEqual(change?.before.evidence, [{ line: 1, text: 'clock fail' }]);
    assert.deepEqual(change?.after.evidence, [{ line: 1, text: 'clock pass' }]);
  });
});

describe('the changes', () => {
  it('begin with what was mended, and end with what nobody could see', () => {
    const before = report({
      network: 'pass',
      clock: 'fail',
      proxy: 'warn',
      curves: 'fail',
      'join-state': 'fail',
    });
    const after = report({
      network: 'unknown',
      clock: 'fail',
      proxy: 'fail',
      curves: 'pass',
      'join-state': 'warn',
    });
    assert.deepEqual(
      compare(before, after).map(({ kind, after: { code } }) => `${kind} ${code}`),
      ['fixed curves', 'better join-state', 'left clock', 'worse proxy', 'unknown-now network'],
    );
  });

  it('of pasted pieces are only about what both show', () => {
    const suites = { ...report({ 'cipher-suites': 'fail' }), report: piece('cipher-suites') };
    const join = {
      ...report({ 'cipher-suites': 'unknown', 'join-state': 'warn' }),
      report: piece('dsregcmd'),
    };
    assert.deepEqual(compare(suites, join), []);
    const mended = { ...report({ 'cipher-suites': 'pass' }), report: piece('cipher-suites') };
    assert.equal(compare(suites, mended)[0]?.kind, 'fixed');
  });
});

describe('what the changes come to', () => {
  const cases: readonly (readonly [Progress, Diagnosis, Diagnosis])[] = [
    ['fixed', report({ clock: 'fail' }), report({ clock: 'pass' })],
    [
      'fixed',
      report({ clock: 'fail', 'os-support': 'warn' }),
      report({ clock: 'pass', 'os-support': 'warn' }),
    ],
    ['better', report({ clock: 'fail', curves: 'fail' }), report({ clock: 'pass', curves: 'fail' })],
    ['better', report({ clock: 'fail', curves: 'pass' }), report({ clock: 'pass', curves: 'fail' })],
    ['better', report({ clock: 'fail', curves: 'pass' }), report({ clock: 'pass', curves: 'unknown' })],
    ['same', report({ clock: 'fail' }), report({ clock: 'fail' })],
    ['same', report({ clock: 'fail' }), report({ clock: 'unknown' })],
    ['worse', report({ clock: 'pass' }), report({ clock: 'fail' })],
    ['worse', report({ clock: 'warn' }), report({ clock: 'fail' })],
  ];
  for (const [expected, before, after] of cases) {
    it(`${expected}: ${named(before)} then ${named(after)}`, () => {
      assert.equal(progressOf(compare(before, after)), expected);
    });
  }
});

function report(severities: Partial<Record<FindingCode, Severity>>): Diagnosis {
  const findings = Object.entries(severities).map(
    ([code, severity]): Finding => ({
      code: code as FindingCode,
      severity,
      variant: severity,
      evidence: [{ line: 1, text: `${code} ${severity}` }],
      source: 'https://example.com',
    }),
  );
  return diagnosis({ findings });
}

function piece(kind: Diagnosis['report']['kind']): Diagnosis['report'] {
  return { kind, complete: true, flaws: [] };
}

function named({ findings }: Diagnosis): string {
  return findings.map(({ code, severity }) => `${code} ${severity}`).join(', ');
}
