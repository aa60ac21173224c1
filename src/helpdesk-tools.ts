import { randomBytes } from 'node:crypto';
import { loadWording, type Wording } from './cards/wording.ts';
import { type Config, readConfig } from './config.ts';
import { loadConnectors } from './connector-lane.ts';
import type { HelpdeskConnector } from './helpdesk/connector.ts';
import type { DeliveryStore } from './helpdesk/ticket-store.ts';
import { openDatabase } from './storage/connection.ts';
import { createDeliveryStore } from './storage/delivery-store.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the commands on connectors work with; nothing of the database is touched. */
export async function withConnectors<T>(
  env: Env,
  work: (connectors: readonly HelpdeskConnector[], wording: Wording) => Promise<T>,
): Promise<T> {
  const config: Config = readConfig(env);
  const wording = loadWording('en');
  // A check proves nothing that has to hold, so any secret will do.
  const secret = randomBytes(32).toString('base64url');
  return work(await loadConnectors(config, { secret, wording }), wording);
}

/** What the commands on dead letters work with. The embedded database has one process at a time. */
export async function withDeliveries<T>(
  env: Env,
  work: (store: DeliveryStore, wording: Wording) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(readConfig(env).databaseUrl);
  try {
    return await work(createDeliveryStore(database), loadWording('en'));
  } finally {
    await database.close();
  }
}
