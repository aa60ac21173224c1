import type { LoadedTurn, PendingReply, SaveOutcome, TurnStore } from '../bot/turn-store.ts';
import type { Database } from './connection.ts';
import { toJsonText, toStorableText } from './json-text.ts';
import { storableTicket } from './stored-event.ts';

// The functions of the database do the work, so that a turn costs one read and one write, and a plan made once.
const load = { name: 'load-turn', text: 'select load_turn($1, $2) as turn' };
const save = { name: 'save-turn', text: 'select save_turn($1::text::jsonb) as outcome' };
const saveWithTickets = {
  name: 'save-turn-with-tickets',
  text: 'select save_turn_with_tickets($1::text::jsonb) as outcome',
};
const saveAndLearn = {
  name: 'save-turn-and-learn',
  text: 'select save_turn_and_learn($1::text::jsonb) as outcome',
};
const settle = { name: 'settle-replies', text: 'select settle_replies($1::text::jsonb)' };
const claim = { name: 'claim-replies', text: 'select claim_replies($1::float, $2::integer) as reply' };

export function createTurnStore(database: Database): TurnStore {
  return {
    async load(conversation, activityId) {
      const key = [toStorableText(conversation), toStorableText(activityId)];
      return only(await database.query<{ turn: LoadedTurn }>(load, key)).turn;
    },

    async save(change) {
      const hasTickets = change.tickets.length > 0;
      const stored = hasTickets ? { ...change, tickets: change.tickets.map(storableTicket) } : change;
      const statement = change.learned !== null ? saveAndLearn : hasTickets ? saveWithTickets : save;
      return only(await database.query<{ outcome: SaveOutcome }>(statement, [toJsonText(stored)])).outcome;
    },

    async settle(outcomes) {
      if (outcomes.length === 0) return;
      const rows = outcomes.map(({ id, outcome }) => ({ id, ...outcome }));
      await database.query(settle, [toJsonText(rows)]);
    },

    async claimPending(olderThanSeconds, limit) {
      const rows = await database.query<{ reply: PendingReply }>(claim, [olderThanSeconds, limit]);
      return rows.map(({ reply }) => reply);
    },
  };
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('A function of the database returned no row; expected exactly one.');
  return row;
}
