import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TurnChange, TurnStore } from '../../src/bot/turn-store.ts';
import type { TicketChange } from '../../src/helpdesk/ticket-store.ts';
import { findCase, listReports, readTranscript } from '../../src/storage/cases.ts';
import type { Database } from '../../src/storage/connection.ts';
import { toJsonText } from '../../src/storage/json-text.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { caseRow, conversation, countRows, emptyTables, fullTurn, say, turn } from './builders.ts';
import { opening } from './ticket-builders.ts';

/** What every database that holds turns keeps to. */
export function describeTurns(open: () => Database): void {
  let database: Database;
  let store: TurnStore;
  beforeEach(async () => {
    database = open();
    store = createTurnStore(database);
    await emptyTables(database);
  });

  describe('a conversation that nobody has seen', () => {
    it('has no state and version 0', async () => {
      const loaded = await store.load(conversation, 'activity-1');
      assert.deepEqual(loaded, { seen: false, state: null, version: 0, lastCardId: null, tickets: [] });
    });
  });

  describe('a saved turn', () => {
    it('is found as it was left, one version on', async () => {
      await store.save(turn({ state: { step: 'ask-os', tried: ['a'] } }));
      assert.deepEqual(await store.load(conversation, 'activity-2'), {
        seen: false,
        state: { step: 'ask-os', tried: ['a'] },
        version: 1,
        lastCardId: null,
        tickets: [],
      });
    });

    it('is known by its activity, in its own conversation only', async () => {
      await store.save(turn());
      assert.equal((await store.load(conversation, 'activity-1')).seen, true);
      assert.equal((await store.load('msteams/another', 'activity-1')).seen, false);
    });

    it('replaces the state of the turn before', async () => {
      await store.save(turn());
      const outcome = await store.save(turn({ activityId: 'activity-2', expectedVersion: 1, state: null }));
      assert.equal(outcome.kind, 'saved');
      const { state, version } = await store.load(conversation, 'activity-3');
      assert.deepEqual({ state, version }, { state: null, version: 2 });
    });

    it('names its replies in their order', async () => {
      const outcome = await store.save(turn({ replies: [say('one'), say('two'), say('three')] }));
      assert.ok(outcome.kind === 'saved');
      const pending = await store.claimPending(0, 10);
      assert.deepEqual(
        outcome.replyIds,
        pending.map(({ id }) => id),
      );
      assert.deepEqual(
        pending.map(({ reply }) => reply.activity.text),
        ['one', 'two', 'three'],
      );
    });

    it('keeps its case, events and report', async () => {
      await store.save(turn(fullTurn));
      const found = await findCase(database, 'case-1');
      assert.partialDeepStrictEqual(found, { ...caseRow(), closedAt: null });
      const [event] = await readTranscript(database, 'case-1');
      assert.partialDeepStrictEqual(event, { kind: 'said', data: { text: 'help' } });
      const [report] = await listReports(database, 'case-1');
      assert.partialDeepStrictEqual(report, {
        id: 'report-1',
        text: 'a report',
        diagnosis: { verdict: 'fail' },
      });
    });

    it('keeps any state that JSON can say', async () => {
      let version = 0;
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async (state) => {
          await store.save(turn({ activityId: `activity-${version}`, expectedVersion: version, state }));
          version += 1;
          const loaded = await store.load(conversation, 'none');
          assert.deepEqual(loaded.state, JSON.parse(toJsonText(state)));
        }),
        { numRuns: 40 },
      );
    });

    it('replaces what PostgreSQL cannot store: NUL characters and halves of surrogate pairs', async () => {
      const state = { text: 'a\0b\ud800c', '\0key': 1, path: 'C:\\u0000', pair: '\ud83d\ude00' };
      await store.save(turn({ activityId: 'activity\0', state }));
      const loaded = await store.load(conversation, 'activity\0');
      const expected = { text: 'a\ufffdb\ufffdc', '\ufffdkey': 1, path: 'C:\\u0000', pair: '\ud83d\ude00' };
      assert.deepEqual(loaded.state, expected);
      assert.equal(loaded.seen, true);
    });
  });

  describe('an activity that arrives 50 times at once', () => {
    it('has one effect', async () => {
      const change = turn({ ...fullTurn, tickets: [openingFor('case-1')] });
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => store.save(change)));
      assert.equal(outcomes.filter(({ kind }) => kind === 'saved').length, 1);
      assert.equal(outcomes.filter(({ kind }) => kind === 'duplicate').length, 49);
      const one = { conversations: 1, inbox: 1, outbox: 1, cases: 1, case_events: 1, reports: 1, tickets: 1 };
      assert.deepEqual(await countRows(database), { ...one, check_codes: 1 });
    });

    it('is still a duplicate when it names the newest version', async () => {
      await store.save(turn());
      assert.deepEqual(await store.save(turn({ expectedVersion: 1 })), { kind: 'duplicate' });
    });
  });

  describe('turns that ran on the same version', () => {
    const rivals = (expectedVersion: number): TurnChange[] =>
      Array.from({ length: 20 }, (_, n) =>
        turn({
          activityId: `rival-${n}`,
          expectedVersion,
          state: { winner: n },
          replies: [say(`rival ${n}`)],
          cases: [caseRow({ id: `case-${n}` })],
          events: [{ caseId: `case-${n}`, kind: 'said', data: {} }],
          report: { id: `report-${n}`, caseId: `case-${n}`, text: 'r', diagnosis: null },
          tickets: [openingFor(`case-${n}`)],
        }),
      );

    for (const version of [0, 1]) {
      it(`let exactly one win, and the others leave nothing behind (version ${version})`, async () => {
        if (version === 1) await store.save(turn({ activityId: 'first' }));
        const before = version === 1 ? 1 : 0;
        const outcomes = await Promise.all(rivals(version).map((change) => store.save(change)));
        const winner = outcomes.findIndex(({ kind }) => kind === 'saved');
        assert.equal(outcomes.filter(({ kind }) => kind === 'conflict').length, 19);
        const one = { conversations: 1, outbox: 1, cases: 1, case_events: 1, reports: 1, tickets: 1 };
        assert.deepEqual(await countRows(database), { ...one, inbox: 1 + before });
        const { state, seen } = await store.load(conversation, `rival-${winner}`);
        assert.deepEqual({ state, seen }, { state: { winner }, seen: true });
      });
    }

    it('lose no turn when each loser runs again on what it finds', async () => {
      const add = async (activityId: string): Promise<void> => {
        const { state, version } = await store.load(conversation, activityId);
        const count = version === 0 ? 1 : (state as { count: number }).count + 1;
        const outcome = await store.save(turn({ activityId, expectedVersion: version, state: { count } }));
        if (outcome.kind === 'conflict') await add(activityId);
      };
      await Promise.all(Array.from({ length: 12 }, (_, n) => add(`activity-${n}`)));
      const { state, version } = await store.load(conversation, 'none');
      assert.deepEqual({ state, version }, { state: { count: 12 }, version: 12 });
    });

    it('refuse a version that was never saved', async () => {
      assert.deepEqual(await store.save(turn({ expectedVersion: 7 })), { kind: 'conflict' });
      assert.deepEqual(await countRows(database), {});
    });
  });

  describe('a turn that breaks a promise', () => {
    it('cannot take over the case of another conversation, and leaves nothing behind', async () => {
      await store.save(turn({ cases: [caseRow()] }));
      const before = await countRows(database);
      const foreign = turn({
        ...fullTurn,
        conversation: 'msteams/another',
        cases: [caseRow({ status: 'solved' })],
      });
      await assert.rejects(store.save(foreign), /belongs to another conversation/);
      assert.deepEqual(await countRows(database), before);
      assert.equal((await findCase(database, 'case-1'))?.status, 'open');
    });

    it('cannot write history for a case that does not exist', async () => {
      const events = [{ caseId: 'nowhere', kind: 'said', data: {} }];
      await assert.rejects(store.save(turn({ events })));
      assert.deepEqual(await countRows(database), {});
    });

    it('cannot rewrite history', async () => {
      await store.save(turn(fullTurn));
      const rewrite = database.db.updateTable('case_events').set({ kind: 'other' }).execute();
      await assert.rejects(rewrite, /only added, never changed/);
    });
  });
}

/** A ticket of the case, told of by the activity of the turn as every one is. */
function openingFor(caseId: string): TicketChange {
  const source = { conversation, activityId: 'activity-1' };
  const change = opening({ source }, `HS-${caseId}`);
  return { ...change, ticket: { ...change.ticket, caseId } };
}
