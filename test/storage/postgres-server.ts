import { type PostgresServer, startPostgres } from './embedded-postgres.ts';

let server: Promise<PostgresServer> | undefined;
let databases = 0;

// One server for all files of a run: starting one takes seconds, a database in it a moment.
after(async () => {
  const running = await server;
  await running?.stop();
});

/** The URL of a new, empty database on a real PostgreSQL server. */
export async function createPostgresDatabase(): Promise<string> {
  server ??= startPostgres();
  databases += 1;
  return (await server).createDatabase(`handshake_${databases}`);
}
