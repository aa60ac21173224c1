import assert from 'node:assert/strict';
import { openCase } from '../../src/domain/case.ts';
import { readCheckCode, showCheckCode, withCheckCode } from '../../src/domain/check-code.ts';

const noon = new Date('2026-11-24T12:00:00Z');
const later = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

describe('a check code', () => {
  const typed: readonly (readonly [string, string | null])[] = [
    ['CDFG2345', 'CDFG2345'],
    ['cdfg-2345', 'CDFG2345'],
    [' CDFG – 2345 ', 'CDFG2345'],
    ['CDFG234', null],
    ['CDFG23456', null],
    ['ABEI2345', null],
    ['CDFG 2345 please', null],
    ['../CDFG2345', null],
    ['', null],
  ];
  for (const [text, code] of typed) {
    it(`is ${code ?? 'not'} read from ${JSON.stringify(text)}`, () => {
      assert.equal(readCheckCode(text), code);
    });
  }

  it('is shown in two halves, which are read as one code again', () => {
    assert.equal(showCheckCode('CDFG2345'), 'CDFG-2345');
    assert.equal(readCheckCode(showCheckCode('CDFG2345')), 'CDFG2345');
  });
});

describe('a case that hands out the check', () => {
  const first = withCheckCode(openCase('CASE', 'sign-in'), 'CDFG2345', noon);

  it('gets a code that takes a report for a day', () => {
    assert.deepEqual(first.case.checkCodes, ['CDFG2345']);
    const expiresAt = '2026-11-25T12:00:00.000Z';
    assert.deepEqual(first.handedOut, { code: 'CDFG2345', caseId: 'CASE', expiresAt });
  });

  it('keeps its code while that is good for more than an hour', () => {
    const again = withCheckCode(first.case, 'HJKM6789', later(22.9));
    assert.equal(again.handedOut, null);
    assert.equal(again.case, first.case);
  });

  it('gets a new one when the old one is about to end, and remembers both', () => {
    const again = withCheckCode(first.case, 'HJKM6789', later(23));
    assert.equal(again.handedOut?.code, 'HJKM6789');
    assert.deepEqual(again.case.checkCodes, ['CDFG2345', 'HJKM6789']);
  });

  it('gets a new one after a report came in', () => {
    const again = withCheckCode({ ...first.case, checkCodeUntil: null }, 'HJKM6789', later(1));
    assert.equal(again.handedOut?.code, 'HJKM6789');
  });
});
