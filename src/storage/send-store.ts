import { sql } from 'kysely';
import type { Begun, SendStore } from '../notices/send-store.ts';
import type { Database } from './connection.ts';
import { toJsonText } from './json-text.ts';

export type SendStoreOptions = {
  /** Messages a second, of all processes together. */
  readonly rate: number;
  /** The tenant that the limits count for. */
  readonly tenantId: string;
  /** Simulated time; null is the database's own clock. */
  readonly now?: () => Date | null;
};

const begin = {
  name: 'begin-sends',
  text: 'select begin_sends($1, $2, $3::integer, $4::integer, $5::timestamptz) as begun',
};
const settle = {
  name: 'settle-sends',
  text: 'select settle_sends($1, $2::text::jsonb, $3::timestamptz) as count',
};

/** Longer than any request may take (10 s), a slow database included. */
const lostAfter = sql`interval '60 seconds'`;

export function createSendStore(database: Database, options: SendStoreOptions): SendStore {
  const { db } = database;
  const { rate, tenantId, now = () => null } = options;
  const scope = `app:${tenantId}`;
  const moment = () => sql`coalesce(${now()}::timestamptz, clock_timestamp())`;
  return {
    async find(noticeId) {
      const row = await db
        .selectFrom('notices')
        .select('notice')
        .where('id', '=', noticeId)
        .executeTakeFirst();
      return row?.notice ?? null;
    },

    async listDue() {
      const { rows } = await sql<{ id: string }>`select id from notices n where state = 'sending' and exists (
          select from notice_deliveries where notice_id = n.id and wave <= n.wave and state = 'queued'
            and coalesce(due_at <= ${moment()}, true)
        ) order by created_at, id`.execute(db);
      return rows.map(({ id }) => id);
    },

    async begin(noticeId, atMost) {
      const rows = await database.query<{ begun: Begun }>(begin, [scope, noticeId, atMost, rate, now()]);
      return rows[0]?.begun ?? { kind: 'stopped' };
    },

    async settle(noticeId, settled) {
      const list = settled.map(({ personId, attempts, consequence }) => ({
        ...{ person_id: personId, attempts, state: consequence.state, reason: consequence.reason },
        ...{ activity_id: consequence.activityId, wait: consequence.wait, due_at: consequence.dueAt },
        ...{ reach: consequence.reach, forget: consequence.forget, reference: consequence.reference },
      }));
      const rows = await database.query<{ count: number }>(settle, [noticeId, toJsonText(list), now()]);
      return rows[0]?.count ?? 0;
    },

    async pause(seconds) {
      const until = sql`${moment()} + make_interval(secs => ${seconds}::float)`;
      await sql`insert into send_budget (scope, used_at, paused_until) values (${scope}, now(), ${until})
        on conflict (scope) do update
          set paused_until = greatest(send_budget.paused_until, excluded.paused_until)`.execute(db);
    },

    async giveUpLost() {
      const { numAffectedRows = 0n } = await sql`update notice_deliveries
        set state = 'unknown', reason = 'worker-lost', settled_at = ${moment()}
        where state = 'sending' and sending_at < ${moment()} - ${lostAfter}`.execute(db);
      await sql`delete from send_budget
        where scope like 'conversation:%' and used_at < ${moment()} - interval '1 hour'`.execute(db);
      return Number(numAffectedRows);
    },

    async zonesWaiting(noticeId) {
      const { rows } = await sql<{ zone: string | null }>`select distinct time_zone as zone
        from notice_deliveries d join notices n on n.id = notice_id
        where notice_id = ${noticeId} and d.state = 'queued' and d.wave <= n.wave`.execute(db);
      return rows.map(({ zone }) => zone);
    },

    async hold(noticeId, zones) {
      await sql`update notice_deliveries d set state = 'held', due_at = list.until
        from jsonb_to_recordset(${toJsonText(zones)}::text::jsonb) as list (zone text, until timestamptz), notices n
        where notice_id = ${noticeId} and n.id = notice_id and n.state = 'sending' and d.wave <= n.wave
          and d.state = 'queued' and d.time_zone is not distinct from list.zone`.execute(db);
    },
  };
}
