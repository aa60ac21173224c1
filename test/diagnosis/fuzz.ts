import fc from 'fast-check';
import { anyBytes, anyText, checkBytes, checkText } from './fuzz-property.ts';

/** The long run of fuzz.test.ts: `npm run fuzz [-- RUNS]`. Prints how many texts were read and how fast. */
const runs = Number(process.argv[2] ?? 100_000);
const started = performance.now();
fc.assert(fc.property(anyText, checkText), { numRuns: runs });
fc.assert(fc.property(anyBytes, checkBytes), { numRuns: runs });
const seconds = (performance.now() - started) / 1000;
console.log(
  `${2 * runs} texts in ${seconds.toFixed(0)} s, ${((2 * runs) / seconds).toFixed(0)} a second: no fault`,
);
