import { sql } from 'kysely';
import pino from 'pino';
import { startNoticeJobs } from '../../src/notices/jobs.ts';
import type { Database } from '../../src/storage/connection.ts';
import { executeIn } from '../../src/storage/execute-in.ts';
import { draft } from '../domain/notice-builders.ts';
import type { TeamsConnector } from '../doubles/teams-connector.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';

/**
 * A notice on its way to so many people of the Teams double, with the jobs that wake workers, all in one transaction;
 * and a log of each token that the budget gives, by the database's clock.
 */
export async function startCampaign(
  database: Database,
  connector: TeamsConnector,
  { id, people }: { readonly id: string; readonly people: number },
): Promise<readonly TeamsUser[]> {
  const users = Array.from({ length: people }, (_, n) => connector.user({ name: `Person ${n}` }));
  const jobs = await startNoticeJobs(database, pino({ level: 'silent' }));
  await logTokens(database);
  await database.db.transaction().execute(async (transaction) => {
    const at = new Date().toISOString();
    const notice = {
      ...{ ...draft({}), id, version: 1, status: { at: 'sending', wave: 2 }, total: people, createdAt: at },
      ...{ author: { id: 'ada', name: 'Ada' }, submitter: null, approver: null, since: at, remindsOf: null },
    };
    await sql`insert into notices (id, notice, version, state, wave, since, created_at)
      values (${id}, ${JSON.stringify(notice)}::text::jsonb, 1, 'sending', 2, ${at}, ${at})`.execute(
      transaction,
    );
    await sql`insert into people (id, entra_id, tenant_id, conversation, reference)
      select r ->> 'id', r ->> 'id', 'local', r ->> 'conversation', r -> 'reference'
        from jsonb_array_elements(${referencesOf(connector, users)}::text::jsonb) as list (r)`.execute(
      transaction,
    );
    await sql`insert into notice_deliveries (notice_id, person_id, impact)
      select ${id}, id, 'will-break' from people`.execute(transaction);
    await jobs.wake(executeIn(transaction), id);
  });
  await jobs.stop();
  return users;
}

function referencesOf(connector: TeamsConnector, users: readonly TeamsUser[]): string {
  const rows = users.map(({ profile, conversation }) => ({
    ...{ id: profile.aadObjectId, conversation: `msteams/${conversation}` },
    reference: {
      ...{ channelId: 'msteams', serviceUrl: connector.url, bot: { id: `28:${connector.appId}` } },
      ...{ user: { id: profile.id }, conversation: { id: conversation, tenantId: profile.tenantId } },
    },
  }));
  return JSON.stringify(rows);
}

async function logTokens({ db }: Database): Promise<void> {
  await sql`create table tokens (at timestamptz not null)`.execute(db);
  await sql`create function log_token() returns trigger language plpgsql as $$
    begin
      insert into tokens values (new.sending_at);
      return null;
    end $$`.execute(db);
  await sql`create trigger log_token after update on notice_deliveries for each row
    when (new.state = 'sending' and old.state <> 'sending') execute function log_token()`.execute(db);
}

/** When each token was given, in milliseconds, in order. */
export async function readTokens({ db }: Database): Promise<readonly number[]> {
  const { rows } = await sql<{ at: number }>`select extract(epoch from at)::float * 1000 as at
    from tokens order by at`.execute(db);
  return rows.map(({ at }) => at);
}

/** The most moments in any span of one second, its end left out; `times` are in order. */
export function mostInOneSecond(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [last, at] of times.entries()) {
    while ((times[first] ?? at) <= at - 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
