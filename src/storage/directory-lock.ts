import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/**
 * PGlite has no lock of its own: two processes on one directory lose rows without an error. The lock is one of
 * the operating system, held through an SQLite file beside the directory, so it ends with its process however
 * that dies. A file with a process id could not do that: ids are used again, and containers do not share them.
 */
export type DirectoryLock = {
  /** A second release does nothing. */
  release(): void;
};

const ownerShape = z.object({ pid: z.number(), host: z.string(), since: z.string() });
export type LockOwner = z.infer<typeof ownerShape>;

/** Another process, or another part of this one, works on the data directory. */
export class StorageBusy extends Error {
  override readonly name = 'StorageBusy';
  readonly code = 'storage-busy';
  readonly directory: string;
  readonly owner: LockOwner | null;

  constructor(directory: string, owner: LockOwner | null, cause: unknown) {
    const who = owner ? `process ${owner.pid} on ${owner.host}, since ${owner.since}` : 'another process';
    super(
      `The data directory ${directory} is in use by ${who}. Stop that process, or give this one a directory ` +
        'of its own in DATABASE_URL. For several processes on the same data, use PostgreSQL.',
      { cause },
    );
    this.directory = directory;
    this.owner = owner;
  }
}

/** Takes the directory for this process or throws StorageBusy. The file beside it stays; it is not the lock. */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const file = `${directory}.lock`;
  await createPrivately(file);
  const held = new DatabaseSync(file);
  try {
    held.exec('pragma locking_mode = exclusive; begin exclusive;');
    held.exec('create table if not exists owner (text); delete from owner;');
    const owner: LockOwner = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
    held.prepare('insert into owner values (?)').run(JSON.stringify(owner));
    held.exec('commit');
  } catch (error) {
    held.close();
    throw isBusy(error) ? new StorageBusy(directory, readOwner(file), error) : error;
  }
  return { release: () => (held.isOpen ? held.close() : undefined) };
}

/** Never opens a file that is there: closing it again would drop the lock that this process may hold on it. */
async function createPrivately(file: string): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.close();
  } catch (error) {
    if (!hasField(error, 'code', 'EEXIST')) throw error;
  }
}

/** `immutable` reads past the lock; what it reads may be half written, so it is only good for a message. */
function readOwner(file: string): LockOwner | null {
  try {
    const reader = new DatabaseSync(new URL(`${pathToFileURL(file)}?immutable=1`), { readOnly: true });
    try {
      const row = reader.prepare('select text from owner').get();
      return ownerShape.parse(JSON.parse(String(row?.text)));
    } finally {
      reader.close();
    }
  } catch {
    return null;
  }
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return hasField(error, 'errcode', sqliteBusy);
}

function hasField(error: unknown, field: string, value: unknown): boolean {
  return error instanceof Error && (error as unknown as Record<string, unknown>)[field] === value;
}
