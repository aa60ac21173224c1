import { sql } from 'kysely';
import { type DeliveryState, deliveryStates, type NoticeProgress } from '../domain/notice.ts';
import type { DeliveryRow } from '../notices/notice-desk.ts';
import type { Database } from './connection.ts';

type Group = {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly count: number;
  readonly acknowledged: number;
  readonly checked: number;
  readonly fixed: number;
  /** Of the last minute, and when the first of them went out. */
  readonly recent: number;
  readonly recent_from: Date | null;
  readonly last_due: Date | null;
  readonly notice_state: string | null;
};

const minuteMs = 60_000;
/** What may have a reason that somebody wants to know; others keep one from the try before. */
const ends: ReadonlySet<DeliveryState> = new Set(['failed', 'blocked', 'skipped', 'unknown']);

/** Counted from the rows at each call, in one statement: no counter that is kept beside them can contradict them. */
export async function readProgress({ db }: Database, id: string, now: Date): Promise<NoticeProgress> {
  const minuteAgo = new Date(now.getTime() - minuteMs);
  const { rows } = await sql<Group>`select state, reason, count(*)::integer as count,
      count(acknowledged_at)::integer as acknowledged, count(checked_at)::integer as checked,
      count(fixed_at)::integer as fixed,
      count(*) filter (where state = 'sent' and settled_at > ${minuteAgo})::integer as recent,
      min(settled_at) filter (where state = 'sent' and settled_at > ${minuteAgo}) as recent_from,
      max(due_at) filter (where state = 'held') as last_due,
      (select state from notices where id = ${id}) as notice_state
    from notice_deliveries where notice_id = ${id} group by state, reason order by count(*) desc, reason`.execute(
    db,
  );
  const rate = rateOf(rows, now);
  const states = countStates(rows);
  const isSending = rows[0]?.notice_state === 'sending';
  return {
    total: sumOf(rows, 'count'),
    states,
    reasons: rows.flatMap(({ state, reason, count }) =>
      reason === null || !ends.has(state) ? [] : [{ state, reason, count }],
    ),
    acknowledged: sumOf(rows, 'acknowledged'),
    checked: sumOf(rows, 'checked'),
    fixed: sumOf(rows, 'fixed'),
    rate,
    expectedEnd: isSending ? expectedEnd(rows, states.queued + states.sending, rate, now) : null,
  };
}

function sumOf(groups: readonly Group[], count: 'count' | 'acknowledged' | 'checked' | 'fixed'): number {
  return groups.reduce((sum, group) => sum + group[count], 0);
}

function countStates(groups: readonly Group[]): NoticeProgress['states'] {
  const counts = deliveryStates.map((state) => {
    const own = groups.filter((group) => group.state === state);
    return [state, sumOf(own, 'count')] as const;
  });
  return Object.fromEntries(counts) as Record<DeliveryState, number>;
}

/** A notice that began seconds ago is not as slow as if it had taken the whole minute. */
function rateOf(groups: readonly Group[], now: Date): number {
  const recent = groups.reduce((sum, group) => sum + group.recent, 0);
  const from = Math.min(...groups.map(({ recent_from }) => recent_from?.getTime() ?? now.getTime()));
  const seconds = Math.max(1, (now.getTime() - from) / 1_000);
  return Math.round((recent / seconds) * 10) / 10;
}

/** Null while nothing moves: whoever says a time then makes it up. */
function expectedEnd(groups: readonly Group[], open: number, rate: number, now: Date): string | null {
  if (open > 0 && rate === 0) return null;
  const moving = open > 0 ? now.getTime() + (open / rate) * 1_000 : now.getTime();
  const lastDue = Math.max(...groups.map(({ last_due }) => last_due?.getTime() ?? 0));
  return new Date(Math.max(moving, lastDue)).toISOString();
}

const pageSize = 1_000;

/** In order of person, in pages. */
export async function* readReport(database: Database, id: string): AsyncGenerator<readonly DeliveryRow[]> {
  let after = '';
  for (;;) {
    const page = await readPage(database, id, after);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.personId;
  }
}

async function readPage({ db }: Database, id: string, after: string): Promise<readonly DeliveryRow[]> {
  const rows = await db
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('notice_id', '=', id)
    .where('person_id', '>', after)
    .orderBy('person_id')
    .limit(pageSize)
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    name: row.name,
    impact: row.impact as DeliveryRow['impact'],
    cause: row.cause,
    os: row.os,
    site: row.site,
    state: row.state,
    reason: row.reason,
    sentAt: row.state === 'sent' ? toIso(row.settled_at) : null,
    acknowledgedAt: toIso(row.acknowledged_at),
    checkedAt: toIso(row.checked_at),
    fixedAt: toIso(row.fixed_at),
  }));
}

function toIso(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString();
}
