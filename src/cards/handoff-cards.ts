import { isOver, ownerOf, type Ticket } from '../domain/handoff.ts';
import type { Binding } from '../domain/press.ts';
import type { QueueNow } from '../domain/queue-now.ts';
import type { Card } from './card.ts';
import { buttonsOf, type InputButton, type Kit, withInputs, withoutInputs } from './kit.ts';
import type { LabelledLine } from './node-words.ts';
import { clip } from './text.ts';
import { type InZone, sayMoment, saySpan } from './time-words.ts';
import type { Wording } from './wording.ts';

export type HandoffCards = {
  /** How a ticket stands, for the person who opened it; one card that is edited, with what they can do. */
  statusCard(stored: ShownTicket, about: AboutTicket): Card;
  /** Asks once before a ticket is withdrawn. `by` is the agent who has it. */
  withdraw(binding: Binding, about: { readonly ticketId: string; readonly by: string | null }): Card;
};

/** A stored ticket; of its details only what the card shows. */
export type ShownTicket = {
  readonly ticket: Ticket;
  readonly details: {
    readonly title: string;
    readonly person: { readonly timeZone: string | null };
    readonly shared: { readonly note: string };
  };
};

/** `binding` is signed for the ticket, as that of its card. */
export type ListedTicket = { readonly ticket: Ticket; readonly binding: Binding };

export type AboutTicket = {
  /** Signed for the ticket: `{ conversation, caseId: ticket.id, serial: 0 }`. */
  readonly binding: Binding;
  /** Null where tickets reach nobody by themselves. */
  readonly queue: QueueNow | null;
};

export function createHandoffCards(kit: Kit): HandoffCards {
  return {
    statusCard: (stored, about) => statusCard(kit, stored, about),
    withdraw: (binding, about) => withdrawCard(kit, binding, about),
  };
}

/** A ticket among others, with its state, its age, and what can be done to it. */
export function ticketRow(kit: Kit, { ticket, binding }: ListedTicket, now: Date) {
  const add = buttonsOf(kit, binding);
  const minutes = (now.getTime() - Date.parse(ticket.openedAt)) / 60_000;
  return {
    id: ticket.id,
    state: kit.wording.text(`helpdesk.status.titles.${stateOf(ticket)}`),
    age: kit.wording.text('helpdesk.status.age', { age: saySpan(minutes, kit.wording.language) }),
    buttons: ticketPresses(ticket).map((press) => add(press, { label: labelOf(ticket, press) })),
  };
}

function statusCard(kit: Kit, { ticket, details }: ShownTicket, { binding, queue }: AboutTicket): Card {
  const { wording, draw } = kit;
  const say = (key: string) => wording.text(`helpdesk.status.${key}`);
  const zone = { language: wording.language, timeZone: details.person.timeZone };
  const add = buttonsOf(kit, binding);
  const canWrite = !isOver(ticket);
  const canRate = (!canWrite || ticket.status.at === 'solved') && ticket.rating === null;
  return draw('ticket-status', {
    eyebrow: say('eyebrow'),
    title: say(`titles.${stateOf(ticket)}`),
    facts: factsOf(wording, { ticket, details }, zone),
    lines: linesOf(wording, ticket, queue, zone),
    reveal: [
      ...(canWrite ? [{ title: say('note.show'), target: 'ticket-note' }] : []),
      ...(canRate ? [{ title: say('rate.show'), target: 'ticket-rate' }] : []),
    ],
    note: canWrite
      ? [{ label: say('note.label'), hint: say('note.hint'), button: withInputs(add('ticket-note')) }]
      : [],
    rate: canRate ? [rating(wording, withInputs(add('ticket-rate')))] : [],
    buttons: ticketPresses(ticket).map((press) =>
      withoutInputs(add(press, { label: labelOf(ticket, press) })),
    ),
  });
}

/** Under which the words for a state stand. */
function stateOf({ status }: Ticket): string {
  return status.at === 'closed' ? `closed-${status.how}` : status.at;
}

function factsOf(wording: Wording, { ticket, details }: ShownTicket, zone: InZone): readonly LabelledLine[] {
  const fact = (name: string, text: string) => ({
    label: wording.text(`helpdesk.status.labels.${name}`),
    text,
  });
  const { rating: stars } = ticket;
  const agent = ownerOf(ticket);
  return [
    ...(agent === null ? [] : [fact('by', clip(agent.name, 80))]),
    fact('number', ticket.id),
    fact('about', clip(details.title, 200)),
    ...(details.shared.note === '' ? [] : [fact('note', clip(details.shared.note, 200))]),
    fact('urgency', wording.text(`bot.person.urgencies.${ticket.urgency}`)),
    fact('opened', sayMoment(new Date(ticket.openedAt), zone)),
    fact('since', sayMoment(new Date(ticket.since), zone)),
    ...(stars === null ? [] : [fact('rating', wording.text(`helpdesk.status.stars.${stars}`))]),
  ];
}

/** What it means, what comes next, and in the queue how long that may take, as far as it is known. */
function linesOf(wording: Wording, ticket: Ticket, queue: QueueNow | null, zone: InZone): readonly string[] {
  const { status } = ticket;
  if (queue === null && status.at === 'new') return wording.list('helpdesk.status.lines.nobody-told');
  const by = clip(ownerOf(ticket)?.name ?? '', 80);
  const lines = wording.list(`helpdesk.status.lines.${stateOf(ticket)}`, { by });
  return queue !== null && (status.at === 'new' || status.at === 'queued')
    ? [...queueLines(wording, queue, zone), ...lines]
    : lines;
}

/** Honest: what is not known is said to be unknown, or left out. */
export function queueLines(wording: Wording, queue: QueueNow, zone: InZone): readonly string[] {
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    wording.text(`helpdesk.queue-now.${key}`, values);
  const { waiting, place, usualMinutes, opensAt } = queue;
  return [
    ...(opensAt === null ? [] : [say('closed-now', { when: sayMoment(opensAt, zone) })]),
    ...(place === null ? [] : [say('place', { place })]),
    ...(place !== null || waiting === null ? [] : [say('waiting', { count: waiting })]),
    usualMinutes === null
      ? say('usual-unknown')
      : say('usual', { time: saySpan(usualMinutes, wording.language) }),
  ];
}

function rating(wording: Wording, button: InputButton) {
  const stars = [5, 4, 3, 2, 1].map((count) => ({
    title: wording.text(`helpdesk.status.stars.${count}`),
    value: String(count),
  }));
  return {
    label: wording.text('helpdesk.status.rate.label'),
    choices: stars,
    button,
  };
}

type TicketPress = 'ticket-confirm' | 'ticket-reopen' | 'ticket-withdraw';

/** What can be done to a ticket without a word; every state has a way on. */
function ticketPresses({ status }: Ticket): readonly TicketPress[] {
  switch (status.at) {
    case 'new':
    case 'queued':
    case 'assigned':
    case 'waiting-for-user':
      return ['ticket-confirm', 'ticket-withdraw'];
    case 'solved':
      return ['ticket-confirm', 'ticket-reopen'];
    case 'closed':
    case 'withdrawn':
      return ['ticket-reopen'];
  }
}

function labelOf({ status }: Ticket, press: TicketPress): string {
  return status.at === 'solved' && press === 'ticket-reopen' ? 'ticket-still-broken' : press;
}

function withdrawCard(
  kit: Kit,
  binding: Binding,
  { ticketId, by }: { readonly ticketId: string; readonly by: string | null },
): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const agent = clip(by ?? '', 80);
  return draw('closed', {
    title: wording.text('helpdesk.withdraw.title', { ticket: ticketId }),
    lines: wording.list(`helpdesk.withdraw.${by === null ? 'lines' : 'lines-taken'}`, { by: agent }),
    buttons: [add('withdraw'), add('keep-ticket'), add('person')],
  });
}
