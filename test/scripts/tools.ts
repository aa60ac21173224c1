import { spawnSync } from 'node:child_process';
import type { Context } from 'mocha';

/** Skips where a tool is missing, and says which; in continuous integration, a missing tool is a failure. */
export function requireTool(test: Context, program: string, argument = '--version'): void {
  if (isInstalled(program, argument)) return;
  const reason = `${program} is not installed`;
  if (process.env.CI !== undefined) throw new Error(reason);
  console.log(`      skipped: ${reason}`);
  test.skip();
}

export function isInstalled(program: string, argument = '--version'): boolean {
  return spawnSync(program, [argument], { stdio: 'ignore' }).error === undefined;
}
