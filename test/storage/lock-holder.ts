import { lockDirectory } from '../../src/storage/directory-lock.ts';

/** Run as a process of its own: takes the directory, says so, and stays until it is killed. */
const [directory = ''] = process.argv.slice(2);
await lockDirectory(directory).then(
  () => process.stdout.write('locked'),
  (error: Error) => process.stdout.write(error.message),
);
process.stdin.resume();
