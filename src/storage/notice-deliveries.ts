import { sql, type Transaction } from 'kysely';
import type { NoticeSave } from '../notices/notice-store.ts';
import type { Recipient } from '../notices/people.ts';
import { toJsonText } from './json-text.ts';
import type { Schema } from './schema.ts';

/** Rows a statement, so that none of them is megabytes long. */
const chunk = 5_000;

/** What a change of a notice does to its deliveries. */
export async function changeDeliveries(
  transaction: Transaction<Schema>,
  { notice, deliveries, recipients }: NoticeSave,
): Promise<void> {
  const rows = transaction.updateTable('notice_deliveries').where('notice_id', '=', notice.id);
  switch (deliveries) {
    case 'fix':
      return fixRecipients(transaction, notice.id, recipients);
    case 'drop':
      await transaction.deleteFrom('notice_deliveries').where('notice_id', '=', notice.id).execute();
      return;
    case 'stop':
      await rows
        .set({ state: 'skipped', reason: 'cancelled', due_at: null, settled_at: new Date(notice.since) })
        .where('state', 'in', ['queued', 'held'])
        .execute();
      return;
    case 'requeue-failed':
      await rows
        .set({ state: 'queued', reason: null, due_at: null, sending_at: null, settled_at: null })
        .where('state', '=', 'failed')
        .execute();
      return;
    case 'wake':
    case 'none':
      return;
  }
}

async function fixRecipients(
  transaction: Transaction<Schema>,
  noticeId: string,
  recipients: readonly Recipient[],
): Promise<void> {
  for (let start = 0; start < recipients.length; start += chunk) {
    const rows = recipients.slice(start, start + chunk).map(rowOf);
    await sql`insert into notice_deliveries
        (notice_id, person_id, impact, cause, os, device, evidence_at, site, name, locale, time_zone)
      select ${noticeId}, person_id, impact, cause, os, device, evidence_at, site, name, locale, time_zone
        from jsonb_to_recordset(${toJsonText(rows)}::text::jsonb) as list (person_id text, impact text, cause text,
          os text, device text, evidence_at timestamptz, site text, name text, locale text, time_zone text)
      on conflict do nothing`.execute(transaction);
  }
  // By what was known of the table before, each of so many rows would be looked for in all of them: at 100,000 that
  // takes longer than a statement may.
  if (recipients.length >= chunk) await sql`analyze notice_deliveries`.execute(transaction);
  await chooseFirstWaves(transaction, noticeId);
}

function rowOf({ person, impact, cause, os, device, evidenceAt }: Recipient) {
  const { id, site, name, locale, timeZone } = person;
  const about = { impact, cause, os, device, evidence_at: evidenceAt };
  return { person_id: id, ...about, site, name, locale, time_zone: timeZone };
}

/**
 * A hundredth, and after that a tenth, of all go first: those who can be reached, since others would tell nothing. By
 * chance, and with each notice another one, so that not the same people try out all of them.
 */
async function chooseFirstWaves(transaction: Transaction<Schema>, noticeId: string): Promise<void> {
  await sql`with places as (
      select person_id, count(*) over () as total,
          row_number() over (order by (coalesce(reach, '') = 'reachable' and opted_out_at is null) desc,
            md5(${noticeId} || person_id)) as place
        from notice_deliveries left join people on people.id = person_id where notice_id = ${noticeId}
    )
    update notice_deliveries set wave = case when place <= ceil(total * 0.01) then 0 else 1 end
      from places
      where notice_id = ${noticeId} and notice_deliveries.person_id = places.person_id
        and place <= ceil(total * 0.01) + ceil(total * 0.1)`.execute(transaction);
}
