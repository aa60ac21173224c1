import { collectBelow } from './collect.ts';
import { judgeExpression } from './judge.ts';
import { bounded, constructed } from './reviewed.ts';

/**
 * Checks that every regular expression of src/ takes linear time. Run `npm run check:regex [FOLDER or FILE …]`;
 * prints what does not, and ends with 1.
 */
const started = performance.now();
const only = process.argv.slice(2);
const found = collectBelow('src');
const literals = found.literals.filter(
  ({ where }) => only.length === 0 || only.some((path) => where.startsWith(path)),
);
const isBounded = new Set(bounded);
let failed = 0;

for (const where of found.constructed) {
  if (constructed.some((file) => where.startsWith(`${file}:`))) continue;
  failed += 1;
  console.error(
    `${where}: put together while running; write a literal, or list the file in test/regex/reviewed.ts`,
  );
}
for (const expression of literals) {
  if (isBounded.has(expression.source)) continue;
  const { isLinear, why } = judgeExpression(expression);
  if (isLinear) continue;
  failed += 1;
  console.error(`${expression.where}: /${expression.source}/${expression.flags}\n  ${why}`);
}
for (const source of bounded.filter((each) => !found.literals.some((literal) => literal.source === each))) {
  failed += 1;
  console.error(`test/regex/reviewed.ts lists an expression that is gone: ${source}`);
}

const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`${literals.length} regular expressions, ${failed} not linear, ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;
