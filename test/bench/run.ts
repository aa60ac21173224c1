import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs every `*.bench.ts` of this directory, one after the other and each in a process of its own, so that none
 * pays for another's memory. What follows `npm run bench --` goes to each of them, such as `--seconds 5`.
 */
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts'));
for (const file of files.toSorted()) {
  const program = [join(import.meta.dirname, file), ...process.argv.slice(2)];
  const [code] = await once(spawn(process.execPath, program, { stdio: 'inherit' }), 'exit');
  if (code !== 0) process.exitCode = 1;
}
