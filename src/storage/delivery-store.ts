import { sql } from 'kysely';
import type { DeliveryOutcome, DeliveryStore, PendingDelivery } from '../helpdesk/ticket-store.ts';
import type { Database } from './connection.ts';
import { eventOfStored } from './stored-event.ts';

const claim = { name: 'claim-deliveries', text: 'select claim_deliveries($1, $2::integer) as delivery' };

export function createDeliveryStore(database: Database): DeliveryStore {
  const { db } = database;
  return {
    async claim(connector, limit) {
      const rows = await database.query<{ delivery: PendingDelivery }>(claim, [connector, limit]);
      return rows.map(({ delivery }) => ({ ...delivery, event: eventOfStored(delivery.event) }));
    },

    settle: (connector, eventId, outcome) => settle(database, connector, eventId, outcome),

    async findTicket(connector, remoteId) {
      const row = await db
        .selectFrom('remote_tickets')
        .select('ticket_id')
        .where('connector', '=', connector)
        .where('remote_id', '=', remoteId)
        .executeTakeFirst();
      return row?.ticket_id ?? null;
    },

    async cursor(connector) {
      const row = await db
        .selectFrom('connector_cursors')
        .select('cursor')
        .where('connector', '=', connector)
        .executeTakeFirst();
      return row?.cursor ?? null;
    },

    async saveCursor(connector, cursor) {
      await db
        .insertInto('connector_cursors')
        .values({ connector, cursor })
        .onConflict((conflict) => conflict.column('connector').doUpdateSet({ cursor }))
        .execute();
    },

    deadLetters: (limit) => listDeadLetters(database, limit),

    async revive(connector, eventId) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state: 'pending', attempts: 0, due_at: sql<Date>`clock_timestamp()`, settled_at: null })
        .where('connector', '=', connector)
        .where('event_id', '=', eventId)
        .where('state', '=', 'dead')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

/** The remote ticket is kept in the same transaction, so that a crash never forgets what was created. */
async function settle(
  { db }: Database,
  connector: string,
  eventId: string,
  outcome: DeliveryOutcome,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const settled = await transaction
      .updateTable('deliveries')
      .set(columnsOf(outcome))
      .where('connector', '=', connector)
      .where('event_id', '=', eventId)
      .where('state', '<>', 'done')
      .returning('ticket_id')
      .executeTakeFirst();
    if (settled === undefined || outcome.kind !== 'done') return;
    const { id, url } = outcome.remote;
    await transaction
      .insertInto('remote_tickets')
      .values({ connector, ticket_id: settled.ticket_id, remote_id: id, url })
      .onConflict((conflict) =>
        conflict.columns(['connector', 'ticket_id']).doUpdateSet({ remote_id: id, url }),
      )
      .execute();
  });
}

function columnsOf(outcome: DeliveryOutcome) {
  switch (outcome.kind) {
    case 'done':
      return {
        state: 'done' as const,
        settled_at: sql<Date>`clock_timestamp()`,
        claimed_until: null,
        reason: null,
      };
    case 'later':
      return {
        due_at: sql<Date>`clock_timestamp() + make_interval(secs => ${outcome.afterSeconds})`,
        claimed_until: null,
        reason: outcome.reason.slice(0, 500),
      };
    case 'dead':
      return {
        state: 'dead' as const,
        settled_at: sql<Date>`clock_timestamp()`,
        claimed_until: null,
        reason: outcome.reason.slice(0, 500),
      };
  }
}

/** Newest first. */
async function listDeadLetters({ db }: Database, limit: number) {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('connector_events', 'connector_events.id', 'deliveries.event_id')
    .select(['event_id', 'connector', 'deliveries.ticket_id', 'attempts', 'reason', 'settled_at', 'event'])
    .where('state', '=', 'dead')
    .orderBy('settled_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    connector: row.connector,
    ticketId: row.ticket_id,
    kind: row.event.what.kind,
    attempts: row.attempts,
    reason: row.reason ?? '',
    at: row.settled_at ?? new Date(0),
  }));
}
