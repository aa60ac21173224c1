import type { Urgency } from '../domain/handoff.ts';
import { openTicket } from '../domain/handoff.ts';
import type { ChangeParts } from './change.ts';
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
    events: [{ ticket: snapshot(ticket, details), what: { kind: 'opened' } }],
    connectors,
    source,
  };
}
