import { sql } from 'kysely';
import type {
  CardsOutcome,
  OutdatedCards,
  SavedTicket,
  StoredTicket,
  TicketEntry,
  TicketFilter,
  TicketLine,
  TicketStore,
} from '../helpdesk/ticket-store.ts';
import type { Database } from './connection.ts';
import { toJsonText, toStorableText } from './json-text.ts';
import { storableTicket } from './stored-event.ts';

const save = { name: 'save-ticket', text: 'select save_ticket($1::text::jsonb) as outcome' };
const changeLine = {
  name: 'change-line',
  text: 'select change_line($1, $2, $3, $4::text::jsonb) as found',
};
const claimCards = { name: 'claim-ticket-cards', text: 'select claim_ticket_cards($1::integer) as cards' };
const settleCards = { name: 'settle-ticket-cards', text: 'select settle_ticket_cards($1::text::jsonb)' };

export function createTicketStore(database: Database): TicketStore {
  return {
    load: async (id) => one(await selectTickets(database).where('id', '=', id).execute()),
    findByRoot: async (rootId) => one(await selectTickets(database).where('root_id', '=', rootId).execute()),
    list: (filter) => listTickets(database, filter),

    async save(change) {
      const stored = toJsonText(storableTicket(change));
      const [row] = await database.query<{ outcome: SavedTicket }>(save, [stored]);
      return row?.outcome ?? 'conflict';
    },

    history: (id) => readHistory(database, id),
    lines: (id) => readLines(database, id),

    async changeLine({ conversation, activityId }, text, activity) {
      const key = [toStorableText(conversation), toStorableText(activityId)];
      const words = text === null ? null : toStorableText(text);
      const [row] = await database.query<{ found: boolean }>(changeLine, [
        ...key,
        words,
        toJsonText(activity),
      ]);
      return row?.found ?? false;
    },

    async claimCards(limit) {
      const rows = await database.query<{ cards: OutdatedCards }>(claimCards, [limit]);
      return rows.map(({ cards }) => cards);
    },

    async settleCards(outcomes: readonly CardsOutcome[]) {
      if (outcomes.length > 0) await database.query(settleCards, [toJsonText(outcomes)]);
    },
  };
}

function selectTickets({ db }: Database) {
  return db
    .selectFrom('tickets')
    .select(['ticket', 'details', 'root_id as rootId', 'card_id as cardId'])
    .where('ticket', 'is not', null)
    .$narrowType<Pick<StoredTicket, 'ticket' | 'details'>>();
}

function one(rows: readonly StoredTicket[]): StoredTicket | null {
  return rows[0] ?? null;
}

/** Newest first. */
async function listTickets(
  database: Database,
  { states, agentId, userId, limit }: TicketFilter,
): Promise<readonly StoredTicket[]> {
  let query = selectTickets(database);
  if (states !== undefined) query = query.where('state', 'in', [...states]);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  if (agentId !== undefined) {
    query = query.where(sql<string>`ticket -> 'status' -> 'agent' ->> 'id'`, '=', agentId);
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Oldest first. */
async function readHistory({ db }: Database, id: string): Promise<readonly TicketEntry[]> {
  const rows = await db
    .selectFrom('ticket_events')
    .select(['command', 'actor', 'data', 'at'])
    .where('ticket_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ command, actor, data, at }) => ({
    command: command as TicketEntry['command'],
    by: actor,
    data: data as Record<string, unknown>,
    at,
  }));
}

/** Oldest first. */
async function readLines({ db }: Database, id: string): Promise<readonly TicketLine[]> {
  const rows = await db
    .selectFrom('ticket_lines')
    .select(['id', 'actor', 'text', 'at', 'deleted'])
    .where('ticket_id', '=', id)
    .orderBy('at')
    .orderBy('outbox_id')
    .execute();
  return rows.map(({ actor, ...line }) => ({ ...line, by: actor }));
}
