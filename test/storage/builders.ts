import type { CaseRow, Reply, TurnChange } from '../../src/bot/turn-store.ts';
import type { Database } from '../../src/storage/connection.ts';

export const conversation = 'msteams/a:conversation-1';

/** A turn of a new conversation that changes nothing but its state. */
export function turn(parts: Partial<TurnChange> = {}): TurnChange {
  return {
    conversation,
    activityId: 'activity-1',
    expectedVersion: 0,
    state: { step: 'ask-code' },
    reference: { serviceUrl: 'https://smba.example/teams/', channelId: 'msteams' },
    replies: [],
    cases: [],
    events: [],
    report: null,
    tickets: [],
    checkCodes: [],
    learned: null,
    ...parts,
  };
}

export function caseRow(parts: Partial<CaseRow> = {}): CaseRow {
  return {
    id: 'case-1',
    conversation,
    tenantId: null,
    userId: '29:ada',
    userEntraId: null,
    status: 'open',
    errorCode: '0x8004de40',
    os: 'windows-10',
    article: 'onedrive-0x8004de40',
    place: 'ask-code',
    outcome: null,
    ...parts,
  };
}

export function say(text: string): Reply {
  return { kind: 'send', activity: { type: 'message', text } };
}

export function showCard(title: string): Reply {
  const content = { type: 'AdaptiveCard', version: '1.5', title };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { kind: 'send', activity: { type: 'message', attachments: [attachment] } };
}

/** Everything that a turn can leave behind. */
export const fullTurn: Partial<TurnChange> = {
  replies: [say('hello')],
  cases: [caseRow()],
  events: [{ caseId: 'case-1', kind: 'said', data: { text: 'help' } }],
  report: { id: 'report-1', caseId: 'case-1', text: 'a report', diagnosis: { verdict: 'fail' } },
  checkCodes: [{ code: 'code-1', caseId: 'case-1', expiresAt: '2031-05-06T07:08:09.000Z' }],
};

const tables = ['cases', 'conversations', 'inbox', 'outbox', 'settings'] as const;

export async function emptyTables({ db }: Database): Promise<void> {
  for (const table of tables) await db.deleteFrom(table).execute();
}

/** How many rows each table has; leaves out empty tables. */
export async function countRows({ db }: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...tables, 'case_events', 'check_codes', 'reports', 'tickets'] as const) {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<string>().as('rows'))
      .executeTakeFirstOrThrow();
    if (Number(row.rows) > 0) counts[table] = Number(row.rows);
  }
  return counts;
}
