import {
  type Agent,
  type HandoffCommand,
  type HandoffEffect,
  type HandoffOutcome,
  isOver,
  ownerOf,
  type Refusal,
  type Ticket,
  type TicketState,
  type TicketStatus,
} from './handoff.ts';

/**
 * The life of a ticket as one pure function: a ticket and what somebody does give the ticket after it and what
 * follows, or why it does not apply. `now` is ISO, UTC.
 */
export function handOff(ticket: Ticket, command: HandoffCommand, now: string): HandoffOutcome {
  switch (command.do) {
    case 'post':
      return ticket.status.at === 'new' ? moved(ticket, { at: 'queued' }, now) : refused('out-of-place');
    case 'remind':
      return remind(ticket, now);
    case 'close-quiet':
      return closeQuiet(ticket, now);
    case 'link':
      return kept({ ...ticket, parentId: command.parentId });
    case 'take':
      return take(ticket, command.by, now);
    case 'assign':
      return assign(ticket, command.to, now);
    case 'note':
      return kept(ticket);
    case 'update':
      return isOver(ticket) ? refused('over') : kept(ticket);
    case 'reply':
    case 'ask':
    case 'ask-check':
      return speak(ticket, command, now);
    case 'solve':
    case 'hand-back':
    case 'reject':
      return finish(ticket, command, now);
    case 'say':
    case 'report':
      return hear(ticket, command, now);
    case 'confirm':
      return confirm(ticket, now);
    case 'withdraw':
      return withdraw(ticket, now);
    case 'reopen':
      return reopen(ticket, now);
    case 'rate':
      return rate(ticket, command.stars);
  }
}

/** Exactly one agent has a ticket: the first one who takes it. */
function take(ticket: Ticket, by: Agent, now: string): HandoffOutcome {
  if (isOver(ticket)) return refused('over');
  const owner = ownerOf(ticket);
  if (owner !== null && owner.id !== by.id) return { kind: 'refused', refusal: { why: 'taken', by: owner } };
  if (owner !== null && ticket.status.at !== 'solved') return kept(ticket);
  return moved(ticket, { at: 'assigned', agent: by }, now, [toPerson('taken', by)]);
}

function assign(ticket: Ticket, to: Agent, now: string): HandoffOutcome {
  if (isOver(ticket)) return refused('over');
  if (ownerOf(ticket)?.id === to.id && ticket.status.at !== 'solved') return kept(ticket);
  const what = ownerOf(ticket) === null ? 'taken' : 'passed-on';
  return moved(ticket, { at: 'assigned', agent: to }, now, [toPerson(what, to)]);
}

/** The first word to the person takes the ticket; a colleague may speak without taking it over. */
function speak(
  ticket: Ticket,
  command: Extract<HandoffCommand, { do: 'reply' | 'ask' | 'ask-check' }>,
  now: string,
): HandoffOutcome {
  if (isOver(ticket)) return refused('over');
  const { by } = command;
  const agent = ownerOf(ticket) ?? by;
  const said =
    command.do === 'ask-check' ? toPerson('check-asked', by) : lineTo('person', by.name, command.text);
  const effects = ownerOf(ticket) === null ? [toPerson('taken', by), said] : [said];
  const stays = command.do === 'reply' && ownerOf(ticket) !== null;
  if (stays) return { kind: 'changed', ticket: bumped(ticket), effects };
  const at = command.do === 'reply' ? ('assigned' as const) : ('waiting-for-user' as const);
  return moved(ticket, { at, agent }, now, effects);
}

function finish(
  ticket: Ticket,
  { do: how, by, text }: Extract<HandoffCommand, { do: 'solve' | 'hand-back' | 'reject' }>,
  now: string,
): HandoffOutcome {
  if (isOver(ticket)) return refused('over');
  switch (how) {
    case 'solve':
      return moved(ticket, { at: 'solved', agent: by }, now, [toPerson('solved', by, text)]);
    case 'hand-back':
      return moved(ticket, { at: 'closed', how: 'handed-back' }, now, [toPerson('handed-back', by, text)]);
    case 'reject':
      return moved(ticket, { at: 'closed', how: 'rejected' }, now, [toPerson('rejected', by, text)]);
  }
}

/** What the person says always reaches the thread, and ends the waiting for it. */
function hear(
  ticket: Ticket,
  command: Extract<HandoffCommand, { do: 'say' | 'report' }>,
  now: string,
): HandoffOutcome {
  if (isOver(ticket)) return refused('over');
  const effect: HandoffEffect =
    command.do === 'say'
      ? lineTo('helpdesk', '', command.text)
      : { tell: 'helpdesk', what: 'report', verdict: command.verdict };
  const { status } = ticket;
  if (status.at === 'waiting-for-user') {
    return moved(ticket, { at: 'assigned', agent: status.agent }, now, [effect]);
  }
  return { kind: 'changed', ticket: bumped(ticket), effects: [effect] };
}

function confirm(ticket: Ticket, now: string): HandoffOutcome {
  if (isOver(ticket)) return refused('over');
  return moved(ticket, { at: 'closed', how: 'confirmed' }, now, [{ tell: 'helpdesk', what: 'confirmed' }]);
}

function withdraw(ticket: Ticket, now: string): HandoffOutcome {
  if (isOver(ticket)) return refused('over');
  return moved(ticket, { at: 'withdrawn' }, now, [{ tell: 'helpdesk', what: 'withdrawn' }]);
}

/** Back to the agent who solved it, where there is one, else into the queue. */
function reopen(ticket: Ticket, now: string): HandoffOutcome {
  const { status } = ticket;
  if (status.at !== 'solved' && !isOver(ticket)) return refused('not-over');
  const next: TicketStatus =
    status.at === 'solved' ? { at: 'assigned', agent: status.agent } : { at: 'queued' };
  return moved(ticket, next, now, [{ tell: 'helpdesk', what: 'reopened' }]);
}

function rate(ticket: Ticket, stars: number): HandoffOutcome {
  if (ticket.status.at !== 'solved' && !isOver(ticket)) return refused('not-over');
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) return refused('bad-rating');
  const rated: Ticket = { ...ticket, rating: stars };
  return {
    kind: 'changed',
    ticket: bumped(rated),
    effects: [{ tell: 'helpdesk', what: 'rated', stars }],
  };
}

/** Waiting too long is said to both sides, once a status. */
function remind(ticket: Ticket, now: string): HandoffOutcome {
  const what = overdue[ticket.status.at];
  if (what === null || ticket.remindedAt !== null) return refused('out-of-place');
  return {
    kind: 'changed',
    ticket: bumped({ ...ticket, remindedAt: now }),
    effects: [
      { tell: 'person', what },
      { tell: 'helpdesk', what },
    ],
  };
}

/** What is said when a status lasts too long; null where nobody waits. */
const overdue: Readonly<Record<TicketState, 'still-queued' | 'still-assigned' | 'still-waiting' | null>> = {
  new: 'still-queued',
  queued: 'still-queued',
  assigned: 'still-assigned',
  'waiting-for-user': 'still-waiting',
  solved: null,
  closed: null,
  withdrawn: null,
};

/** Solved, or waiting for an answer that never came: closed, with both told and a way to open it again. */
function closeQuiet(ticket: Ticket, now: string): HandoffOutcome {
  const { at } = ticket.status;
  if (at !== 'solved' && at !== 'waiting-for-user') return refused('out-of-place');
  return moved(ticket, { at: 'closed', how: 'kept-quiet' }, now, [
    { tell: 'person', what: 'closed-quiet' },
    { tell: 'helpdesk', what: 'closed-quiet' },
  ]);
}

type ToldOfAgent = Extract<HandoffEffect, { tell: 'person'; by: string; text: string }>;

function toPerson(what: Exclude<ToldOfAgent['what'], 'line'>, by: Agent, text = ''): HandoffEffect {
  return { tell: 'person', what, by: by.name, text };
}

function lineTo(tell: 'person' | 'helpdesk', by: string, text: string): HandoffEffect {
  return { tell, what: 'line', by, text };
}

function moved(
  ticket: Ticket,
  status: TicketStatus,
  now: string,
  effects: readonly HandoffEffect[] = [],
): HandoffOutcome {
  return { kind: 'changed', ticket: bumped({ ...ticket, status, since: now, remindedAt: null }), effects };
}

function kept(ticket: Ticket): HandoffOutcome {
  return { kind: 'changed', ticket: bumped(ticket), effects: [] };
}

function bumped(ticket: Ticket): Ticket {
  return { ...ticket, version: ticket.version + 1 };
}

function refused(why: Exclude<Refusal['why'], 'taken'>): HandoffOutcome {
  return { kind: 'refused', refusal: { why } };
}
