import type { Cards } from '../../src/cards/cards.ts';
import { openTicket, type Ticket, type TicketStatus } from '../../src/domain/handoff.ts';
import type { QueueNow } from '../../src/domain/queue-now.ts';
import type { Sample } from './samples.ts';

const agent = { id: 'a', name: 'Ana Agent' };

export const details = {
  title: 'OneDrive 0x8004de40 on Windows 10: only retired cipher suites are left',
  person: { timeZone: 'Europe/Zurich' },
  shared: { note: 'Since Monday. I need the folder "Offers" by noon, please.' },
};

export const quietQueue: QueueNow = { waiting: null, place: null, usualMinutes: null, opensAt: null };

export function ticketIn(status: TicketStatus, changes: Partial<Ticket> = {}): Ticket {
  const opened = openTicket({ id: 'HS-3K7Q2A', caseId: 'c', urgency: 'high' }, '2026-03-02T08:05:00.000Z');
  return { ...opened, status, since: '2026-03-02T08:20:00.000Z', version: 3, ...changes };
}

/** The status card in every state of a ticket. */
export function handoffCards(cards: Cards, binding: string): readonly Sample[] {
  const shown = (name: string, ticket: Ticket, queue: QueueNow = quietQueue): Sample => ({
    name: `ticket ${name}`,
    card: cards.statusCard({ ticket, details }, { binding, queue }),
    interactive: true,
  });
  return [
    shown('received', ticketIn({ at: 'new' }), {
      waiting: 4,
      place: null,
      usualMinutes: null,
      opensAt: new Date('2026-03-03T07:00:00.000Z'),
    }),
    shown('queued', ticketIn({ at: 'queued' }), { waiting: 4, place: 3, usualMinutes: 25, opensAt: null }),
    shown('picked up', ticketIn({ at: 'assigned', agent })),
    shown('waiting', ticketIn({ at: 'waiting-for-user', agent })),
    shown('solved', ticketIn({ at: 'solved', agent })),
    shown('confirmed', ticketIn({ at: 'closed', how: 'confirmed' })),
    shown('rated', ticketIn({ at: 'closed', how: 'confirmed' }, { rating: 4 })),
    shown('closed quietly', ticketIn({ at: 'closed', how: 'kept-quiet' })),
    shown('handed back', ticketIn({ at: 'closed', how: 'handed-back' })),
    shown('rejected', ticketIn({ at: 'closed', how: 'rejected' })),
    shown('withdrawn', ticketIn({ at: 'withdrawn' })),
    {
      name: 'withdraw',
      card: cards.withdraw(binding, { ticketId: 'HS-3K7Q2A', by: null }),
      interactive: true,
    },
    {
      name: 'withdraw, picked up',
      card: cards.withdraw(binding, { ticketId: 'HS-3K7Q2A', by: agent.name }),
      interactive: true,
    },
  ];
}

/** For the status: one ticket that an agent has, and an older one that is over. */
export function listedTickets(binding: string) {
  return {
    tickets: [
      { ticket: ticketIn({ at: 'assigned', agent }), binding },
      { ticket: ticketIn({ at: 'closed', how: 'handed-back' }, { id: 'HS-9XY2ZB' }), binding },
    ],
    now: new Date('2026-03-02T10:05:00.000Z'),
  };
}
