import assert from 'node:assert/strict';
import { type ActParts, act } from '../../src/bot/helpdesk/act.ts';
import type { DeskAction } from '../../src/cards/helpdesk-actions.ts';
import type { StoredTicket } from '../../src/helpdesk/ticket-store.ts';
import { details, opening } from '../storage/ticket-builders.ts';

const id = 'HS-2A3B4C';
const ana = { id: 'a', name: 'Ana' };
const stored: StoredTicket = { ticket: opening({}, id).ticket, details, rootId: '7', cardId: null };

const parts: ActParts = {
  store: { load: async () => stored, findByRoot: async () => stored, changeLine: async () => false },
  change: async () => ({ kind: 'changed' }),
  find: async () => null,
  sealer: { fits: () => true },
  noteMarker: '//',
  say: (name, values) => [name, ...Object.values(values ?? {})].join(' '),
  help: () => 'help',
  threadLink: async (rootId) => `link/${rootId}`,
  transcriptLink: () => '',
};

describe('a press on the card of a ticket', () => {
  const press = (root: string, action: DeskAction = 'take', text = '') => {
    const input = { kind: 'pressed', root, action, ticket: id, seal: 's', text } as const;
    return act(parts, input, ana, { conversation: 'c', activityId: 'a' });
  };

  it('shows on the card alone', async () => {
    assert.deepEqual(await press('7'), { changed: true, answer: { kind: 'none' } });
  });

  it('is quoted in the thread when it brings words for the person, which the card does not show', async () => {
    for (const action of ['reply', 'solve', 'hand-back', 'reject'] as const) {
      assert.deepEqual(await press('7', action, 'On again.'), {
        changed: true,
        answer: { kind: 'text', text: `told Ana ${details.person.name} On again.` },
      });
    }
    assert.deepEqual(await press('7', 'solve'), { changed: true, answer: { kind: 'none' } });
  });

  it('counts on a card that was posted twice too, and tells in which thread the bot listens', async () => {
    assert.deepEqual(await press('6'), {
      changed: true,
      answer: { kind: 'text', text: `elsewhere ${id} link/7` },
    });
  });
});
