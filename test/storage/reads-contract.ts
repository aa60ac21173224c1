import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { findCase, listCases, readTranscript } from '../../src/storage/cases.ts';
import type { Database } from '../../src/storage/connection.ts';
import { prune, refuseThreadMessages } from '../../src/storage/housekeeping.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import { rememberScripts, settingOrCreate } from '../../src/storage/settings.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { caseRow, conversation, countRows, emptyTables, fullTurn, say, turn } from './builders.ts';

/** Cases, tickets, settings and housekeeping, on every database. */
export function describeReads(open: () => Database): void {
  let database: Database;
  beforeEach(async () => {
    database = open();
    await emptyTables(database);
  });

  async function save(...changes: readonly Parameters<typeof turn>[0][]): Promise<void> {
    const store = createTurnStore(database);
    for (const [expectedVersion, parts] of changes.entries()) {
      const outcome = await store.save(
        turn({ activityId: `activity-${expectedVersion}`, expectedVersion, ...parts }),
      );
      assert.equal(outcome.kind, 'saved');
    }
  }

  describe('cases', () => {
    it('are null when nobody opened them', async () => {
      assert.equal(await findCase(database, 'case-1'), null);
    });

    it('have a time of closing while they are closed, the first one', async () => {
      await save({ cases: [caseRow()] }, { cases: [caseRow({ status: 'solved', outcome: 'w1' })] });
      const solved = await findCase(database, 'case-1');
      assert.ok(solved?.closedAt instanceof Date);
      await createTurnStore(database).save(
        turn({ activityId: 'reopen', expectedVersion: 2, cases: [caseRow({ place: 'ask-os' })] }),
      );
      const reopened = await findCase(database, 'case-1');
      assert.partialDeepStrictEqual(reopened, { status: 'open', place: 'ask-os', closedAt: null });
    });

    it('are listed newest first, page by page, though opened in the same moment', async () => {
      await save(...['a', 'b', 'c', 'd', 'e'].map((id) => ({ cases: [caseRow({ id })] })));
      await sql`update cases set opened_at = now() + interval '1 hour' where id in ('b', 'c')`.execute(
        database.db,
      );
      const pages: string[] = [];
      let afterCase: string | undefined;
      do {
        const page = await listCases(database, { limit: 2, ...(afterCase ? { afterCase } : {}) });
        afterCase = page.at(-1)?.id;
        pages.push(page.map(({ id }) => id).join(''));
      } while (afterCase);
      assert.deepEqual(pages, ['cb', 'ed', 'a', '']);
    });

    it('are found by person, status and conversation', async () => {
      await save(
        { cases: [caseRow({ id: 'a' })] },
        { cases: [caseRow({ id: 'b', userId: '29:bob' })] },
        { cases: [caseRow({ id: 'c', status: 'solved' })] },
      );
      const ids = async (filter: object) =>
        (await listCases(database, { limit: 10, ...filter })).map(({ id }) => id).join('');
      assert.equal(await ids({ userId: '29:bob' }), 'b');
      assert.equal(await ids({ status: 'open', userId: '29:ada' }), 'a');
      assert.equal(await ids({ conversation }), 'cba');
      assert.equal(await ids({ conversation: 'msteams/another' }), '');
    });

    it('have a transcript in the order in which things happened', async () => {
      const event = (kind: string) => ({ caseId: 'case-1', kind, data: { kind } });
      await save(
        { cases: [caseRow()], events: [event('said'), event('shown')] },
        { events: [event('answered')] },
      );
      const transcript = await readTranscript(database, 'case-1');
      assert.deepEqual(
        transcript.map(({ kind }) => kind),
        ['said', 'shown', 'answered'],
      );
      assert.ok(transcript.every(({ at }) => at instanceof Date));
    });
  });

  describe('a setting that is made at its first use', () => {
    it('is the same for all who ask at once, and afterwards', async () => {
      let made = 0;
      const make = () => `secret-${++made}`;
      const values = await Promise.all(
        Array.from({ length: 20 }, () => settingOrCreate(database, 'card-secret', make)),
      );
      values.push(await settingOrCreate(database, 'card-secret', make));
      assert.equal(new Set(values).size, 1);
      assert.notEqual(await settingOrCreate(database, 'other', make), values[0]);
    });

    it('remember every script that was handed out, of versions before too', async () => {
      await settingOrCreate(database, 'served', () => 'no script');
      assert.deepEqual(await rememberScripts(database, ['aa', 'bb']), new Set(['aa', 'bb']));
      assert.deepEqual(await rememberScripts(database, ['bb', 'cc']), new Set(['aa', 'bb', 'cc']));
    });
  });

  describe('housekeeping', () => {
    it('forgets old activities and settled replies, and keeps cases and what is still to be sent', async () => {
      await save({ ...fullTurn, replies: [say('sent'), say('pending')] });
      const store = createTurnStore(database);
      const [first] = await store.claimPending(0, 1);
      await store.settle([{ id: first?.id ?? '', outcome: { kind: 'sent', activityId: null } }]);
      assert.partialDeepStrictEqual(await prune(database), { inbox: 0, outbox: 0, checkCodes: 0 });

      await sql`update inbox set at = at - interval '8 days'`.execute(database.db);
      await sql`update outbox set saved_at = saved_at - interval '8 days',
        settled_at = settled_at - interval '8 days'`.execute(database.db);
      assert.partialDeepStrictEqual(await prune(database), { inbox: 1, outbox: 1, checkCodes: 0 });
      const kept = { conversations: 1, outbox: 1, cases: 1, case_events: 1, reports: 1 };
      assert.deepEqual(await countRows(database), { ...kept, check_codes: 1 });
    });

    it('forgets requests of the API after days, and looks at hosts after a year', async () => {
      await sql`insert into api_requests (caller, key, print, at)
        values ('ada', 'old', 'p', now() - interval '8 days'), ('ada', 'new', 'p', now())`.execute(
        database.db,
      );
      await sql`insert into policy_watch (host, day, state, claimed_at)
        values ('a.example', '2025-01-01', 'seen', now() - interval '13 months'),
          ('a.example', '2026-01-01', 'seen', now() - interval '11 months')`.execute(database.db);
      assert.partialDeepStrictEqual(await prune(database), { apiRequests: 1, policyWatch: 1 });
      const left = await database.db.selectFrom('api_requests').select('key').execute();
      assert.deepEqual(left, [{ key: 'new' }]);
    });

    it('settles what was meant for a thread that never opens, and nothing else', async () => {
      await save({ ...fullTurn, replies: [say('pending')] });
      await sql`insert into conversations (key, state, version, reference)
        values ('helpdesk/HS-OPENED', '{}', 0, '{}')`.execute(database.db);
      await sql`insert into outbox (conversation, kind, activity)
        values ('helpdesk/HS-NEVER', 'send', '{}'), ('helpdesk/HS-OPENED', 'send', '{}')`.execute(
        database.db,
      );
      await refuseThreadMessages(database);
      const rows = database.db.selectFrom('outbox').select(['conversation', 'state']).orderBy('id');
      const states = (await rows.execute()).map(({ state }) => state);
      assert.deepEqual(states, ['pending', 'refused', 'pending']);
    });

    it('deletes more rows than fit into one statement', async () => {
      await sql`insert into inbox (conversation, activity_id, at)
        select 'c', n::text, now() - interval '8 days' from generate_series(1, 4100) as n`.execute(
        database.db,
      );
      assert.equal((await prune(database)).inbox, 4100);
    });
  });

  describe('migrations', () => {
    it('change nothing when they were applied', async () => {
      await save(fullTurn);
      const before = await countRows(database);
      await migrate(database.db);
      assert.deepEqual(await countRows(database), before);
    });
  });
}
