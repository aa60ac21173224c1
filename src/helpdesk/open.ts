import type { Urgency } from '../domain/handoff.ts';
import { openTicket } from '../domain/handoff.ts';
import { type ChangeParts, reportFile } from './change.ts';
import type { TicketSnapshot } from './connector.ts';
import type { Actor, Source, TicketChange, TicketDetails } from './ticket-store.ts';

export type Opening = {
  readonly id: string;
  readonly caseId: string;
  readonly urgency: Urgency;
  readonly details: TicketDetails;
  readonly source: Source | null;
};

/** The change that a ticket begins with. Other systems hear of it; the channel gets its card from the ticket itself. */
export function composeOpening(
  { snapshot, connectors, now }: Pick<ChangeParts, 'snapshot' | 'connectors' | 'now'>,
  { id, caseId, urgency, details, source }: Opening,
): TicketChange {
  const ticket = openTicket({ id, caseId, urgency }, now().toISOString());
  const by: Actor = { side: 'person', id: details.person.userId, name: details.person.name };
  return {
    ticket,
    details,
    command: 'open',
    by,
    data: { to: ticket.status.at, urgency },
    messages: [],
    events: eventsOf(snapshot(ticket, details), details),
    connectors,
    source,
  };
}

/** The report stands in the description too, where people read it; as a file it can be judged once more. */
function eventsOf(ticket: TicketSnapshot, { shared }: TicketDetails): TicketChange['events'] {
  return [
    { ticket, what: { kind: 'opened' } },
    ...(shared.report === null ? [] : [reportFile(ticket, shared.report)]),
    { ticket, what: { kind: 'transcript' } },
  ];
}
