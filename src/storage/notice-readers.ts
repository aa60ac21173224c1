import type { ImpactClass } from '../domain/notice.ts';
import type { Database } from './connection.ts';

/** What is known of one delivery, for the card of its reader; null where the notice was never meant for them. */
export async function findDelivery({ db }: Database, noticeId: string, personId: string) {
  const row = await db
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('notice_id', '=', noticeId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { cause, os, name, locale } = row;
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return {
    ...{ personId, cause, os, name, locale, timeZone: row.time_zone },
    impact: row.impact as ImpactClass,
    evidenceAt: iso(row.evidence_at),
    acknowledgedAt: iso(row.acknowledged_at),
    checkedAt: iso(row.checked_at),
    fixedAt: iso(row.fixed_at),
  };
}
