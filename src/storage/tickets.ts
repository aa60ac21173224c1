import type { TicketRow } from '../bot/turn-store.ts';
import type { Database } from './connection.ts';

export type StoredTicket = TicketRow & {
  readonly conversation: string;
  readonly userId: string;
  readonly createdAt: Date;
};

export async function findTicket(database: Database, id: string): Promise<StoredTicket | null> {
  const [ticket] = await selectTickets(database).where('tickets.id', '=', id).execute();
  return ticket ?? null;
}

/** A person's tickets, newest first. */
export async function listTickets(database: Database, userId: string): Promise<readonly StoredTicket[]> {
  return selectTickets(database)
    .where('cases.user_id', '=', userId)
    .orderBy('tickets.created_at', 'desc')
    .orderBy('tickets.id', 'desc')
    .execute();
}

function selectTickets({ db }: Database) {
  return db
    .selectFrom('tickets')
    .innerJoin('cases', 'cases.id', 'tickets.case_id')
    .select([
      'tickets.id',
      'tickets.case_id as caseId',
      'tickets.note',
      'tickets.diagnosis',
      'tickets.created_at as createdAt',
      'cases.conversation',
      'cases.user_id as userId',
    ]);
}
