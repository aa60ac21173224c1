import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as tables from './0001-tables.ts';
import * as turnFunctions from './0002-turn-functions.ts';
import * as outboxFunctions from './0003-outbox-functions.ts';
import * as checkCodes from './0004-check-codes.ts';
import * as handoff from './0005-handoff.ts';
import * as cardDoubts from './0006-card-doubts.ts';
import * as ticketTurns from './0007-ticket-turns.ts';
import * as lastingMessages from './0008-lasting-messages.ts';
import * as lastingOrder from './0009-lasting-order.ts';
import * as people from './0010-people.ts';
import * as notices from './0011-notices.ts';
import * as sending from './0012-sending.ts';
import * as policyWatch from './0013-policy-watch.ts';
import * as ticketDetails from './0014-ticket-details.ts';
import * as apiRequests from './0015-api-requests.ts';
import * as noticeCards from './0016-notice-cards.ts';
import * as policyNews from './0017-policy-news.ts';
import * as noticeNews from './0018-notice-news.ts';
import * as sendingByIndex from './0019-sending-by-index.ts';
import * as evidenceDay from './0020-evidence-day.ts';

/** Applied in the order of their names, each once. What was published is never edited: add a new one. */
const migrations = {
  '0001-tables': tables,
  '0002-turn-functions': turnFunctions,
  '0003-outbox-functions': outboxFunctions,
  '0004-check-codes': checkCodes,
  '0005-handoff': handoff,
  '0006-card-doubts': cardDoubts,
  '0007-ticket-turns': ticketTurns,
  '0008-lasting-messages': lastingMessages,
  '0009-lasting-order': lastingOrder,
  '0010-people': people,
  '0011-notices': notices,
  '0012-sending': sending,
  '0013-policy-watch': policyWatch,
  '0015-api-requests': apiRequests,
  '0014-ticket-details': ticketDetails,
  '0016-notice-cards': noticeCards,
  '0017-policy-news': policyNews,
  '0018-notice-news': noticeNews,
  '0019-sending-by-index': sendingByIndex,
  '0020-evidence-day': evidenceDay,
};

/** The database's tables could not be brought to the form that this version needs. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly code = 'migration-failed';
}

/** Brings the tables up to date, whole or not at all; safe when several processes start at once. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed =
    results?.find(({ status }) => status === 'Error')?.migrationName ?? 'before the first migration';
  throw new MigrationFailed(
    `The database could not be brought up to date (${failed}); it was left as it was. ` +
      'If a newer version of Handshake has used it, start that version; otherwise see the cause.',
    { cause: error },
  );
}
