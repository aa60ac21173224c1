import type { Case } from './case.ts';
import { type Decision, decision, type Situation } from './decision.ts';
import { proofOf } from './evidence.ts';
import { openTicketOf } from './relay.ts';

/** The helpdesk need not go on with what works again. */
export function closeSolved(at: Situation, helped: string): Decision {
  const done = close(at, { kind: 'solved', helped, proof: proofOf(at.case) });
  const ticket = openTicketOf(at);
  return ticket === null ? done : { ...done, acts: [{ ticketId: ticket.id, command: { do: 'confirm' } }] };
}

export function close(at: Situation, outcome: NonNullable<Case['outcome']>): Decision {
  return decision(
    { ...at.case, outcome },
    { move: { to: 'forward', place: { at: 'closed' } }, events: [{ kind: 'closed', data: outcome }] },
  );
}

export function reopen(at: Situation): Decision | null {
  if (at.place?.at !== 'closed') return null;
  return decision(
    { ...at.case, outcome: null },
    {
      move: { to: 'back', past: ['closed', 'solved'] },
      notes: [{ note: 'reopened' }],
      events: [{ kind: 'reopened', data: {} }],
    },
  );
}
