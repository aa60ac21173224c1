import { sql } from 'kysely';
import pino from 'pino';
import type { DeliveryState } from '../../src/domain/notice.ts';
import type { SenderParts } from '../../src/notices/sender.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createSendStore } from '../../src/storage/send-store.ts';
import { createRandom } from '../chaos/walker.ts';
import { mostInOneSecond } from './campaign.ts';
import { runMortalWorker } from './mortal-worker.ts';
import { createRoughTenant } from './rough-tenant.ts';
import { createFigures } from './sending-figures.ts';
import { addNotice, countStates, tenantId } from './sending-world.ts';
import { createSimulatedTime } from './simulated-time.ts';

export type RoughOptions = {
  readonly size: number;
  readonly workers: number;
  readonly rate: number;
  readonly seed: number;
};

export type RoughResult = {
  readonly states: Partial<Record<DeliveryState, number>>;
  readonly kills: number;
  readonly requests: number;
  readonly throttled: number;
  /** People whose row says something else than what Teams knows. */
  readonly wrong: readonly string[];
  /** The most messages that one person got. */
  readonly mostReceived: number;
  readonly mostTokens: number;
  /** The most requests in a second, as they arrived. */
  readonly mostRequests: number;
  /** Requests beyond the published limits of Teams. */
  readonly overLimit: number;
  readonly use: ReturnType<ReturnType<typeof createFigures>['use']>;
};

/** One death in so many things that a worker does. */
const lookedPerDeath = 3_000;

/** Sends a notice to a rough tenant by workers that die at random, in simulated time over the real SQL. */
export async function runRoughCampaign(database: Database, options: RoughOptions): Promise<RoughResult> {
  const { size, workers, rate, seed } = options;
  const random = createRandom(seed);
  const time = createSimulatedTime();
  const now = () => new Date(time.clock.now());
  const { tenant, channel, throttled } = createRoughTenant(time, random);
  const figures = createFigures(time.clock, rate);
  const noticeId = `rough-${seed}`;
  await addPeople(database, noticeId, size);
  const parts: SenderParts = {
    ...{ channel, now, timeZone: 'UTC', pause: time.sleep, log: pino({ level: 'silent' }) },
    store: figures.watch(createSendStore(database, { rate, tenantId, now })),
    compose: (notice, { personId }) => ({ type: 'message', text: `${notice.id} for ${personId}` }),
  };
  let kills = 0;
  let isOver = false;
  async function keepWorker(): Promise<void> {
    for (;;) {
      await runMortalWorker({ time, parts, noticeId, diesNow: () => random() < 1 / lookedPerDeath });
      kills += 1;
      await time.sleep(2_000 + random() * 8_000);
    }
  }
  async function watch(): Promise<void> {
    while (!isOver) {
      await time.sleep(30_000);
      isOver = await time.real(() => hasNobodyLeft(database, noticeId));
    }
  }
  const tasks = Promise.all([...Array.from({ length: workers }, keepWorker), watch()]);
  await Promise.race([time.run(() => isOver), tasks]);
  return {
    ...{ kills, requests: tenant.requests.length, throttled: throttled(), overLimit: tenant.overLimit() },
    states: await countStates(database, noticeId),
    wrong: await findWrong(database, noticeId, tenant.received),
    mostReceived: Math.max(...tenant.received.values()),
    mostTokens: mostInOneSecond(figures.tokens),
    mostRequests: mostInOneSecond(tenant.requests),
    use: figures.use(),
  };
}

/** Some opted out, some have no conversation yet, and some are in the night. */
async function addPeople(database: Database, noticeId: string, size: number): Promise<void> {
  const window = { from: '08:00', to: '17:00' };
  const schedule = { startAt: null, window, weekdays: [], remindAfterDays: null };
  await addNotice(database, noticeId, { schedule }, size);
  const every = (n: number) => sql.raw(`substr(person_id, 2)::integer % ${n}`);
  await sql`update notice_deliveries set time_zone = 'Asia/Tokyo'
    where notice_id = ${noticeId} and ${every(100)} = 1`.execute(database.db);
  await sql`update people set opted_out_at = now() from notice_deliveries
    where people.id = person_id and ${every(100)} = 2`.execute(database.db);
  await sql`update people set reference = null, conversation = null from notice_deliveries
    where people.id = person_id and ${every(100)} = 3`.execute(database.db);
  await sql`vacuum analyze people`.execute(database.db);
  await sql`vacuum analyze notice_deliveries`.execute(database.db);
}

async function hasNobodyLeft({ db }: Database, noticeId: string): Promise<boolean> {
  const { rows } = await sql`select from notice_deliveries
    where notice_id = ${noticeId} and state in ('queued', 'sending') limit 1`.execute(db);
  return rows.length === 0;
}

/** Sent is exactly once, unknown at most once, and everything else never. */
async function findWrong(
  { db }: Database,
  noticeId: string,
  received: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('notice_deliveries')
    .select(['person_id', 'state'])
    .where('notice_id', '=', noticeId)
    .execute();
  return rows.flatMap(({ person_id, state }) => {
    const times = received.get(`chat-${person_id}`) ?? 0;
    const isRight = state === 'sent' ? times === 1 : state === 'unknown' ? times <= 1 : times === 0;
    return isRight ? [] : [`${person_id} is ${state} and got ${times}`];
  });
}
