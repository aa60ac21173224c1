import assert from 'node:assert/strict';
import { handoffText } from '../../src/cards/handoff-texts.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { openTicket, type TicketStatus } from '../../src/domain/handoff.ts';
import { dueCommand, windClock } from '../../src/helpdesk/clock.ts';
import { createMemoryTickets } from '../doubles/memory-tickets.ts';
import { details, event, noon, opening } from '../storage/ticket-builders.ts';

const patience = { remindAfter: 60, closeAfter: 600 };
const agent = { id: 'a', name: 'Ana' };
const wording = loadWording('en');

function due(status: TicketStatus, minutes: number, remindedAt: string | null = null): string | null {
  const ticket = { ...openTicket({ id: 'HS-1', caseId: 'c', urgency: 'normal' }, noon), status, remindedAt };
  return dueCommand(ticket, patience, new Date(Date.parse(noon) + minutes * 60_000))?.do ?? null;
}

describe('a ticket that stays in one state', () => {
  it('is reminded of once, where somebody waits', () => {
    for (const status of [
      { at: 'new' },
      { at: 'queued' },
      { at: 'assigned', agent },
      { at: 'waiting-for-user', agent },
    ] as const) {
      assert.equal(due(status, 59), null, status.at);
      assert.equal(due(status, 60), 'remind', status.at);
      assert.equal(due(status, 61, noon), null, status.at);
    }
  });

  it('is closed where it is solved, or where the person never answers, and nowhere else', () => {
    assert.equal(due({ at: 'solved', agent }, 599), null);
    assert.equal(due({ at: 'solved', agent }, 600), 'close-quiet');
    assert.equal(due({ at: 'waiting-for-user', agent }, 600, noon), 'close-quiet');
    assert.equal(due({ at: 'queued' }, 6_000, noon), null);
    assert.equal(due({ at: 'assigned', agent }, 6_000, noon), null);
  });

  it('is left alone when it is over', () => {
    assert.equal(due({ at: 'withdrawn' }, 6_000), null);
    assert.equal(due({ at: 'closed', how: 'confirmed' }, 6_000), null);
  });
});

describe('the clock', () => {
  it('tells the person and the helpdesk of a ticket that nobody takes', async () => {
    const store = createMemoryTickets();
    await store.save(opening());
    const later = new Date(Date.parse(noon) + 3_600_000);
    const changed = await windClock({
      word: (effect, about) => handoffText(wording, effect, about),
      snapshot: () => event('opened').ticket,
      connectors: [],
      newLineId: () => 'line',
      now: () => later,
      store,
      patience,
      listDue: async (remindBefore) => {
        assert.deepEqual(remindBefore, new Date(noon));
        return store.of(details.conversation);
      },
    });
    assert.equal(changed, 1);
    assert.deepEqual(
      store.changes.at(-1)?.messages.map(({ to, activity }) => [to, String(activity.text).slice(0, 25)]),
      [
        ['person', 'Nobody has picked up HS-1'],
        ['thread', 'Nobody has taken HS-1 yet'],
      ],
    );
  });
});
