import assert from 'node:assert/strict';
import { sql } from 'kysely';
import pino from 'pino';
import type { DeliveryState, NoticeDraft } from '../../src/domain/notice.ts';
import { type Round, type SenderParts, sendRound } from '../../src/notices/sender.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createSendStore } from '../../src/storage/send-store.ts';
import { draft } from '../domain/notice-builders.ts';
import { type Clock, createClock } from '../doubles/clock.ts';
import { createTenant, type Tenant, type TenantOptions } from '../doubles/tenant.ts';

let notices = 0;
export const tenantId = 'tenant-of-tests';

export type SendingWorld = Awaited<ReturnType<typeof createSendingWorld>>;

/** A notice on its way to so many people of a simulated tenant, in simulated time. */
export async function createSendingWorld(
  database: Database,
  size: number,
  {
    rate = 25,
    mishap,
    ...about
  }: { rate?: number; mishap?: TenantOptions['mishap'] } & Partial<NoticeDraft> = {},
) {
  const clock = createClock();
  const now = () => new Date(clock.now());
  const tenant = createTenant({ clock, mishap });
  const id = `sending-${++notices}`;
  await addNotice(database, id, about, size);
  const parts = senderParts(database, { clock, tenant, rate });
  const { store } = parts;
  return {
    ...{ database, clock, now, tenant, store, id, parts },
    round: async (changed: Partial<SenderParts> = {}): Promise<Round> => {
      const notice = await store.find(id);
      assert.ok(notice);
      return sendRound({ ...parts, ...changed }, notice);
    },
    /** Rounds until nothing waits any more, as long as that may take. */
    async drain(changed: Partial<SenderParts> = {}) {
      const notice = await store.find(id);
      assert.ok(notice);
      for (;;) {
        const round = await sendRound({ ...parts, ...changed }, notice);
        if (round.kind === 'did') continue;
        if (round.seconds === null) return;
        clock.advance(Math.max(1, Math.ceil(round.seconds * 1_000)));
      }
    },
    counts: () => countStates(database, id),
    row: async (personId: string) =>
      await database.db
        .selectFrom('notice_deliveries')
        .selectAll()
        .where('notice_id', '=', id)
        .where('person_id', '=', personId)
        .executeTakeFirstOrThrow(),
    person: async (personId: string) => {
      const { rows } = await sql<{
        reach: string;
        conversation: string | null;
        reference: object | null;
      }>`select reach, conversation, reference from people where id = ${personId}`.execute(database.db);
      assert.ok(rows[0]);
      return rows[0];
    },
    sql: (text: string) => sql.raw(text).execute(database.db),
  };
}

/** What a worker needs to send to this tenant, in simulated time. */
export function senderParts(
  database: Database,
  { clock, tenant, rate = 25 }: { readonly clock: Clock; readonly tenant: Tenant; readonly rate?: number },
): SenderParts {
  const now = () => new Date(clock.now());
  return {
    store: createSendStore(database, { rate, tenantId, now }),
    compose: (notice, { personId }) => ({ type: 'message', text: `${notice.id} for ${personId}` }),
    channel: tenant,
    timeZone: 'UTC',
    now,
    pause: async (milliseconds) => clock.advance(milliseconds),
    log: pino({ level: 'silent' }),
  };
}

/** People of whom each can be written to, and a notice to all of them that is being sent. */
export async function addNotice(
  { db }: Pick<Database, 'db'>,
  id: string,
  about: Partial<NoticeDraft>,
  size: number,
): Promise<void> {
  const at = '2026-11-24T07:00:00.000Z';
  const notice = {
    ...{ ...draft(about), id, version: 1, status: { at: 'sending', wave: 2 } },
    ...{
      author: { id: 'ada', name: 'Ada' },
      submitter: null,
      approver: null,
      total: size,
      createdAt: at,
      since: at,
    },
    remindsOf: null,
  };
  await sql`insert into notices (id, notice, version, state, wave, since, created_at)
    values (${id}, ${JSON.stringify(notice)}::text::jsonb, 1, 'sending', 2, ${at}, ${at})`.execute(db);
  await addPeople({ db }, size);
  await sql`insert into notice_deliveries (notice_id, person_id, impact)
    select ${id}, 'p' || n, 'will-break' from generate_series(1, ${size}::integer) as n`.execute(db);
  await sql`analyze notice_deliveries`.execute(db);
  await sql`analyze people`.execute(db);
}

/** `p1` to so many, each of whom can be written to. */
export async function addPeople({ db }: Pick<Database, 'db'>, size: number): Promise<void> {
  await sql`insert into people (id, entra_id, tenant_id, conversation, reference)
    select 'p' || n, 'p' || n, ${tenantId}, 'chat-p' || n, jsonb_build_object('serviceUrl', 'https://smba.trafficmanager.net/teams/',
        'conversation', jsonb_build_object('id', 'chat-p' || n))
      from generate_series(1, ${size}::integer) as n on conflict do nothing`.execute(db);
}

export async function countStates(
  { db }: Database,
  id: string,
): Promise<Partial<Record<DeliveryState, number>>> {
  const { rows } = await sql<{
    state: DeliveryState;
    count: number;
  }>`select state, count(*)::integer as count from notice_deliveries
    where notice_id = ${id} group by state order by state`.execute(db);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
