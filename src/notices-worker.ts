import type { Logger } from 'pino';
import { createAdapter } from './bot/adapter.ts';
import { createBinder } from './bot/binding.ts';
import { createComposeNotice } from './bot/notices/compose.ts';
import { createCards } from './cards/cards.ts';
import { loadWording } from './cards/wording.ts';
import { startChores } from './chores.ts';
import type { Config } from './config.ts';
import { newSecret } from './fresh-secret.ts';
import { createNoticesSender } from './notices-sender.ts';
import { openDatabase } from './storage/connection.ts';
import { settingOrCreate } from './storage/settings.ts';

/** The embedded database has one process, and that is the server. */
export class WorkerNeedsPostgres extends Error {
  readonly code = 'worker-needs-postgres';

  constructor() {
    super(
      'A worker of its own needs PostgreSQL. With the embedded database the server sends notices by itself; for more processes set DATABASE_URL to postgres://USER:PASSWORD@HOST/DATABASE.',
    );
  }
}

/** Sends notices beside the server, without HTTP; as many as wanted. `close` finishes what is in hand. */
export async function startNoticesWorker(
  config: Config,
  log: Logger,
): Promise<{ readonly close: () => Promise<void> }> {
  if (config.databaseUrl.startsWith('pglite:')) throw new WorkerNeedsPostgres();
  const database = await openDatabase(config.databaseUrl);
  const adapter = createAdapter(config, log);
  const binder = createBinder(await settingOrCreate(database, 'card-secret', newSecret));
  const about = { organisation: config.organisation, contact: config.helpdesk.contact };
  const cards = createCards(loadWording('en'));
  const sender = await createNoticesSender({
    ...{ config, database, adapter, always: true, log },
    now: () => new Date(),
  });
  await sender.start(createComposeNotice({ ...about, cards, binder }));
  const chores = startChores(log, sender.chores);
  return {
    async close() {
      await Promise.allSettled(chores.map((chore) => chore.stop()));
      await sender.stop();
      adapter.close();
      await database.close();
    },
  };
}
