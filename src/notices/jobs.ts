import { fromPglite, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../storage/connection.ts';
import type { WakeWorkers } from './notice-store.ts';

export type NoticeJobs = {
  /** Adds jobs for a notice within the transaction of its change. */
  readonly wake: WakeWorkers;
  /**
   * Calls `handle` for each job, several at once in this process, until `stop`. A number is the seconds after which
   * somebody, in any process, goes on with this notice.
   */
  work(handle: (noticeId: string) => Promise<number | null>): Promise<void>;
  /** Lets the jobs in hand finish, at most half a minute. */
  stop(): Promise<void>;
};

const queue = 'send-notice';
/** Jobs a wake: so many processes may take part at once. */
const lanes = 4;
/** What waits longer is looked at in between, so that a change of the notice is seen. */
const longestRestSeconds = 15;

/**
 * A durable queue whose jobs wake workers; what may be sent stands in the rows. A job whose process was killed is
 * handed out again after a missed heartbeat, within 90 s. Rejects where the queue's own tables cannot be made.
 */
export async function startNoticeJobs(
  database: Database,
  log: Pick<Logger, 'warn' | 'error'>,
): Promise<NoticeJobs> {
  const boss = new PgBoss({
    ...adapterOf(database),
    schema: 'jobs',
    schedule: false,
    superviseIntervalSeconds: 20,
    monitorIntervalSeconds: 20,
    registerInstance: false,
    persistWarnings: false,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the queue of notices failed; it goes on'));
  await boss.start();
  const forget = { retentionSeconds: 86_400, deleteAfterSeconds: 3_600 };
  await boss.createQueue(queue, {
    ...forget,
    // At most one job waits for each lane of a notice, however often it is woken.
    policy: 'short',
    ...{ heartbeatSeconds: 20, expireInSeconds: 75, retryLimit: 5, retryDelay: 1 },
  });
  return {
    async wake(db, noticeId) {
      const jobs = Array.from({ length: lanes }, (_, lane) => jobOf(noticeId, lane));
      await boss.insert(queue, jobs, { db });
    },
    async work(handle) {
      const options = { pollingIntervalSeconds: 1, batchSize: 1, localConcurrency: lanes };
      await boss.work<Lane>(queue, options, async ([job]) => {
        if (job === undefined) return;
        const { noticeId, lane } = job.data;
        const rest = await handle(noticeId);
        if (rest === null) return;
        const startAfter = Math.min(Math.ceil(rest), longestRestSeconds);
        await boss.insert(queue, [{ ...jobOf(noticeId, lane), startAfter }]);
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000, close: false }),
  };
}

type Lane = { readonly noticeId: string; readonly lane: number };

function jobOf(noticeId: string, lane: number) {
  return { data: { noticeId, lane } satisfies Lane, singletonKey: `${noticeId}/${lane}` };
}

function adapterOf(database: Database) {
  if (database.kind === 'pglite') {
    return { db: fromPglite(database.pglite), backend: 'pglite' as const };
  }
  const { pool } = database;
  return { db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) } };
}
