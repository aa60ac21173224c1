import assert from 'node:assert/strict';
import { handoffText } from '../../src/cards/handoff-texts.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { HandoffCommand } from '../../src/domain/handoff.ts';
import { type ChangeParts, changeTicket } from '../../src/helpdesk/change.ts';
import type { Actor, Source } from '../../src/helpdesk/ticket-store.ts';
import { createMemoryTickets, type MemoryTickets } from '../doubles/memory-tickets.ts';
import { ada, ana, event, noon, opening } from '../storage/ticket-builders.ts';

const wording = loadWording('en');

describe('A change of a ticket', () => {
  let store: MemoryTickets;
  beforeEach(async () => {
    store = createMemoryTickets();
    await store.save(opening());
  });

  const parts: ChangeParts = {
    word: (effect, about) => handoffText(wording, effect, about),
    snapshot: () => event('opened').ticket,
    connectors: ['rt', 'mail'],
    newLineId: () => 'line-1',
    now: () => new Date(noon),
  };
  const change = (command: HandoffCommand, by: Actor = ana, source: Source | null = null) =>
    changeTicket({ ...parts, store }, 'HS-1', command, by, source);
  const agent = { id: ana.id, name: ana.name };
  const last = () => store.changes.at(-1);

  it('tells the person who has taken it, in words that name them', async () => {
    await change({ do: 'take', by: agent });
    const [message] = last()?.messages ?? [];
    assert.equal(message?.to, 'person');
    assert.match(String(message?.activity.text), /^Ana from the helpdesk has picked up HS-1/);
  });

  it('names the speaker in every line that it relays', async () => {
    await change({ do: 'take', by: agent });
    await change({ do: 'reply', by: agent, text: 'Which proxy?' });
    assert.equal(last()?.messages[0]?.activity.text, 'Ana (helpdesk): Which proxy?');
    assert.deepEqual(last()?.messages[0]?.line, { id: 'line-1', by: ana, text: 'Which proxy?' });
    await change({ do: 'say', text: 'None' }, ada);
    assert.deepEqual(
      last()?.messages.map(({ to, activity }) => [to, activity.text]),
      [['thread', 'Ada: None']],
    );
  });

  it('tells other systems of lines and states, and of nothing internal', async () => {
    await change({ do: 'take', by: agent });
    await change({ do: 'note', by: agent, text: 'odd one' });
    await change({ do: 'say', text: 'None' }, ada);
    assert.deepEqual(
      store.changes.map(({ events }) => events.map(({ what }) => what)),
      [[], [{ kind: 'status' }], [], [{ kind: 'line', from: 'person', by: 'Ada', text: 'None' }]],
    );
  });

  it('does not tell a system what came from it', async () => {
    const rtAgent: Actor = { side: 'connector', id: 'rt/root', name: 'root' };
    await change({ do: 'take', by: { id: rtAgent.id, name: 'root' } }, rtAgent);
    assert.deepEqual(last()?.connectors, ['mail']);
  });

  it('has one effect for one source', async () => {
    const source = { conversation: 'c', activityId: 'a' };
    assert.equal((await change({ do: 'take', by: agent }, ana, source)).kind, 'changed');
    assert.equal((await change({ do: 'take', by: agent }, ana, source)).kind, 'duplicate');
  });

  it('that somebody else overtakes is decided again on the ticket as it is then', async () => {
    const bo = { id: 'b', name: 'Bo' };
    const overtaken = {
      ...store,
      async load(id: string) {
        const stored = await store.load(id);
        if (stored?.ticket.version === 0) await change({ do: 'take', by: bo });
        return stored;
      },
    };
    const outcome = await changeTicket(
      { ...parts, store: overtaken },
      'HS-1',
      { do: 'take', by: agent },
      ana,
      null,
    );
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.kind === 'refused' && outcome.refusal, { why: 'taken', by: bo });
  });

  it('of an unknown ticket says so', async () => {
    const outcome = await changeTicket({ ...parts, store }, 'HS-9', { do: 'withdraw' }, ada, null);
    assert.deepEqual(outcome, { kind: 'missing' });
  });
});

describe('The words of every effect', () => {
  const about = { ticket: 'HS-1', name: 'Ada' };
  for (const text of ['', 'TLS 1.2 is on again']) {
    it(`read as a sentence ${text === '' ? 'without' : 'with'} words of the agent`, () => {
      for (const what of [
        'taken',
        'passed-on',
        'check-asked',
        'solved',
        'handed-back',
        'rejected',
      ] as const) {
        const said = handoffText(wording, { tell: 'person', what, by: 'Ana', text }, about);
        assert.match(said, /Ana/);
        assert.doesNotMatch(said, /none|undefined|\{/);
        if (['solved', 'handed-back', 'rejected'].includes(what)) assert.equal(said.includes(text), true);
      }
    });
  }

  it('exist for whatever waits too long', () => {
    for (const tell of ['person', 'helpdesk'] as const) {
      for (const what of ['still-queued', 'still-assigned', 'still-waiting', 'closed-quiet'] as const) {
        assert.match(handoffText(wording, { tell, what }, about), /HS-1/);
      }
    }
  });
});
