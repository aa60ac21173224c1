import { randomUUID } from 'node:crypto';
import type { TurnStore } from './bot/turn-store.ts';
import type { TurnTicketParts } from './bot/turn-tickets.ts';
import { handoffText } from './cards/handoff-texts.ts';
import { describeTicket, titleOfTicket } from './cards/ticket-words.ts';
import type { Wording } from './cards/wording.ts';
import { ownerOf } from './domain/handoff.ts';
import { type ChangeParts, composeChange, reportFile } from './helpdesk/change.ts';
import { composeOpening } from './helpdesk/open.ts';
import type { TicketStore } from './helpdesk/ticket-store.ts';

/** What it takes to change tickets, put together from the words of the bot and the connectors that are on. */
export function createChangeParts(
  wording: Wording,
  connectors: readonly string[],
  now: () => Date,
): ChangeParts {
  return {
    word: (effect, about) => handoffText(wording, effect, about),
    snapshot: (ticket, details) => ({
      id: ticket.id,
      state: ticket.status.at,
      urgency: ticket.urgency,
      title: details.title,
      description: describeTicket(wording, { ...details, urgency: ticket.urgency }),
      person: { name: details.person.name, contact: details.contact },
      agent: ownerOf(ticket)?.name ?? null,
    }),
    connectors,
    newLineId: randomUUID,
    now,
  };
}

/** The same for the person's side, where changes are saved with the turn. */
export function createTurnTickets(
  parts: ChangeParts,
  wording: Wording,
  store: Pick<TicketStore, 'load'>,
): TurnTicketParts {
  return {
    open: (opening) => composeOpening(parts, opening),
    change(stored, command, by, source) {
      const composed = composeChange(parts, stored, command, by, source);
      return composed.kind === 'changed' ? composed.change : null;
    },
    loadTicket: (id) => store.load(id),
    fileOf: (ticket, details) => reportFile(parts.snapshot(ticket, details), details.shared.report ?? ''),
    titleOf: (shared) => titleOfTicket(wording, shared),
  };
}

/** A store that says so when a turn has changed a ticket. */
export function tellingOfTickets(store: TurnStore, changed: () => void): TurnStore {
  return {
    ...store,
    async save(change) {
      const saved = await store.save(change);
      if (saved.kind === 'saved' && change.tickets.length > 0) changed();
      return saved;
    },
  };
}
