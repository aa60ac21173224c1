import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { newsActivityId } from '../../src/bot/handoff-news.ts';
import type { TurnStore } from '../../src/bot/turn-store.ts';
import type { TicketChange, TicketStore } from '../../src/helpdesk/ticket-store.ts';
import type { Database } from '../../src/storage/connection.ts';
import { countQueue, listDue, listHandoffNews, placeInQueue } from '../../src/storage/helpdesk-waits.ts';
import { createTicketStore } from '../../src/storage/ticket-store.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { caseRow, conversation, countRows, emptyTables, turn } from './builders.ts';
import { ada, details, line, noon, opening, taking } from './ticket-builders.ts';

const thread = 'helpdesk/HS-1';
const before = '2026-11-24T11:59:59.000Z';
const movedOn = { from: 'queued', to: 'assigned' };

/** What is kept of a ticket, on every database. */
export function describeTickets(open: () => Database): void {
  let database: Database;
  let tickets: TicketStore;
  let turns: TurnStore;
  beforeEach(async () => {
    database = open();
    tickets = createTicketStore(database);
    turns = createTurnStore(database);
    await emptyTables(database);
  });

  async function openBy(changes: readonly TicketChange[], activityId = 'activity-1', expectedVersion = 0) {
    return turns.save(turn({ activityId, expectedVersion, cases: [caseRow()], tickets: changes }));
  }

  const outbox = () =>
    database.db.selectFrom('outbox').select(['conversation', 'kind', 'activity']).orderBy('id').execute();

  describe('a ticket that a turn opens', () => {
    it('is there with all that belongs to it, and the next turn knows of it', async () => {
      const change = opening({ messages: [line('l1', 'please call')] });
      assert.equal((await openBy([change])).kind, 'saved');
      assert.deepEqual(await tickets.load('HS-1'), {
        ticket: change.ticket,
        details,
        rootId: null,
        cardId: null,
      });
      assert.deepEqual((await turns.load(conversation, '')).tickets, [change.ticket]);
      const [entry] = await tickets.history('HS-1');
      assert.deepEqual([entry?.command, entry?.by], ['open', ada]);
    });

    it('leaves nothing behind when the turn is a conflict', async () => {
      await openBy([], 'activity-0');
      assert.equal((await openBy([opening()], 'activity-1', 7)).kind, 'conflict');
      assert.equal(await tickets.load('HS-1'), null);
    });

    it('makes the turn a conflict when somebody else has changed it, and nothing of the turn stays', async () => {
      await openBy([opening()]);
      const { ticket } = opening();
      await tickets.save(taking(ticket));
      const before = await countRows(database);
      assert.equal((await openBy([taking(ticket)], 'activity-2', 1)).kind, 'conflict');
      assert.deepEqual(await countRows(database), before);
      assert.equal((await turns.load(conversation, 'activity-2')).version, 1);
    });
  });

  describe('a change', () => {
    beforeEach(() => openBy([opening()]));

    it('is for the one who saw the ticket as it is; a second one is told of the conflict', async () => {
      const { ticket } = opening();
      const outcomes = await Promise.all([tickets.save(taking(ticket)), tickets.save(taking(ticket))]);
      assert.deepEqual(outcomes.sort(), ['conflict', 'saved']);
    });

    it('keeps the details, or brings newer ones', async () => {
      const { ticket } = opening();
      await tickets.save(taking(ticket));
      assert.deepEqual((await tickets.load('HS-1'))?.details, details);
      const newer = {
        ...details,
        shared: { ...details.shared, tried: [{ node: 'restart', answer: 'broken' }] },
      };
      const next = taking({ ...ticket, version: 1 }, { details: newer });
      assert.equal(await tickets.save(next), 'saved');
      assert.deepEqual((await tickets.load('HS-1'))?.details, newer);
    });

    it('has one effect for one source', async () => {
      const source = { conversation: 'msteams/19:helpdesk', activityId: 'press-1' };
      const first = taking(opening().ticket, { source, messages: [line('l1', 'hello', 'person')] });
      assert.equal(await tickets.save(first), 'saved');
      assert.equal(await tickets.save({ ...taking(first.ticket), source }), 'duplicate');
      assert.equal((await outbox()).length, 1);
    });

    it('keeps its history, which nobody can change', async () => {
      await tickets.save(taking(opening().ticket, { data: { how: 'button' } }));
      const history = await tickets.history('HS-1');
      assert.deepEqual(
        history.map(({ command, by, data }) => [command, by.name, data]),
        [
          ['open', 'Ada', {}],
          ['take', 'Ana', { how: 'button' }],
        ],
      );
      await assert.rejects(database.db.updateTable('ticket_events').set({ command: 'x' }).execute());
    });

    it('is found by who has it, by state and by person', async () => {
      await tickets.save(taking(opening().ticket));
      const ids = async (filter: Parameters<TicketStore['list']>[0]) =>
        (await tickets.list(filter)).map(({ ticket }) => ticket.id);
      assert.deepEqual(await ids({ agentId: 'a', limit: 9 }), ['HS-1']);
      assert.deepEqual(await ids({ agentId: 'b', limit: 9 }), []);
      assert.deepEqual(await ids({ states: ['assigned'], limit: 9 }), ['HS-1']);
      assert.deepEqual(await ids({ states: ['new', 'queued'], limit: 9 }), []);
      assert.deepEqual(await ids({ userId: '29:ada', limit: 9 }), ['HS-1']);
      assert.deepEqual(await ids({ userId: '29:bob', limit: 9 }), []);
    });
  });

  describe('words between the person and the helpdesk', () => {
    const unknown = { kind: 'unknown', reason: 'ETIMEDOUT' } as const;
    const say = (to: 'person' | 'thread') =>
      taking(opening().ticket, { messages: [line('l1', 'hello', to)] });
    const letPass = () => sql`update outbox set due_at = due_at - interval '1 hour'`.execute(database.db);
    beforeEach(() => openBy([opening()]));

    it('are sent again where nobody knows whether they arrived, a few times', async () => {
      await tickets.save(say('person'));
      let attempts = 0;
      for (; attempts < 20; attempts++) {
        const [sent] = await turns.claimPending(0, 10);
        if (sent === undefined) break;
        await turns.settle([{ id: sent.id, outcome: unknown }]);
        assert.deepEqual(await turns.claimPending(0, 10), [], 'not at once');
        await letPass();
      }
      assert.equal(attempts, 7);
    });

    it('hold back nobody else while their thread is not there yet', async () => {
      await tickets.save(say('thread'));
      const { ticket } = say('thread');
      await tickets.save(taking(ticket, { messages: [line('l2', 'hello', 'person')] }));
      const claimed = await turns.claimPending(0, 1);
      assert.deepEqual(
        claimed.map(({ conversation: to }) => to),
        [conversation],
      );
    });
  });

  describe('how long people wait', () => {
    const opened = ['HS-1', 'HS-2', 'HS-3'].map((id) => opening({}, id));
    beforeEach(() => openBy(opened));

    it('is the median of what was taken over, and the queue is what was not', async () => {
      assert.deepEqual(await countQueue(database), { waiting: 3, taken: 0, medianMinutes: null });
      await sql`update tickets set created_at = now() - case id when 'HS-1' then interval '10 minutes'
        when 'HS-2' then interval '20 minutes' else interval '5 minutes' end`.execute(database.db);
      assert.equal(await placeInQueue(database, 'HS-3'), 3);
      for (const { ticket } of opened.slice(0, 2)) await tickets.save(taking(ticket, { data: movedOn }));
      const { waiting, taken, medianMinutes } = await countQueue(database);
      assert.deepEqual([waiting, taken, Math.round(medianMinutes ?? 0)], [1, 2, 15]);
      assert.equal(await placeInQueue(database, 'HS-3'), 1);
      assert.equal(await placeInQueue(database, 'HS-1'), null);
    });

    it('is due by the time in one status, and reminded of once', async () => {
      const ids = async (remind: string, close: string) =>
        (await listDue(database, new Date(remind), new Date(close))).map(({ ticket }) => ticket.id);
      assert.deepEqual((await ids(noon, before)).sort(), ['HS-1', 'HS-2', 'HS-3']);
      assert.deepEqual(await ids(before, noon), []);
      await sql`update tickets set ticket = jsonb_set(ticket, '{remindedAt}', '"x"') where id <> 'HS-2'`.execute(
        database.db,
      );
      assert.deepEqual(await ids(noon, before), ['HS-2']);
    });
  });

  describe('what the dialog has to follow', () => {
    it('is told until its turn was saved', async () => {
      await openBy([opening()]);
      await tickets.save(taking(opening().ticket, { command: 'hand-back' }));
      const [news, ...more] = await listHandoffNews(database);
      assert.deepEqual([news?.ticketId, news?.version, news?.what, more], ['HS-1', 1, 'handed-back', []]);
      assert.ok(news);
      await openBy([], newsActivityId(news), 1);
      assert.deepEqual(await listHandoffNews(database), []);
    });
  });

  describe('words that go from one side to the other', () => {
    const source = { conversation, activityId: 'said-1' };
    beforeEach(async () => {
      await openBy([opening()]);
      const said = taking(opening().ticket, { source, messages: [line('l1', 'it is still broken')] });
      assert.equal((await openBy([said], source.activityId, 1)).kind, 'saved');
    });

    it('are kept with who said them', async () => {
      const [kept] = await tickets.lines('HS-1');
      assert.deepEqual([kept?.by, kept?.text, kept?.deleted], [ada, 'it is still broken', false]);
    });

    it('wait for the thread, and go there once it is open', async () => {
      assert.deepEqual(await turns.claimPending(0, 9), []);
      const reference = { serviceUrl: 'https://smba.example/', conversation: { id: '19:x;messageid=7' } };
      await tickets.settleCards([{ ticketId: 'HS-1', root: { id: '7', version: 1 }, thread: reference }]);
      const [sent] = await turns.claimPending(0, 9);
      assert.deepEqual([sent?.conversation, sent?.reference], [thread, reference]);
      assert.equal((await tickets.findByRoot('7'))?.ticket.id, 'HS-1');
    });

    it('are changed on their way when they were edited before they left', async () => {
      const edited = { type: 'message', text: 'Ada: it works' };
      assert.equal(await tickets.changeLine(source, 'it works', edited), true);
      assert.deepEqual(await outbox(), [{ conversation: thread, kind: 'send', activity: edited }]);
    });

    it('are followed by an edit where they have arrived, and by the mark of a deletion', async () => {
      await sql`update outbox set state = 'sent', activity_id = 'm1'`.execute(database.db);
      await tickets.changeLine(source, 'it works', { type: 'message', text: 'Ada: it works' });
      await tickets.changeLine(source, null, { type: 'message', text: 'deleted' });
      assert.deepEqual(
        (await outbox()).slice(1).map(({ kind, activity }) => [kind, activity]),
        [
          ['update', { type: 'message', text: 'Ada: it works', id: 'm1' }],
          ['update', { type: 'message', text: 'deleted', id: 'm1' }],
        ],
      );
      const [kept] = await tickets.lines('HS-1');
      assert.deepEqual([kept?.text, kept?.deleted], ['', true]);
    });

    it('that were never relayed are not known', async () => {
      assert.equal(await tickets.changeLine({ conversation, activityId: 'other' }, 'x', {}), false);
    });
  });

  describe('the two cards of a ticket', () => {
    beforeEach(() => openBy([opening()]));
    const claimed = async () => (await tickets.claimCards(9)).map(({ ticket }) => ticket.id);

    it('are behind from the start, and are handed out once at a time', async () => {
      const [cards] = await tickets.claimCards(9);
      assert.deepEqual(
        [cards?.rootVersion, cards?.cardVersion, cards?.rootId, cards?.reference],
        [-1, -1, null, turn().reference],
      );
      assert.deepEqual(await claimed(), []);
    });

    it('are up to date when both show the newest version', async () => {
      await tickets.claimCards(9);
      await tickets.settleCards([{ ticketId: 'HS-1', root: { id: '7', version: 0 } }]);
      assert.deepEqual(await claimed(), ['HS-1']);
      await tickets.settleCards([{ ticketId: 'HS-1', card: { id: 'c', version: 0 } }]);
      assert.deepEqual(await claimed(), []);
      await tickets.save(taking(opening().ticket));
      assert.deepEqual(await claimed(), ['HS-1']);
    });

    it('wait as long as the channel asked for, unless the ticket changes', async () => {
      await tickets.claimCards(9);
      await tickets.settleCards([{ ticketId: 'HS-1', retryAfterSeconds: 60, reason: 'throttled' }]);
      assert.deepEqual(await claimed(), []);
      await tickets.save(taking(opening().ticket));
      assert.deepEqual(await claimed(), ['HS-1']);
    });

    it('say whether the try before may have gone out', async () => {
      const doubtful = async () => (await tickets.claimCards(9)).map((cards) => cards.doubtful);
      const failed = (reason: string) =>
        tickets.settleCards([{ ticketId: 'HS-1', retryAfterSeconds: 0, reason }]);
      assert.deepEqual(await doubtful(), [false]);
      await failed('throttled');
      assert.deepEqual(await doubtful(), [false]);
      await failed('unknown: ETIMEDOUT');
      assert.deepEqual(await doubtful(), [true]);
      await sql`update tickets set cards_claimed_until = now()`.execute(database.db);
      assert.deepEqual(await doubtful(), [true], 'after a crash');
    });

    it('never go back to an older version', async () => {
      await tickets.settleCards([
        { ticketId: 'HS-1', root: { id: '7', version: 0 }, card: { id: 'c', version: 0 } },
      ]);
      await tickets.settleCards([{ ticketId: 'HS-1', root: { id: '7', version: -1 } }]);
      assert.deepEqual(await claimed(), []);
    });
  });
}
