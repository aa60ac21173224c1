import { fromPglite, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../storage/connection.ts';
import type { WakeWorkers } from './notice-store.ts';

export type NoticeJobs = {
  /** Adds jobs for a notice within the transaction of its change. */
  readonly wake: WakeWorkers;
  /** Calls `handle` for each job, several at once in this process, until `stop`. */
  work(handle: (noticeId: string) => Promise<void>): Promise<void>;
  /** Lets the jobs in hand finish, at most half a minute. */
  stop(): Promise<void>;
};

const queue = 'send-notice';
/** Jobs a wake: so many processes may take part at once. */
const lanes = 4;

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
    ...{ heartbeatSeconds: 20, expireInSeconds: 75, retryLimit: 5, retryDelay: 1 },
  });
  return {
    async wake(db, noticeId) {
      const jobs = Array.from({ length: lanes }, () => ({ data: { noticeId } }));
      await boss.insert(queue, jobs, { db });
    },
    async work(handle) {
      const options = { pollingIntervalSeconds: 1, batchSize: 1, localConcurrency: lanes };
      await boss.work<{ noticeId: string }>(queue, options, async ([job]) => {
        if (job !== undefined) await handle(job.data.noticeId);
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000, close: false }),
  };
}

function adapterOf(database: Database) {
  if (database.kind === 'pglite') {
    return { db: fromPglite(database.pglite), backend: 'pglite' as const };
  }
  const { pool } = database;
  return { db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) } };
}
