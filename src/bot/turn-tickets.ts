import { isDeepStrictEqual } from 'node:util';
import type { Activity } from 'botbuilder';
import type { NewTicket, TicketAct } from '../domain/decision.ts';
import { type HandoffCommand, isOver, type Ticket } from '../domain/handoff.ts';
import { type Shared, sharedOf } from '../domain/share.ts';
import type { Actor, Source, StoredTicket, TicketChange, TicketDetails } from '../helpdesk/ticket-store.ts';
import { caseOf, type Draft } from './draft.ts';

type Opening = Pick<Ticket, 'id' | 'caseId' | 'urgency'> & {
  readonly details: TicketDetails;
  readonly source: Source;
};

export type TurnTicketParts = {
  readonly open: (opening: Opening) => TicketChange;
  /** Everything that follows from a command; null where it does not apply to the ticket as it is. */
  readonly change: (
    stored: Pick<StoredTicket, 'ticket' | 'details'>,
    command: HandoffCommand,
    by: Actor,
    source: Source,
  ) => TicketChange | null;
  /** For the details; the ticket itself is the one that the turn was loaded with. */
  readonly loadTicket: (id: string) => Promise<StoredTicket | null>;
  /** The report that is shared, for other systems. */
  readonly fileOf: (ticket: Ticket, details: TicketDetails) => TicketChange['events'][number];
  /** One line: the trouble. */
  readonly titleOf: (shared: Shared) => string;
};

/** What a turn brings for tickets, to be saved with it. A ticket that somebody changed since makes it a conflict. */
export async function composeTurnTickets(
  parts: TurnTicketParts,
  draft: Draft,
  activity: Activity,
): Promise<readonly TicketChange[]> {
  const source: Source = { conversation: draft.key, activityId: activity.id ?? '' };
  const opened = draft.opened === null ? [] : [openingOf(parts, draft, draft.opened, activity, source)];
  const changed: TicketChange[] = [];
  for (const act of draft.acts) {
    const ticket = changed.findLast((change) => change.ticket.id === act.ticketId)?.ticket;
    const change = await changeOf(parts, draft, act, ticket ?? null, source);
    if (change !== null) changed.push(change);
  }
  for (const { id, caseId } of draft.tickets.filter((ticket) => !isOver(ticket))) {
    if (caseId === caseOf(draft).id) await bringUpToDate(parts, draft, id, changed, source);
  }
  return [...opened, ...changed];
}

/** What the case has learned since, steps and reports, goes with the ticket's last change, or with one of its own. */
async function bringUpToDate(
  parts: TurnTicketParts,
  draft: Draft,
  ticketId: string,
  changed: TicketChange[],
  source: Source,
): Promise<void> {
  const stored = await parts.loadTicket(ticketId);
  if (stored === null) return;
  const { shared } = stored.details;
  const now = sharedOf(caseOf(draft), shared.note, shared.report !== null);
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(now)), shared)) return;
  const details: TicketDetails = { ...stored.details, title: parts.titleOf(now), shared: now };
  const last = changed.findLastIndex((change) => change.ticket.id === ticketId);
  const change =
    changed[last] ?? (await changeOf(parts, draft, { ticketId, command: { do: 'update' } }, null, source));
  if (change === null) return;
  const file =
    now.report !== null && now.report !== shared.report ? [parts.fileOf(change.ticket, details)] : [];
  changed.splice(last < 0 ? changed.length : last, 1, {
    ...change,
    details,
    events: [...change.events, ...file],
  });
}

function openingOf(
  parts: TurnTicketParts,
  draft: Draft,
  { id, shared, urgency, contact, bestTime }: NewTicket,
  activity: Activity,
  source: Source,
): TicketChange {
  const { id: caseId, article } = caseOf(draft);
  const details: TicketDetails = {
    conversation: draft.key,
    person: personOf(activity),
    title: parts.titleOf(shared),
    contact,
    bestTime,
    article,
    shared,
  };
  return parts.open({ id, caseId, urgency, details, source });
}

/** A command that does not apply any more changes nothing; the dialog has looked before, on the same ticket. */
async function changeOf(
  parts: TurnTicketParts,
  draft: Draft,
  { ticketId, command }: TicketAct,
  changed: Ticket | null,
  source: Source,
): Promise<TicketChange | null> {
  const ticket = changed ?? draft.tickets.find(({ id }) => id === ticketId);
  const stored = await parts.loadTicket(ticketId);
  if (ticket === undefined || stored === null) return null;
  const { person } = stored.details;
  const by: Actor = { side: 'person', id: person.userId, name: person.name };
  return parts.change({ ticket, details: stored.details }, command, by, source);
}

function personOf({ from, locale, ...activity }: Activity): TicketDetails['person'] {
  return {
    name: from.name ?? '',
    userId: from.id,
    entraId: from.aadObjectId ?? null,
    locale: locale ?? null,
    timeZone: timeZoneOf(activity),
  };
}

/** IANA, such as `Europe/Zurich`. Teams names it beside the text, or among the facts on the client. */
export function timeZoneOf({
  localTimezone,
  entities,
}: Pick<Activity, 'localTimezone' | 'entities'>): string | null {
  const client = entities?.find(({ type }) => type === 'clientInfo') as { timezone?: unknown } | undefined;
  const named: unknown = localTimezone ?? client?.timezone;
  return typeof named === 'string' && named !== '' ? named.slice(0, 100) : null;
}
