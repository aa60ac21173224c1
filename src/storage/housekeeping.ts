import { type RawBuilder, sql } from 'kysely';
import type { Database } from './connection.ts';

export type Pruned = {
  readonly inbox: number;
  readonly outbox: number;
  readonly checkCodes: number;
  readonly apiRequests: number;
  readonly policyWatch: number;
};

/** Rows a statement: PGlite has one connection, and turns wait for it. */
const chunk = 2_000;

/**
 * Forgets which activities were handled, which replies were settled, which check codes have expired and which requests
 * of the API were answered, once that is longer ago than the days; and looks at hosts that are a year old.
 * Replies that are still to be sent stay. Teams sends an activity again within minutes, not days.
 */
export async function prune(database: Database, olderThanDays = 7): Promise<Pruned> {
  const limit = sql`now() - make_interval(days => ${olderThanDays}::integer)`;
  const pruned = {
    inbox: await deleteInChunks(database, sql`inbox`, sql`at < ${limit}`),
    outbox: await deleteInChunks(database, sql`outbox`, sql`settled_at < ${limit}`),
    checkCodes: await deleteInChunks(database, sql`check_codes`, sql`expires_at < ${limit}`),
    apiRequests: await deleteInChunks(database, sql`api_requests`, sql`at < ${limit}`),
    policyWatch: await deleteInChunks(
      database,
      sql`policy_watch`,
      sql`claimed_at < now() - interval '1 year'`,
    ),
  };
  // PGlite has no autovacuum: without this, dead rows pile up and plans rest on the statistics of an empty table.
  if (database.kind === 'pglite') await database.pglite.exec('vacuum (analyze)');
  return pruned;
}

/**
 * Forgets PCs whose last report is older than the days, and whoever took the app out so long ago: an old report says
 * little of a PC, and its person counts as unknown from then on.
 */
export async function prunePeople(
  database: Database,
  olderThanDays = 180,
): Promise<{ readonly devices: number; readonly people: number }> {
  const limit = sql`now() - make_interval(days => ${olderThanDays}::integer)`;
  const devices = await deleteInChunks(database, sql`devices`, sql`received_at < ${limit}`);
  const gone = sql`reach = 'removed' and updated_at < ${limit}`;
  const people = await deleteInChunks(database, sql`people`, gone);
  // A profile is seen with each report, so no PC that is left has one of these.
  await deleteInChunks(database, sql`tls_profiles`, sql`seen_at < ${limit}`);
  return { devices, people };
}

/** Without a channel no thread will ever open: its messages are settled, so that they do not pile up. */
export async function refuseThreadMessages({ db }: Database): Promise<void> {
  await sql`update outbox set state = 'refused', settled_at = now(), reason = 'no helpdesk channel'
    where state = 'pending' and conversation like 'helpdesk/%'
      and not exists (select from conversations where key = outbox.conversation)`.execute(db);
}

async function deleteInChunks(
  { db }: Database,
  table: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): Promise<number> {
  const statement = sql`delete from ${table} where ctid = any (array(
    select ctid from ${table} where ${condition} limit ${sql.lit(chunk)}))`;
  let total = 0;
  for (;;) {
    const { numAffectedRows = 0n } = await statement.execute(db);
    total += Number(numAffectedRows);
    if (numAffectedRows < chunk) return total;
  }
}
