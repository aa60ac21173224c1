import { ownerOf, type Ticket } from '../domain/handoff.ts';
import type { Card } from './card.ts';
import { stateOf } from './helpdesk-cards.ts';
import type { Kit } from './kit.ts';
import { clip } from './text.ts';
import { saySpan } from './time-words.ts';
import type { Wording } from './wording.ts';

export type QueueCards = {
  /** Tickets with their age against the target, oldest target first. */
  deskQueue(about: ShownQueue): Card;
};

export type ShownQueue = {
  readonly of: 'queue' | 'mine' | 'breaching' | 'digest';
  readonly rows: readonly QueueRow[];
  /** How many there are of each sort, all of them. */
  readonly counts: { readonly open: number; readonly unowned: number; readonly breaching: number };
  readonly now: Date;
};

export type QueueRow = {
  readonly ticket: Ticket;
  readonly title: string;
  readonly person: string;
  readonly target: Date;
  /** Address of the thread; null where there is none. */
  readonly link: string | null;
};

/** A card with more would be cut by clients. */
const mostRows = 15;

export function createQueueCards(kit: Kit): QueueCards {
  return { deskQueue: (about) => queueCard(kit, about) };
}

function queueCard({ wording, draw }: Kit, { of, rows, counts, now }: ShownQueue): Card {
  const say = (key: string, values = {}) => wording.text(`helpdesk.queue.${key}`, values);
  const more = rows.length - mostRows;
  return draw('helpdesk-queue', {
    title: say(`titles.${of}`),
    lines: [say('counts', counts), ...(rows.length === 0 ? [say(`none.${of}`)] : [])],
    rows: rows.slice(0, mostRows).map((row) => rowOf(wording, row, now)),
    more: more > 0 ? [say('more', { count: more })] : [],
  });
}

function rowOf(wording: Wording, { ticket, title, person, target, link }: QueueRow, now: Date) {
  const say = (key: string, values = {}) => wording.text(`helpdesk.queue.${key}`, values);
  const span = (from: number, to: number) => saySpan((to - from) / 60_000, wording.language);
  const [opened, due, at] = [Date.parse(ticket.openedAt), target.getTime(), now.getTime()];
  const isLate = due <= at && ticket.status.at !== 'solved';
  const { words, color } = stateOf(wording, ticket);
  const left = isLate
    ? say('late', { by: span(due, at) })
    : say('left', { left: span(at, Math.max(at, due)) });
  return {
    id: ticket.id,
    about: say('about', { person: clip(person, 60), title: clip(title, 120) }),
    state: words,
    color: isLate ? 'Attention' : color,
    age: say('age', {
      age: span(opened, at),
      target: ticket.status.at === 'solved' ? say('met') : left,
      urgency: wording.text(`helpdesk.card.urgencies.${ticket.urgency}`),
      owner: ownerOf(ticket)?.name ?? '',
    }),
    links: link === null ? [] : [{ title: say('open', { ticket: ticket.id }), url: link }],
  };
}
