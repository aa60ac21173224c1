import { spawnSync } from 'node:child_process';
import type { Context } from 'mocha';

/** Skips where a tool is missing, and says which; in continuous integration, a missing tool is a failure. */
export function requireTool(test: Context, program: string, argument = '--version'): void {
  const found = spawnSync(program, [argument], { stdio: 'ignore' }).error === undefined;
  if (found) return;
  const reason = `${program} is not installed`;
  if (process.env.CI !== undefined) throw new Error(reason);
  console.log(`      skipped: ${reason}`);
  test.skip();
}
