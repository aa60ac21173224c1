import { type RawBuilder, sql } from 'kysely';
import type { Notice } from '../domain/notice.ts';
import type { CardInHand, CardStore, KeptCard, PlannedCard } from '../notices/card-store.ts';
import type { Database } from './connection.ts';
import { toJsonText, toStorableText } from './json-text.ts';

/** Longer than a batch of edits takes; whoever dies with a card leaves it to the others. */
const claimMs = 60_000;

/** Cards of administrators, safe from several processes at once. */
export function createNoticeCardStore(database: Database): CardStore {
  const { db } = database;
  return {
    plan: (cards, now) => plan(database, cards, now),
    keep: (card, dueAt, now) => keep(database, card, dueAt, now),
    claim: (now, limit) => claim(database, now, limit),

    async shown(card, { activityId, print }, dueAt) {
      const set = { activity_id: activityId, print, attempts: 0, due_at: dueAt, claimed_until: null };
      await rowOf(database, card).set(set).execute();
    },
    async wait(card, dueAt) {
      await rowOf(database, card).set({ due_at: dueAt, claimed_until: null }).execute();
    },
    async end(card, reason, now) {
      const set = { over_at: now, claimed_until: null, reason: toStorableText(reason) };
      await rowOf(database, card).set(set).execute();
    },

    async seenBy(noticeId, version) {
      const rows = await db
        .selectFrom('notice_cards')
        .leftJoin('people', 'people.id', 'official')
        .select(['official', 'name'])
        .where('notice_id', '=', toStorableText(noticeId))
        .where('kind', '=', 'waiting')
        .where('version', '=', version)
        .where('activity_id', 'is not', null)
        .orderBy('name')
        .execute();
      return rows.map(({ official, name }) => ({ id: official, name: name ?? official }));
    },

    async eventAt(noticeId, version) {
      const row = await db
        .selectFrom('notice_audit')
        .select(['what', 'actor', 'data'])
        .where('notice_id', '=', toStorableText(noticeId))
        .where('version', '=', version)
        .orderBy('id')
        .executeTakeFirst();
      if (row === undefined) return null;
      const { reason } = row.data as { readonly reason?: unknown };
      return { what: row.what, name: row.actor.name, reason: typeof reason === 'string' ? reason : '' };
    },

    listAwaiting: () => listNotices(database, sql`state = 'awaiting-approval'`),
    listUntold: (since) =>
      listNotices(
        database,
        sql`state in ('draft', 'halted') and since > ${since}
          and exists (select from notice_audit a
            where a.notice_id = notices.id and a.version = notices.version and a.what in ('reject', 'halt'))
          and not exists (select from notice_cards c
            where c.notice_id = notices.id and c.version = notices.version and c.kind = 'news')`,
      ),
    listUnshown: (since) =>
      listNotices(
        database,
        sql`state in ('sending', 'paused', 'halted', 'done') and since > ${since} and not exists
          (select from notice_cards where notice_id = notices.id and kind = 'progress')`,
      ),
  };
}

function rowOf({ db }: Database, { noticeId, official, kind, version, activityId }: CardInHand) {
  return db
    .updateTable('notice_cards')
    .where('notice_id', '=', noticeId)
    .where('official', '=', official)
    .where('kind', '=', kind)
    .where('version', '=', version)
    .where('activity_id', 'is not distinct from', activityId);
}

function columnsOf({ noticeId, official, kind, version, reference }: PlannedCard, dueAt: Date) {
  return { notice_id: noticeId, official, kind, version, reference: toJsonText(reference), due_at: dueAt };
}

async function plan({ db }: Database, cards: readonly PlannedCard[], now: Date): Promise<number> {
  if (cards.length === 0) return 0;
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('notice_cards')
    .values(cards.map((card) => columnsOf(card, now)))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows);
}

async function keep(
  { db }: Database,
  card: PlannedCard & { readonly activityId: string },
  dueAt: Date,
  now: Date,
): Promise<void> {
  const { activityId: activity_id, official } = card;
  await db.transaction().execute(async (transaction) => {
    // What the message showed before must not come back over what it shows now.
    await transaction
      .updateTable('notice_cards')
      .set({ over_at: now, reason: 'it shows something else' })
      .where('official', '=', official)
      .where('activity_id', '=', activity_id)
      .where('over_at', 'is', null)
      .execute();
    await transaction
      .insertInto('notice_cards')
      .values({ ...columnsOf(card, dueAt), activity_id })
      .onConflict((conflict) =>
        conflict.columns(['notice_id', 'official', 'kind', 'version']).doUpdateSet(({ ref }) => ({
          ...{ activity_id, reference: ref('excluded.reference'), due_at: dueAt },
          ...{ print: null, attempts: 0, claimed_until: null, over_at: null, reason: null },
        })),
      )
      .execute();
  });
}

type Row = {
  readonly notice_id: string;
  readonly official: string;
  readonly kind: KeptCard['kind'];
  readonly version: string | number;
  readonly reference: KeptCard['reference'];
  readonly activity_id: string | null;
  readonly print: string | null;
  readonly attempts: number;
};

/** A card that waits is looked at when its notice has another version. */
async function claim({ db }: Database, now: Date, limit: number): Promise<readonly KeptCard[]> {
  const { rows } = await sql<Row>`
    with picked as (
      select c.notice_id, c.official, c.kind, c.version
        from notice_cards c join notices n on n.id = c.notice_id
        where c.over_at is null and c.due_at <= ${now} and coalesce(c.claimed_until <= ${now}, true)
          and (c.activity_id is null or c.kind = 'progress' or c.version <> n.version)
        order by c.due_at limit ${limit} for update of c skip locked
    )
    update notice_cards c set claimed_until = ${new Date(now.getTime() + claimMs)}, attempts = attempts + 1
      from picked p
      where c.notice_id = p.notice_id and c.official = p.official and c.kind = p.kind and c.version = p.version
      returning c.*`.execute(db);
  return rows.map((row) => ({
    ...{ noticeId: row.notice_id, official: row.official, kind: row.kind, version: Number(row.version) },
    ...{ reference: row.reference, activityId: row.activity_id, print: row.print, attempts: row.attempts },
  }));
}

/** Oldest first. */
async function listNotices({ db }: Database, condition: RawBuilder<unknown>): Promise<readonly Notice[]> {
  const { rows } = await sql<{ notice: Notice }>`select notice from notices where ${condition}
    order by created_at, id`.execute(db);
  return rows.map(({ notice }) => notice);
}
