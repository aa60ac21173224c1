import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Agent,
  type HandoffCommand,
  type HandoffEffect,
  isOver,
  openTicket,
  ownerOf,
  speakerOf,
  type Ticket,
  type TicketState,
  type TicketStatus,
  ticketStates,
} from '../../src/domain/handoff.ts';
import { handOff } from '../../src/domain/handoff-change.ts';

const noon = '2026-11-24T12:00:00Z';
const ana: Agent = { id: 'a', name: 'Ana' };
const bo: Agent = { id: 'b', name: 'Bo' };

const statusOf: Readonly<Record<TicketState, TicketStatus>> = {
  new: { at: 'new' },
  queued: { at: 'queued' },
  assigned: { at: 'assigned', agent: ana },
  'waiting-for-user': { at: 'waiting-for-user', agent: ana },
  solved: { at: 'solved', agent: ana },
  closed: { at: 'closed', how: 'confirmed' },
  withdrawn: { at: 'withdrawn' },
};

const commands = {
  post: { do: 'post' },
  remind: { do: 'remind' },
  'close-quiet': { do: 'close-quiet' },
  link: { do: 'link', parentId: 'HS-PARENT' },
  update: { do: 'update' },
  take: { do: 'take', by: bo },
  assign: { do: 'assign', by: ana, to: bo },
  reply: { do: 'reply', by: bo, text: 'Hello' },
  note: { do: 'note', by: bo, text: 'for us' },
  ask: { do: 'ask', by: bo, text: 'Which proxy?' },
  'ask-check': { do: 'ask-check', by: bo },
  solve: { do: 'solve', by: bo, text: 'Turned TLS 1.2 on' },
  'hand-back': { do: 'hand-back', by: bo, text: 'Nothing to do here' },
  reject: { do: 'reject', by: bo, text: 'Not ours' },
  say: { do: 'say', text: 'Thanks' },
  report: { do: 'report', verdict: 'pass' },
  confirm: { do: 'confirm' },
  withdraw: { do: 'withdraw' },
  reopen: { do: 'reopen' },
  rate: { do: 'rate', stars: 5 },
} satisfies Readonly<Record<HandoffCommand['do'], HandoffCommand>>;

const names = Object.keys(commands) as HandoffCommand['do'][];

/** What each command comes to in each state: the next state and who has it then, or why not. */
const table: Readonly<Record<HandoffCommand['do'], readonly string[]>> = {
  //              new             queued          assigned        waiting-for-user  solved          closed        withdrawn
  post: [
    'queued',
    '!out-of-place',
    '!out-of-place',
    '!out-of-place',
    '!out-of-place',
    '!out-of-place',
    '!out-of-place',
  ],
  remind: [
    'new',
    'queued',
    'assigned a',
    'waiting-for-user a',
    '!out-of-place',
    '!out-of-place',
    '!out-of-place',
  ],
  'close-quiet': [
    '!out-of-place',
    '!out-of-place',
    '!out-of-place',
    'closed',
    'closed',
    '!out-of-place',
    '!out-of-place',
  ],
  link: ['new', 'queued', 'assigned a', 'waiting-for-user a', 'solved a', 'closed', 'withdrawn'],
  update: ['new', 'queued', 'assigned a', 'waiting-for-user a', 'solved a', '!over', '!over'],
  take: ['assigned b', 'assigned b', '!taken', '!taken', '!taken', '!over', '!over'],
  assign: ['assigned b', 'assigned b', 'assigned b', 'assigned b', 'assigned b', '!over', '!over'],
  reply: ['assigned b', 'assigned b', 'assigned a', 'waiting-for-user a', 'solved a', '!over', '!over'],
  note: ['new', 'queued', 'assigned a', 'waiting-for-user a', 'solved a', 'closed', 'withdrawn'],
  ask: [
    'waiting-for-user b',
    'waiting-for-user b',
    'waiting-for-user a',
    'waiting-for-user a',
    'waiting-for-user a',
    '!over',
    '!over',
  ],
  'ask-check': [
    'waiting-for-user b',
    'waiting-for-user b',
    'waiting-for-user a',
    'waiting-for-user a',
    'waiting-for-user a',
    '!over',
    '!over',
  ],
  solve: ['solved b', 'solved b', 'solved b', 'solved b', 'solved b', '!over', '!over'],
  'hand-back': ['closed', 'closed', 'closed', 'closed', 'closed', '!over', '!over'],
  reject: ['closed', 'closed', 'closed', 'closed', 'closed', '!over', '!over'],
  say: ['new', 'queued', 'assigned a', 'assigned a', 'solved a', '!over', '!over'],
  report: ['new', 'queued', 'assigned a', 'assigned a', 'solved a', '!over', '!over'],
  confirm: ['closed', 'closed', 'closed', 'closed', 'closed', '!over', '!over'],
  withdraw: ['withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', '!over', '!over'],
  reopen: ['!not-over', '!not-over', '!not-over', '!not-over', 'assigned a', 'queued', 'queued'],
  rate: ['!not-over', '!not-over', '!not-over', '!not-over', 'solved a', 'closed', 'withdrawn'],
};

describe('A ticket', () => {
  for (const name of names) {
    ticketStates.forEach((state, index) => {
      const expected = table[name][index] ?? '';
      it(`that is ${state} becomes ${expected} by ${name}`, () => {
        assert.equal(summary(ticketIn(state), commands[name]), expected);
      });
    });
  }

  it('that two agents take goes to the first, and the second is told who has it', () => {
    const first = change(ticketIn('queued'), { do: 'take', by: ana });
    const second = handOff(first.ticket, { do: 'take', by: bo }, noon);
    assert.deepEqual(second, { kind: 'refused', refusal: { why: 'taken', by: ana } });
  });

  it('that its own agent takes again stays as it is', () => {
    assert.equal(summary(ticketIn('assigned'), { do: 'take', by: ana }), 'assigned a');
  });

  it('tells the person who took it before the first line, and only then', () => {
    const first = change(ticketIn('queued'), commands.reply);
    assert.deepEqual(
      first.effects.map(({ what }) => what),
      ['taken', 'line'],
    );
    assert.deepEqual(
      change(first.ticket, commands.reply).effects.map(({ what }) => what),
      ['line'],
    );
  });

  it('is reminded of once in a status, and again in the next one', () => {
    const reminded = change(ticketIn('queued'), commands.remind).ticket;
    assert.equal(summary(reminded, commands.remind), '!out-of-place');
    assert.equal(summary(change(reminded, commands.take).ticket, commands.remind), 'assigned b');
  });

  for (const stars of [0, 6, 2.5, Number.NaN]) {
    it(`takes no rating of ${stars}`, () => {
      assert.equal(summary(ticketIn('solved'), { do: 'rate', stars }), '!bad-rating');
    });
  }

  it('lets the bot speak except while a person has it', () => {
    const byPerson = ticketStates.filter((state) => speakerOf(ticketIn(state)) === 'person');
    assert.deepEqual(byPerson, ['assigned', 'waiting-for-user']);
  });
});

describe('Any history of a ticket', () => {
  const histories = fc.array(fc.constantFrom(...names), { maxLength: 30 });

  it('keeps one owner at most, counts every change, and loses no line', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let ticket = openTicket({ id: 'HS-1', caseId: 'C', urgency: 'normal' }, noon);
        const lines = { spoken: 0, told: 0 };
        for (const name of history) {
          const before = ticket;
          const outcome = handOff(ticket, commands[name], noon);
          if (outcome.kind === 'refused') continue;
          ticket = outcome.ticket;
          assert.equal(ticket.version, before.version + 1);
          if (name === 'take') assert.ok(ownerOf(before) === null || ownerOf(before)?.id === bo.id);
          if (['say', 'reply', 'ask'].includes(name)) lines.spoken += 1;
          lines.told += outcome.effects.filter(({ what }) => what === 'line').length;
        }
        assert.equal(lines.told, lines.spoken);
      }),
    );
  });

  it('has a way out that the person can take, and a way back in', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let ticket = openTicket({ id: 'HS-1', caseId: 'C', urgency: 'normal' }, noon);
        for (const name of history) {
          const outcome = handOff(ticket, commands[name], noon);
          if (outcome.kind === 'changed') ticket = outcome.ticket;
        }
        if (!isOver(ticket)) ticket = change(ticket, commands.withdraw).ticket;
        assert.ok(isOver(ticket));
        assert.equal(change(ticket, commands.reopen).ticket.status.at, 'queued');
      }),
    );
  });

  it('tells the person of everything that an agent ends', () => {
    for (const name of ['solve', 'hand-back', 'reject'] as const) {
      for (const state of ticketStates.filter((at) => !isOver(ticketIn(at)))) {
        const told: readonly HandoffEffect[] = change(ticketIn(state), commands[name]).effects;
        assert.ok(
          told.some(({ tell }) => tell === 'person'),
          `${name} while ${state}`,
        );
      }
    }
  });
});

function ticketIn(state: TicketState): Ticket {
  return { ...openTicket({ id: 'HS-1', caseId: 'C', urgency: 'normal' }, noon), status: statusOf[state] };
}

function change(ticket: Ticket, command: HandoffCommand) {
  const outcome = handOff(ticket, command, noon);
  assert.equal(outcome.kind, 'changed');
  return outcome as Extract<typeof outcome, { kind: 'changed' }>;
}

function summary(ticket: Ticket, command: HandoffCommand): string {
  const outcome = handOff(ticket, command, noon);
  if (outcome.kind === 'refused') return `!${outcome.refusal.why}`;
  const owner = ownerOf(outcome.ticket);
  return owner === null ? outcome.ticket.status.at : `${outcome.ticket.status.at} ${owner.id}`;
}
