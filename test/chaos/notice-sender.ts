import { createAdapter } from '../../src/bot/adapter.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createNoticesSender } from '../../src/notices-sender.ts';
import { openDatabase } from '../../src/storage/connection.ts';

/** A worker whom nothing but jobs tell what to do: it never looks for rows that wait. */
const config = readConfig(process.env);
const log = createLog('error');
const database = await openDatabase(config.databaseUrl);
const adapter = createAdapter(config, log);
const sender = await createNoticesSender({
  config,
  database,
  adapter,
  always: true,
  now: () => new Date(),
  log,
});
await sender.start(({ id }, { personId }) => ({ type: 'message', text: `${id} for ${personId}` }));
console.log('at work');
