import { type Decision, decision, type Input, type Note, type Situation, showAgain } from './decision.ts';
import type { HandoffCommand, Ticket } from './handoff.ts';
import { handOff } from './handoff-change.ts';
import { openTicketOf, ticketInHand } from './relay.ts';
import { fitNote } from './share.ts';

type Pressed = Extract<Input, { kind: 'ticket-pressed' }>;

/** A press on the card of a ticket. The card of the dialog stays as it is, except where the bot asks something. */
export function pressTicket(at: Situation, pressed: Pressed): Decision {
  const ticket = at.tickets.find(({ id }) => id === pressed.ticketId);
  if (ticket === undefined) return said(at, { note: 'no-ticket' });
  const { id: ticketId } = ticket;
  switch (pressed.name) {
    case 'ticket-withdraw':
      return askToWithdraw(at, ticket);
    case 'ticket-note': {
      const text = fitNote(pressed.value);
      if (text === '') return said(at, { note: 'choose-one' });
      return acted(at, ticket, { do: 'say', text }, { note: 'note-passed-on' });
    }
    case 'ticket-rate': {
      if (pressed.value === '') return said(at, { note: 'choose-one' });
      return acted(at, ticket, { do: 'rate', stars: Number(pressed.value) }, { note: 'rated' });
    }
    case 'ticket-confirm':
      return acted(at, ticket, { do: 'confirm' }, { note: 'ticket-confirmed', ticketId });
    case 'ticket-reopen':
      return acted(at, ticket, { do: 'reopen' }, { note: 'ticket-reopened', ticketId });
  }
}

/** "Withdraw" and "talk to the bot" in words. */
export function askToWithdrawNewest(at: Situation, want: 'withdraw' | 'bot'): Decision {
  const ticket = want === 'bot' ? ticketInHand(at) : openTicketOf(at);
  if (ticket !== null) return askToWithdraw(at, ticket);
  const note = want === 'bot' ? 'with-bot' : 'no-ticket';
  return decision(at.case, { move: showAgain(at), notes: [{ note }] });
}

/** A ticket that ended meanwhile is not asked about. */
function askToWithdraw(at: Situation, ticket: Ticket): Decision {
  if (!isPossible(ticket, { do: 'withdraw' })) return said(at, { note: 'ticket-changed' });
  const place = { at: 'withdraw', ticketId: ticket.id } as const;
  return decision(at.case, {
    move: at.place === null ? { to: 'start', place } : { to: 'forward', place },
  });
}

/** The yes to it. */
export function withdrawNow(at: Situation): Decision | null {
  if (at.place?.at !== 'withdraw') return null;
  const { ticketId } = at.place;
  const ticket = at.tickets.find(({ id }) => id === ticketId);
  const command = { do: 'withdraw' } as const;
  if (ticket === undefined || !isPossible(ticket, command)) return leaveAsIs(at, { note: 'ticket-changed' });
  return { ...leaveAsIs(at, { note: 'withdrawn', ticketId }), acts: [{ ticketId, command }] };
}

export function keepTicket(at: Situation): Decision | null {
  if (at.place?.at !== 'withdraw') return null;
  return leaveAsIs(at, { note: 'ticket-kept', ticketId: at.place.ticketId });
}

function leaveAsIs(at: Situation, note: Note): Decision {
  return decision(at.case, { move: { to: 'back', past: ['withdraw'] }, notes: [note] });
}

/** The person is told what became of the press also where the ticket is not any more as its card showed. */
function acted(at: Situation, ticket: Ticket, command: HandoffCommand, note: Note): Decision {
  if (!isPossible(ticket, command)) return said(at, { note: 'ticket-changed' });
  return { ...said(at, note), acts: [{ ticketId: ticket.id, command }] };
}

function isPossible(ticket: Ticket, command: HandoffCommand): boolean {
  return handOff(ticket, command, ticket.since).kind === 'changed';
}

function said(at: Situation, note: Note): Decision {
  return decision(at.case, { move: { to: 'stay' }, notes: [note] });
}
