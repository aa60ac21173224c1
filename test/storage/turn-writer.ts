import { openDatabase } from '../../src/storage/connection.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { say, turn } from './builders.ts';

/** Run as a process of its own: saves one turn after another and prints the number of each acknowledged one. */
const [url = '', conversation = ''] = process.argv.slice(2);
const store = createTurnStore(await openDatabase(url));
let { version } = await store.load(conversation, '');
for (;;) {
  const change = { conversation, activityId: `activity-${version}`, expectedVersion: version };
  const outcome = await store.save(turn({ ...change, state: { version }, replies: [say(`${version}`)] }));
  if (outcome.kind !== 'saved') throw new Error(`Turn ${version} came out as ${outcome.kind}.`);
  process.stdout.write(`${version}\n`);
  version += 1;
}
