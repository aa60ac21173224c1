import { sql, type Transaction } from 'kysely';
import type { DeliveryState, Notice, NoticeActor } from '../domain/notice.ts';
import { remindsAt } from '../domain/notice-reminder.ts';
import type { AuditEntry } from '../notices/notice-desk.ts';
import type { NoticeSave, NoticeStore, WakeWorkers } from '../notices/notice-store.ts';
import type { Database } from './connection.ts';
import { executeIn } from './execute-in.ts';
import { toJsonText, toStorableText } from './json-text.ts';
import { changeDeliveries } from './notice-deliveries.ts';
import { readProgress, readReport } from './notice-progress.ts';
import { createNoticeTimes } from './notice-times.ts';
import type { Schema } from './schema.ts';

/** `wake` is called in the transaction of each change after which there is something to send. */
export function createNoticeStore(database: Database, wake: WakeWorkers): NoticeStore {
  const { db } = database;
  return {
    save: (change) => save(database, change, wake),

    async find(id) {
      const found = await db
        .selectFrom('notices')
        .select('notice')
        .where('id', '=', toStorableText(id))
        .executeTakeFirst();
      return found?.notice ?? null;
    },

    async list(limit) {
      const rows = await db
        .selectFrom('notices')
        .select('notice')
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ notice }) => notice);
    },

    progress: (id, now) => readProgress(database, id, now),
    report: (id) => readReport(database, id),
    audit: (id, limit) => readAudit(database, id, limit),

    async countFailed(id) {
      const { count } = await db
        .selectFrom('notice_deliveries')
        .select(({ fn }) => fn.countAll<string | number>().as('count'))
        .where('notice_id', '=', id)
        .where('state', '=', 'failed')
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async record({ at, noticeId, by, what, data }) {
      await db
        .insertInto('notice_audit')
        .values({ notice_id: toStorableText(noticeId), what, at: new Date(at), ...jsonColumns(by, data) })
        .execute();
    },

    async acknowledge(id, personId, now) {
      const { numUpdatedRows } = await db
        .updateTable('notice_deliveries')
        .set({
          acknowledged_at: sql<Date>`coalesce(acknowledged_at, ${now})`,
          state: sql<DeliveryState>`case state when 'unknown' then 'sent' else state end`,
          reason: sql<string | null>`case state when 'unknown' then null else reason end`,
        })
        .where('notice_id', '=', toStorableText(id))
        .where('person_id', '=', toStorableText(personId))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    ...createNoticeTimes(database, wake),
  };
}

/** The version is the guard: of two who saw the same notice, the second one changes nothing. */
async function save({ db }: Database, change: NoticeSave, wake: WakeWorkers): Promise<'saved' | 'conflict'> {
  const { notice, by, what, data } = change;
  return await db.transaction().execute(async (transaction) => {
    const saved = notice.version === 0 ? create(transaction, notice) : replace(transaction, notice);
    if (!(await saved)) return 'conflict';
    await transaction
      .insertInto('notice_audit')
      .values({
        notice_id: notice.id,
        version: notice.version,
        what,
        at: new Date(notice.since),
        ...jsonColumns(by, data),
      })
      .execute();
    await changeDeliveries(transaction, change);
    const isAwake = change.deliveries === 'wake' || change.deliveries === 'requeue-failed';
    if (isAwake && notice.status.at === 'sending') await wake(executeIn(transaction), notice.id);
    return 'saved';
  });
}

async function create(transaction: Transaction<Schema>, notice: Notice): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await transaction
    .insertInto('notices')
    .values({ id: notice.id, created_at: new Date(notice.createdAt), ...columnsOf(notice) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

async function replace(transaction: Transaction<Schema>, notice: Notice): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('notices')
    .set(columnsOf(notice))
    .where('id', '=', notice.id)
    .where('version', '=', notice.version - 1)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function columnsOf(notice: Notice) {
  const { version, status, schedule, remindsOf, since } = notice;
  const { startAt } = schedule;
  return {
    notice: toJsonText(notice),
    version,
    state: status.at,
    wave: 'wave' in status ? status.wave : 2,
    start_at: startAt === null ? null : new Date(startAt),
    reminds_of: remindsOf,
    remind_at: remindsAt(notice),
    since: new Date(since),
  };
}

function jsonColumns(by: NoticeActor, data: AuditEntry['data']) {
  return { actor: toJsonText(by), data: toJsonText(data) };
}

/** Newest first. */
async function readAudit({ db }: Database, id: string | null, limit: number): Promise<readonly AuditEntry[]> {
  let query = db.selectFrom('notice_audit').select(['notice_id', 'what', 'actor', 'data', 'at']);
  if (id !== null) query = query.where('notice_id', '=', toStorableText(id));
  const rows = await query.orderBy('id', 'desc').limit(limit).execute();
  return rows.map(({ notice_id, what, actor, data, at }) => ({
    at: at.toISOString(),
    noticeId: notice_id,
    by: actor,
    what: what as AuditEntry['what'],
    data: data as AuditEntry['data'],
  }));
}
