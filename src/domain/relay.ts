import { type Decision, decision, type Input, type Situation, type TicketAct } from './decision.ts';
import { type Agent, isOver, ownerOf, speakerOf, type Ticket } from './handoff.ts';
import type { Command } from './understanding.ts';
import { fold, splitWords } from './words.ts';

/** The ticket that a person of the helpdesk has in hand; while there is one, the bot is silent. */
export function ticketInHand({ tickets }: Pick<Situation, 'tickets'>): Ticket | null {
  return tickets.find((ticket) => speakerOf(ticket) === 'person') ?? null;
}

/** The newest ticket from which something is expected still. */
export function openTicketOf({ tickets }: Pick<Situation, 'tickets'>): Ticket | null {
  return tickets.find((ticket) => !isOver(ticket)) ?? null;
}

export function agentInHand(at: Pick<Situation, 'tickets'>): Agent | null {
  const ticket = ticketInHand(at);
  return ticket === null ? null : ownerOf(ticket);
}

/** Longer messages are meant for the person, even where a command stands in them. */
const longestCommand = 4;
/** These lead away from the person, so that they must be heard in any length. */
const heardAlways: ReadonlySet<Command> = new Set(['withdraw', 'bot']);

/**
 * What the person says while somebody of the helpdesk has the case goes there, and the bot says nothing; null where
 * it is for the bot all the same: commands, and the answer to the bot's own question about the ticket.
 */
export function relay(at: Situation, input: Extract<Input, { kind: 'said' }>): Decision | null {
  const ticket = ticketInHand(at);
  if (ticket === null) return null;
  const { command, answer } = input.understanding;
  if (command !== null && isForBot(command, input.text)) return null;
  if (at.place?.at === 'withdraw' && (answer === 'yes' || answer === 'no')) return null;
  return handedOn(at, { ticketId: ticket.id, command: { do: 'say', text: input.verbatim } });
}

function isForBot(command: Command, text: string): boolean {
  return heardAlways.has(command) || splitWords(fold(text)).words.length <= longestCommand;
}

/**
 * A file that is no report goes over by name, and with its text where it has one. Null for the list of names: it is
 * never passed on.
 */
export function relayFile(at: Situation, input: Extract<Input, { kind: 'no-report' }>): Decision | null {
  const ticket = ticketInHand(at);
  const { file, problem } = input;
  if (ticket === null || file === null || problem === 'names-file') return null;
  const text = file.text === null ? file.name : `${file.name}\n${file.text}`;
  const done = handedOn(at, { ticketId: ticket.id, command: { do: 'say', text } });
  return file.text === null ? { ...done, notes: [{ note: 'file-name-passed-on' }] } : done;
}

function handedOn(at: Situation, act: TicketAct): Decision {
  return decision(at.case, { move: { to: 'stay' }, acts: [act] });
}
