import fc from 'fast-check';
import { anyBytes, anyText, checkBytes, checkText } from './fuzz-property.ts';

describe('The reading of whatever comes', function () {
  // Well under two seconds, but not on a machine that does much else.
  this.timeout(60_000);

  it('never throws, and every fact stands in the line that it names', () => {
    fc.assert(fc.property(anyText, checkText), { numRuns: 2000 });
  });

  it('does so for bytes, too', () => {
    fc.assert(fc.property(anyBytes, checkBytes), { numRuns: 1000 });
  });
});
