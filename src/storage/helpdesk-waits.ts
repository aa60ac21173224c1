import { sql } from 'kysely';
import type { PendingNews } from '../bot/turn-store.ts';
import type { StoredTicket } from '../helpdesk/ticket-store.ts';
import type { Database } from './connection.ts';

export type QueueCount = {
  /** Tickets that nobody has taken yet. */
  readonly waiting: number;
  /** How many of the last 30 days were taken over, and their median minutes from opening to that; null for none. */
  readonly taken: number;
  readonly medianMinutes: number | null;
};

const count = {
  name: 'count-queue',
  text: `
    with taken as (
      select extract(epoch from min(e.at) - t.created_at) / 60 as minutes
        from ticket_events e join tickets t on t.id = e.ticket_id
        where e.at > now() - interval '30 days' and e.data ->> 'from' in ('new', 'queued')
          and e.data ->> 'to' in ('assigned', 'waiting-for-user', 'solved')
        group by t.id, t.created_at
    )
    select (select count(*)::integer from tickets where state in ('new', 'queued')) as waiting,
      (select count(*)::integer from taken) as taken,
      (select percentile_cont(0.5) within group (order by minutes)::float from taken) as "medianMinutes"`,
};

export async function countQueue(database: Database): Promise<QueueCount> {
  const [row] = await database.query<QueueCount>(count, []);
  return row ?? { waiting: 0, taken: 0, medianMinutes: null };
}

/** Which place a ticket has among those that nobody has taken; null when it is not among them. */
export async function placeInQueue(database: Database, ticketId: string): Promise<number | null> {
  const text = `select (select count(*)::integer from tickets ahead
      where ahead.state in ('new', 'queued') and ahead.created_at <= own.created_at) as place
    from tickets own where own.id = $1 and own.state in ('new', 'queued')`;
  const [row] = await database.query<{ place: number }>({ name: 'place-in-queue', text }, [ticketId]);
  return row?.place ?? null;
}

const atOnce = 200;

/** Tickets that wait for too long by now, longest first; at most 200. */
export async function listDue(
  { db }: Database,
  remindBefore: Date,
  closeBefore: Date,
): Promise<readonly StoredTicket[]> {
  const isSinceBefore = (moment: Date) => sql<boolean>`ticket ->> 'since' <= ${moment.toISOString()}`;
  return db
    .selectFrom('tickets')
    .select(['ticket', 'details', 'root_id as rootId', 'card_id as cardId'])
    .where('ticket', 'is not', null)
    .where((is) =>
      is.or([
        is.and([
          is('state', 'in', ['new', 'queued', 'assigned', 'waiting-for-user']),
          sql<boolean>`ticket ->> 'remindedAt' is null`,
          isSinceBefore(remindBefore),
        ]),
        is.and([is('state', 'in', ['solved', 'waiting-for-user']), isSinceBefore(closeBefore)]),
      ]),
    )
    .orderBy(sql`ticket ->> 'since'`)
    .limit(atOnce)
    .$narrowType<Pick<StoredTicket, 'ticket' | 'details'>>()
    .execute();
}

const news = {
  name: 'list-handoff-news',
  text: `select e.ticket_id as "ticketId", e.version::integer as version,
      case e.command when 'ask-check' then 'check-asked' else 'handed-back' end as what, c.reference
    from ticket_events e
      join tickets t on t.id = e.ticket_id
      join conversations c on c.key = t.conversation
    where e.command in ('ask-check', 'hand-back', 'reject') and e.at > now() - interval '1 hour'
      and not exists (select from inbox i where i.conversation = t.conversation
        and i.activity_id = 'handshake-handoff/' || e.ticket_id || '/' || e.version)
    order by e.id limit 50`,
};

/** What the helpdesk did in the last hour that the dialog of the person has not followed yet, oldest first. */
export function listHandoffNews(database: Database): Promise<readonly PendingNews[]> {
  return database.query<PendingNews>(news, []);
}
