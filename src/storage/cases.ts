import type { Selectable } from 'kysely';
import type { CaseRow, CaseStatus } from '../bot/turn-store.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { Database } from './connection.ts';
import type { Schema } from './schema.ts';

export type StoredCase = CaseRow & {
  readonly openedAt: Date;
  readonly updatedAt: Date;
  /** When it was closed first since it was opened last; null while it is open. */
  readonly closedAt: Date | null;
};

export type TranscriptEntry = {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

export type StoredReport = {
  readonly id: string;
  readonly caseId: string;
  readonly text: string;
  readonly diagnosis: unknown;
  readonly receivedAt: Date;
};

export type CaseFilter = {
  readonly status?: CaseStatus;
  readonly userId?: string;
  readonly conversation?: string;
  /** Goes on after this case, the last one of the page before. */
  readonly afterCase?: string;
  readonly limit: number;
};

export async function findCase(database: Database, id: string): Promise<StoredCase | null> {
  const row = await database.db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toCase(row);
}

/** Newest first. */
export async function listCases(database: Database, filter: CaseFilter): Promise<readonly StoredCase[]> {
  const { status, userId, conversation, afterCase } = filter;
  let query = database.db.selectFrom('cases').selectAll();
  if (status !== undefined) query = query.where('status', '=', status);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  if (conversation !== undefined) query = query.where('conversation', '=', conversation);
  if (afterCase !== undefined) {
    // Compared inside the database: a Date drops the microseconds that tell two cases apart.
    query = query.where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('cases.opened_at', 'cases.id'),
        '<',
        selectFrom('cases as last')
          .select(['last.opened_at', 'last.id'])
          .where('last.id', '=', afterCase)
          .$asTuple('opened_at', 'id'),
      ),
    );
  }
  const rows = await query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
  return rows.map(toCase);
}

/** What was said, shown, answered and found, in order. */
export async function readTranscript(
  database: Database,
  caseId: string,
): Promise<readonly TranscriptEntry[]> {
  const rows = await database.db
    .selectFrom('case_events')
    .select(['kind', 'data', 'at'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, data, at }) => ({ kind, data: data as Record<string, unknown>, at }));
}

/** The reports that came in for a case, oldest first. */
export async function listReports(database: Database, caseId: string): Promise<readonly StoredReport[]> {
  const rows = await database.db
    .selectFrom('reports')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, case_id, text, diagnosis, received_at }) => ({
    id,
    caseId: case_id,
    text,
    diagnosis,
    receivedAt: received_at,
  }));
}

/** What a stored report was judged to be; null when there is none of that id. */
export async function findDiagnosis({ db }: Database, reportId: string): Promise<Diagnosis | null> {
  const row = await db
    .selectFrom('reports')
    .select('diagnosis')
    .where('id', '=', reportId)
    .executeTakeFirst();
  return (row?.diagnosis as Diagnosis | null | undefined) ?? null;
}

function toCase(row: Selectable<Schema['cases']>): StoredCase {
  return {
    id: row.id,
    conversation: row.conversation,
    tenantId: row.tenant_id,
    userId: row.user_id,
    userEntraId: row.user_entra_id,
    status: row.status,
    errorCode: row.error_code,
    os: row.os,
    article: row.article,
    place: row.place,
    outcome: row.outcome,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
  };
}
