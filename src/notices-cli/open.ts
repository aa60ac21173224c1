import { loadWording } from '../cards/wording.ts';
import { readConfig } from '../config.ts';
import { hasNotices } from '../notice-config.ts';
import { startNoticeJobs } from '../notices/jobs.ts';
import type { WakeWorkers } from '../notices/notice-store.ts';
import { createDeskSet } from '../notices-desk.ts';
import { loadPolicyHistory } from '../policy/organisation.ts';
import { type Database, openDatabase } from '../storage/connection.ts';
import { StorageBusy } from '../storage/directory-lock.ts';
import { readTextFile } from '../text-file.ts';
import { actorOf, readOsUser } from './actor.ts';
import { fail, type NoticeCommandParts, type Output, refusedCode, type Sending } from './parts.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Opens what the commands work with, and closes it after them; returns the exit code. */
export async function withNotices(
  env: Env,
  output: Output,
  work: (parts: NoticeCommandParts) => Promise<number>,
): Promise<number> {
  const config = readConfig(env);
  const wording = loadWording('en');
  try {
    await using opened = await openForAWhile(config.databaseUrl);
    const { desk } = createDeskSet({
      ...{ config, database: opened.database, history: loadPolicyHistory(config.policyFile) },
      wake: wakeServers(opened.database),
      now: () => new Date(),
    });
    const by = actorOf(readOsUser(env));
    const sending = sendingOf(config.databaseUrl, config.notices);
    return await work({ ...output, desk, by, wording, sending, read: readTextFile });
  } catch (error) {
    if (!(error instanceof StorageBusy)) throw error;
    const detail = wording.text('notice-commands.errors.busy');
    return fail({ ...output, wording }, { code: error.code, detail }, refusedCode);
  }
}

async function openForAWhile(url: string) {
  const database = await openDatabase(url);
  return { database, [Symbol.asyncDispose]: () => database.close() };
}

/**
 * Jobs within the transaction of the change, so that all servers go on at once. The embedded database has no other
 * process that could be woken.
 */
function wakeServers(database: Database): WakeWorkers {
  if (database.kind === 'pglite') return async () => undefined;
  return async (db, noticeId) => {
    const jobs = await startNoticeJobs(database, silent);
    await jobs.wake(db, noticeId).finally(jobs.stop);
  };
}

/** What fails beside the command itself is for the servers to tell. */
const silent = { warn: () => undefined, error: () => undefined };

/** Who sends what may go out. */
export function sendingOf(databaseUrl: string, notices: Parameters<typeof hasNotices>[0]): Sending {
  if (!hasNotices(notices)) return 'off';
  return databaseUrl.startsWith('pglite:') ? 'next-start' : 'server';
}
