import type { HandoffCommand, HandoffEffect, Refusal, Ticket } from '../domain/handoff.ts';
import { handOff } from '../domain/handoff-change.ts';
import type { TicketSnapshot } from './connector.ts';
import type {
  Actor,
  SavedTicket,
  Source,
  StoredTicket,
  TicketChange,
  TicketDetails,
  TicketMessage,
  TicketStore,
} from './ticket-store.ts';

/** What it takes to turn a command into everything that follows from it. */
export type ChangeParts = {
  /** An effect in words, for the side that it is told to. */
  readonly word: (effect: HandoffEffect, about: { readonly ticket: string; readonly name: string }) => string;
  readonly snapshot: (ticket: Ticket, details: TicketDetails) => TicketSnapshot;
  /** Names of the connectors that are switched on. */
  readonly connectors: readonly string[];
  readonly newLineId: () => string;
  readonly now: () => Date;
};

export type Composed =
  | {
      readonly kind: 'changed';
      readonly change: TicketChange;
      readonly effects: readonly HandoffEffect[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Decides a command and words what follows; saves nothing. */
export function composeChange(
  parts: ChangeParts,
  { ticket, details }: Pick<StoredTicket, 'ticket' | 'details'>,
  command: HandoffCommand,
  by: Actor,
  source: Source | null,
): Composed {
  const outcome = handOff(ticket, command, parts.now().toISOString());
  if (outcome.kind === 'refused') return outcome;
  const change: TicketChange = {
    ticket: outcome.ticket,
    details: null,
    command: command.do,
    by,
    data: { from: ticket.status.at, to: outcome.ticket.status.at, ...saidWith(command, outcome.effects) },
    messages: outcome.effects.map((effect) => messageOf(parts, effect, { ticket, details, by })),
    events: eventsOf(parts, ticket, outcome.ticket, details, outcome.effects, by),
    connectors: receivers(parts.connectors, by),
    source,
  };
  return { kind: 'changed', change, effects: outcome.effects };
}

/** Words that no line keeps, such as those of a note or of solving, stay with the history. */
function saidWith(command: HandoffCommand, effects: readonly HandoffEffect[]): { readonly text?: string } {
  const isKept = effects.some(({ what }) => what === 'line');
  return 'text' in command && command.text !== '' && !isKept ? { text: command.text } : {};
}

function messageOf(
  { word, newLineId }: ChangeParts,
  effect: HandoffEffect,
  { ticket, details, by }: Pick<StoredTicket, 'ticket' | 'details'> & { readonly by: Actor },
): TicketMessage {
  const text = word(effect, { ticket: ticket.id, name: details.person.name });
  return {
    to: effect.tell === 'person' ? 'person' : 'thread',
    activity: { type: 'message', text, textFormat: 'plain' },
    line: effect.what === 'line' ? { id: newLineId(), by, text: effect.text } : null,
  };
}

/** What other systems hear: every line, that a new report came, and every change of state. */
function eventsOf(
  { snapshot, word }: ChangeParts,
  before: Ticket,
  after: Ticket,
  details: TicketDetails,
  effects: readonly HandoffEffect[],
  by: Actor,
): TicketChange['events'] {
  const ticket = snapshot(after, details);
  const lines = effects.flatMap((effect) => {
    if (effect.what !== 'line' && effect.what !== 'report') return [];
    const about = { ticket: after.id, name: details.person.name };
    const text = effect.what === 'line' ? effect.text : word(effect, about);
    return [{ ticket, what: { kind: 'line' as const, from: sideOf(by), by: by.name, text } }];
  });
  const moved = before.status.at !== after.status.at;
  return moved ? [...lines, { ticket, what: { kind: 'status' as const } }] : lines;
}

/** A report that the person shares, for other systems. */
export function reportFile(ticket: TicketSnapshot, report: string): TicketChange['events'][number] {
  const content = new TextEncoder().encode(report);
  const file = { name: `report-${ticket.id}.txt`, contentType: 'text/plain; charset=utf-8', content };
  return { ticket, what: { kind: 'file', file } };
}

function sideOf({ side }: Actor): 'person' | 'helpdesk' {
  return side === 'person' ? 'person' : 'helpdesk';
}

/** What came from a system is not told to it again; the id of its people begins with its name. */
function receivers(connectors: readonly string[], by: Actor): readonly string[] {
  return by.side === 'connector' ? connectors.filter((name) => !by.id.startsWith(`${name}/`)) : connectors;
}

export type Changed =
  | { readonly kind: 'changed'; readonly ticket: Ticket }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly ticket: Ticket }
  /** The same message or news was handled before. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'missing' };

/** Somebody else kept changing the same ticket. */
export class TicketConflict extends Error {
  readonly code = 'ticket-conflict';
}

const attempts = 5;

/** Does a command to a stored ticket, whole or not at all; a conflict runs it again on the ticket as it is then. */
export async function changeTicket(
  parts: ChangeParts & { readonly store: Pick<TicketStore, 'load' | 'save'> },
  ticketId: string,
  command: HandoffCommand,
  by: Actor,
  source: Source | null,
): Promise<Changed> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const stored = await parts.store.load(ticketId);
    if (stored === null) return { kind: 'missing' };
    const composed = composeChange(parts, stored, command, by, source);
    if (composed.kind === 'refused') return { ...composed, ticket: stored.ticket };
    const saved: SavedTicket = await parts.store.save(composed.change);
    if (saved === 'saved') return { kind: 'changed', ticket: composed.change.ticket };
    if (saved === 'duplicate') return { kind: 'duplicate' };
  }
  throw new TicketConflict(`Ticket ${ticketId} changed ${attempts} times under a command; it was not done.`);
}
