import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { startPostgres } from '../storage/embedded-postgres.ts';

/** What `--url` names, or with `--postgres` a new PostgreSQL server of its own; `close` ends both. */
export async function openBenchDatabase({
  url,
  postgres,
}: {
  readonly url: string;
  readonly postgres?: boolean | undefined;
}): Promise<{ readonly database: Database; readonly url: string; readonly close: () => Promise<void> }> {
  if (!postgres) {
    const database = await openDatabase(url);
    return { database, url, close: database.close };
  }
  const server = await startPostgres();
  const own = await server.createDatabase('handshake_bench');
  const database = await openDatabase(own);
  return {
    ...{ database, url: own },
    async close() {
      await database.close();
      await server.stop();
    },
  };
}
