import type { StoredTicket, TicketChange, TicketStore } from '../../src/helpdesk/ticket-store.ts';

/** The part of the ticket store that changes need, in memory. */
export type MemoryTickets = Pick<TicketStore, 'load' | 'save'> & {
  readonly changes: readonly TicketChange[];
  /** Newest first. */
  of(conversation: string): readonly StoredTicket[];
};

export function createMemoryTickets(): MemoryTickets {
  const tickets = new Map<string, StoredTicket>();
  const seen = new Set<string>();
  const changes: TicketChange[] = [];
  return {
    changes,
    of: (conversation) =>
      [...tickets.values()].filter(({ details }) => details.conversation === conversation).reverse(),
    load: async (id) => tickets.get(id) ?? null,
    async save(change) {
      const { ticket, details, source } = change;
      const key = source === null ? null : `${source.conversation} ${source.activityId}`;
      if (key !== null && seen.has(key)) return 'duplicate';
      const known = tickets.get(ticket.id);
      if ((known?.ticket.version ?? -1) !== ticket.version - 1) return 'conflict';
      const kept = details ?? known?.details;
      if (kept == null) throw new Error('A ticket is opened with its details.');
      tickets.set(ticket.id, { rootId: null, cardId: null, ...known, ticket, details: kept });
      if (key !== null) seen.add(key);
      changes.push(change);
      return 'saved';
    },
  };
}
