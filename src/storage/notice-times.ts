import { sql, type Transaction } from 'kysely';
import type { Notice } from '../domain/notice.ts';
import type { Judged, NoticeStore, WakeWorkers, WaveFigures } from '../notices/notice-store.ts';
import type { Database } from './connection.ts';
import { executeIn } from './execute-in.ts';
import { toJsonText } from './json-text.ts';
import type { Schema } from './schema.ts';

type Times = Pick<
  NoticeStore,
  | 'listAtWork'
  | 'waveFigures'
  | 'release'
  | 'listToRemindOf'
  | 'forgetReminder'
  | 'listUnfixed'
  | 'listFollowed'
  | 'listReported'
  | 'keepJudged'
>;

/** What the clock asks of notices, and does to their deliveries; safe from several processes at once. */
export function createNoticeTimes(database: Database, wake: WakeWorkers): Times {
  const { db } = database;
  return {
    listAtWork: (now) =>
      listNotices(
        database,
        sql`state = 'sending' or (state = 'scheduled' and coalesce(start_at <= ${now}, true))`,
      ),
    listToRemindOf: (now) => listNotices(database, sql`remind_at <= ${now}`),
    listFollowed: (notBefore) =>
      listNotices(
        database,
        sql`since > ${notBefore} and state in ('sending', 'paused', 'halted', 'done', 'scheduled')
          and notice -> 'subject' ->> 'kind' = 'policy'`,
      ),
    waveFigures: (id, wave, since) => readFigures(database, id, wave, since),
    release: (id, now) => db.transaction().execute((transaction) => release(transaction, id, now, wake)),

    async forgetReminder(id) {
      await db.updateTable('notices').set({ remind_at: null }).where('id', '=', id).execute();
    },

    async listUnfixed(id, after, limit) {
      const rows = await db
        .selectFrom('notice_deliveries')
        .innerJoin('notices', 'notices.id', 'notice_id')
        .select('person_id')
        .where('notice_id', '=', id)
        .where('notice_deliveries.state', '=', 'sent')
        .where(
          sql<boolean>`case when notice -> 'subject' ->> 'kind' = 'policy'
            then fixed_at is null else acknowledged_at is null end`,
        )
        .where('person_id', '>', after)
        .orderBy('person_id')
        .limit(limit)
        .execute();
      return rows.map(({ person_id }) => person_id);
    },

    listReported: (id, after, limit) => listReported(database, id, after, limit),
    keepJudged: (id, judged, now) => keepJudged(database, id, judged, now),
  };
}

/** Oldest first. */
async function listNotices({ db }: Database, condition: ReturnType<typeof sql>): Promise<readonly Notice[]> {
  const { rows } = await sql<{ notice: Notice }>`select notice from notices where ${condition}
    order by created_at, id`.execute(db);
  return rows.map(({ notice }) => notice);
}

async function readFigures({ db }: Database, id: string, wave: number, since: Date): Promise<WaveFigures> {
  const { rows } = await sql<WaveFigures>`select
      count(*) filter (where state in ('queued', 'sending'))::integer as open,
      count(*) filter (where state = 'held')::integer as held,
      count(*) filter (where state = 'sent' and settled_at >= ${since})::integer as sent,
      count(*) filter (where state in ('failed', 'blocked', 'unknown') and settled_at >= ${since})::integer as bad,
      max(settled_at) filter (where settled_at >= ${since}) as "lastAt"
    from notice_deliveries where notice_id = ${id} and wave <= ${wave}`.execute(db);
  return rows[0] ?? { open: 0, held: 0, sent: 0, bad: 0, lastAt: null };
}

/** Nothing has moved for so long although something could: a job was lost, and another one takes its place. */
const stillness = sql`interval '30 seconds'`;

async function release(
  transaction: Transaction<Schema>,
  id: string,
  now: Date,
  wake: WakeWorkers,
): Promise<number> {
  // A change of the notice waits until this is done, and the other way round.
  const { rows } = await sql`select from notices where id = ${id} and state = 'sending' for share`.execute(
    transaction,
  );
  if (rows.length === 0) return 0;
  const { numUpdatedRows } = await transaction
    .updateTable('notice_deliveries')
    .set({ state: 'queued' })
    .where('notice_id', '=', id)
    .where('state', '=', 'held')
    .where('due_at', '<=', now)
    .executeTakeFirst();
  if (numUpdatedRows > 0n || (await isStill(transaction, id, now))) await wake(executeIn(transaction), id);
  return Number(numUpdatedRows);
}

async function isStill(transaction: Transaction<Schema>, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ still: boolean }>`select exists (
      select from notice_deliveries d join notices n on n.id = d.notice_id
        where notice_id = ${id} and d.wave <= n.wave and d.state = 'queued'
          and coalesce(due_at, n.since) <= ${now}::timestamptz - ${stillness}
          and n.since <= ${now}::timestamptz - ${stillness}
    ) and not exists (
      select from notice_deliveries where notice_id = ${id}
        and greatest(sending_at, settled_at) > ${now}::timestamptz - ${stillness}
    ) as still`.execute(transaction);
  return rows[0]?.still ?? false;
}

async function listReported(
  { db }: Database,
  id: string,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ person_id: string }>`select distinct d.person_id
    from notices n
      join notice_deliveries d on d.notice_id = n.id
      join devices v on v.person_id = d.person_id
    where n.id = ${id} and d.fixed_at is null and d.person_id > ${after} and v.received_at > n.created_at
      and case d.state
        when 'sent' then v.received_at > greatest(d.settled_at, d.checked_at)
        when 'unknown' then v.received_at > greatest(d.settled_at, d.checked_at)
        when 'queued' then d.impact <> 'fine'
        when 'held' then d.impact <> 'fine'
        else false end
    order by d.person_id limit ${limit}`.execute(db);
  return rows.map(({ person_id }) => person_id);
}

async function keepJudged({ db }: Database, id: string, judged: readonly Judged[], now: Date): Promise<void> {
  const list = judged.map(({ personId, reportedAt, isFine }) => ({
    ...{ person_id: personId, reported_at: reportedAt, is_fine: isFine },
  }));
  const reports = sql`jsonb_to_recordset(${toJsonText(list)}::text::jsonb)
    as report (person_id text, reported_at timestamptz, is_fine boolean)`;
  await db.transaction().execute(async (transaction) => {
    await sql`update notice_deliveries d set checked_at = reported_at,
        fixed_at = case when is_fine then reported_at end
      from ${reports}
      where notice_id = ${id} and d.person_id = report.person_id and state in ('sent', 'unknown')
        and fixed_at is null and reported_at > settled_at`.execute(transaction);
    await sql`update notice_deliveries d set state = 'skipped', reason = 'fixed', due_at = null, settled_at = ${now}
      from ${reports}
      where notice_id = ${id} and d.person_id = report.person_id and state in ('queued', 'held')
        and is_fine and impact <> 'fine'`.execute(transaction);
  });
}
