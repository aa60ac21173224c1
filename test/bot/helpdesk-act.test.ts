import assert from 'node:assert/strict';
import { type ActParts, act } from '../../src/bot/helpdesk/act.ts';
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
  const press = (root: string) => {
    const input = { kind: 'pressed', root, action: 'take', ticket: id, seal: 's', text: '' } as const;
    return act(parts, input, ana, { conversation: 'c', activityId: 'a' });
  };

  it('shows on the card alone', async () => {
    assert.deepEqual(await press('7'), { changed: true, answer: { kind: 'none' } });
  });

  it('counts on a card that was posted twice too, and tells in which thread the bot listens', async () => {
    assert.deepEqual(await press('6'), {
      changed: true,
      answer: { kind: 'text', text: `elsewhere ${id} link/7` },
    });
  });
});
