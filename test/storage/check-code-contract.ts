import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { TurnChange, TurnStore } from '../../src/bot/turn-store.ts';
import { findCheckCode, reportActivityId } from '../../src/storage/check-codes.ts';
import type { Database } from '../../src/storage/connection.ts';
import { prune } from '../../src/storage/housekeeping.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { caseRow, conversation, countRows, emptyTables, turn } from './builders.ts';

/** Codes under which a report comes in by the web, on every database. */
export function describeCheckCodes(open: () => Database): void {
  let database: Database;
  let store: TurnStore;
  beforeEach(async () => {
    database = open();
    store = createTurnStore(database);
    await emptyTables(database);
    await handOut();
  });

  const expiresAt = '2031-05-06T07:08:09.000Z';
  const handedOut = {
    cases: [caseRow()],
    checkCodes: [{ code: 'KM7R2XQ4', caseId: 'case-1', expiresAt }],
  };
  async function handOut(parts: Partial<TurnChange> = {}): Promise<void> {
    const change = turn({ ...handedOut, ...parts });
    const { version } = await store.load(change.conversation, '');
    const outcome = await store.save({ ...change, expectedVersion: version });
    assert.equal(outcome.kind, 'saved');
  }

  it('lead to the case, and to the place where its conversation is now', async () => {
    const moved = { serviceUrl: 'https://smba.example/emea/', channelId: 'msteams' };
    await handOut({ activityId: 'activity-2', checkCodes: [], reference: moved });
    assert.deepEqual(await findCheckCode(database, 'KM7R2XQ4'), {
      conversation,
      caseId: 'case-1',
      expiresAt: new Date(expiresAt),
      reference: moved,
      used: false,
    });
  });

  it('lead nowhere when nobody handed them out', async () => {
    assert.equal(await findCheckCode(database, 'km7r2xq4'), null);
    assert.equal(await findCheckCode(database, ''), null);
  });

  it('are used once the turn with their report was saved in their own conversation', async () => {
    const activityId = reportActivityId('KM7R2XQ4');
    assert.equal(activityId, 'report-by-web/KM7R2XQ4');
    await handOut({ activityId, conversation: 'msteams/another', cases: [], checkCodes: [] });
    assert.equal((await findCheckCode(database, 'KM7R2XQ4'))?.used, false);
    await handOut({ activityId, checkCodes: [] });
    assert.equal((await findCheckCode(database, 'KM7R2XQ4'))?.used, true);
  });

  it('may be handed out again for the same case, for longer', async () => {
    const later = '2031-05-07T00:00:00.000Z';
    await handOut({
      activityId: 'activity-2',
      checkCodes: [{ code: 'KM7R2XQ4', caseId: 'case-1', expiresAt: later }],
    });
    assert.deepEqual((await findCheckCode(database, 'KM7R2XQ4'))?.expiresAt, new Date(later));
  });

  it('never move to another case, and such a turn leaves nothing behind', async () => {
    const before = await countRows(database);
    const other = { id: 'case-2', conversation: 'msteams/another' };
    const theft = handOut({
      conversation: 'msteams/another',
      cases: [caseRow(other)],
      checkCodes: [{ code: 'KM7R2XQ4', caseId: 'case-2', expiresAt }],
    });
    await assert.rejects(theft, /belongs to another case/);
    assert.deepEqual(await countRows(database), before);
    assert.equal((await findCheckCode(database, 'KM7R2XQ4'))?.caseId, 'case-1');
  });

  it('go with their case', async () => {
    await database.db.deleteFrom('cases').where('id', '=', 'case-1').execute();
    assert.equal(await findCheckCode(database, 'KM7R2XQ4'), null);
  });

  it('are forgotten a week after they expired, and not before', async () => {
    const age = (days: number) =>
      sql`update check_codes set expires_at = now() - make_interval(days => ${days}::integer)`.execute(
        database.db,
      );
    await age(6);
    assert.equal((await prune(database)).checkCodes, 0);
    assert.notEqual(await findCheckCode(database, 'KM7R2XQ4'), null);
    await age(8);
    assert.equal((await prune(database)).checkCodes, 1);
    assert.equal(await findCheckCode(database, 'KM7R2XQ4'), null);
  });
}
