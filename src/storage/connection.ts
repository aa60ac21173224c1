import { chmod, mkdir, realpath } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
import { migrate } from './migrations/migrate.ts';
import type { Schema } from './schema.ts';

/** A statement on the hot path; PostgreSQL prepares it once for each connection, under its name. */
export type Statement = { readonly name: string; readonly text: string };

type Connection = {
  readonly db: Kysely<Schema>;
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
};

/** An open database with all tables in place. `pglite` and `pool` are for libraries that bring their own SQL. */
export type Database =
  | (Connection & { readonly kind: 'pglite'; readonly pglite: PGlite })
  | (Connection & { readonly kind: 'postgres'; readonly pool: Pool });

export type DatabaseOptions = {
  /** Hears of connections that broke while nobody used them; the pool replaces them by itself. */
  readonly onLostConnection?: (error: Error) => void;
  readonly poolSize?: number;
};

/** The database cannot be reached or opened; the cause says why. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
  readonly code = 'storage-unavailable';
}

/**
 * Opens `pglite:PATH`, `pglite:memory://` or a PostgreSQL URL and brings its tables up to date.
 * Throws StorageBusy, StorageUnavailable or MigrationFailed.
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  return url.startsWith('pglite:') ? openPglite(url.slice('pglite:'.length)) : openPostgres(url, options);
}

async function openPglite(path: string): Promise<Database> {
  if (path === 'memory://') return startPglite(path, { release: () => {} });
  const directory = await preparePrivateDirectory(path);
  const lock = await lockDirectory(directory);
  try {
    return await startPglite(directory, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** PGlite writes files that everybody may read and change: the directory itself has to keep people out. */
async function preparePrivateDirectory(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const directory = await realpath(path);
  await chmod(directory, 0o700);
  return directory;
}

async function startPglite(directory: string, lock: DirectoryLock): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  const pglite = await PGlite.create(directory).catch((cause: unknown) => {
    const advice = 'Move it away to begin anew, or restore it from a backup.';
    throw new StorageUnavailable(`The data directory ${directory} cannot be opened. ${advice}`, { cause });
  });
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
  async function close(): Promise<void> {
    try {
      if (!pglite.closed) await pglite.close();
    } finally {
      lock.release();
    }
  }
  await migrate(db).catch(async (error: unknown) => {
    await pglite.close();
    throw error;
  });
  return {
    kind: 'pglite',
    db,
    pglite,
    query: async <Row>({ text }: Statement, values: readonly unknown[]) =>
      (await pglite.query<Row>(text, [...values])).rows,
    close,
  };
}

async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  const { Pool } = await import('pg');
  const common = { connectionString: url, application_name: 'handshake', connectionTimeoutMillis: 10_000 };

  // Waiting for another process's migration may take longer than any statement of a turn should.
  const single = new Pool({ ...common, max: 1 });
  single.on('error', () => {});
  const migrating = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: single }) });
  try {
    await single.query('select 1').catch((cause: unknown) => {
      const advice = 'Check DATABASE_URL, and that the server runs and lets this user in.';
      throw new StorageUnavailable(`PostgreSQL cannot be reached. ${advice}`, { cause });
    });
    await migrate(migrating);
  } finally {
    await migrating.destroy();
  }

  const pool = new Pool({
    ...common,
    max: options.poolSize ?? 10,
    statement_timeout: 15_000,
    keepAlive: true,
  });
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', (error) => options.onLostConnection?.(error));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'postgres',
    db,
    pool,
    query: async <Row>({ name, text }: Statement, values: readonly unknown[]) =>
      (await pool.query({ name, text, values: [...values] })).rows as Row[],
    close: () => db.destroy(),
  };
}
