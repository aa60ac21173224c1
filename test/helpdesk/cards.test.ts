import assert from 'node:assert/strict';
import { type CardsParts, refreshCards, type SendOutcome } from '../../src/helpdesk/cards.ts';
import type { CardsOutcome, OutdatedCards } from '../../src/helpdesk/ticket-store.ts';
import { details, opening } from '../storage/ticket-builders.ts';

const sent = (activityId: string): SendOutcome => ({ kind: 'sent', activityId });

/** One claim of the worker: what it did, and what it settled. */
async function refresh(
  cards: Partial<OutdatedCards>,
  ends: { readonly open?: SendOutcome; readonly edit?: SendOutcome; readonly person?: SendOutcome } = {},
  { connected = true, channel = true, hasConnectors = false } = {},
) {
  const did: string[] = [];
  const settled: CardsOutcome[] = [];
  const queue: OutdatedCards[] = [
    {
      ...{ ticket: opening().ticket, details, rootId: null, cardId: null, reference: {} },
      ...{ rootVersion: -1, cardVersion: -1, attempts: 0, doubtful: false, ...cards },
    },
  ];
  const place = {
    ...{ channelId: '19:c', serviceUrl: 'https://smba.example/', tenantId: 't', groupId: null },
    bot: { id: '28:b', name: 'Bot' },
  };
  const end = async (what: string, outcome: SendOutcome) => {
    did.push(what);
    return outcome;
  };
  const parts: CardsParts = {
    store: {
      claimCards: async () => queue.splice(0),
      settleCards: async (outcomes) => void settled.push(...outcomes),
    },
    channel: channel
      ? {
          place: async () => (connected ? place : null),
          placement: 'conversation',
          draw: async (_, mayStandTwice) => ({ text: mayStandTwice ? 'twice' : 'root' }),
          open: (_, { text }) => end(`open ${text}`, ends.open ?? sent('7')),
          edit: (_, { id }) => end(`edit ${id}`, ends.edit ?? sent(String(id))),
        }
      : null,
    drawStatus: async () => ({ text: 'status' }),
    toPerson: (_, { kind, activity }) => end(`${kind} ${activity.id ?? 'status'}`, ends.person ?? sent('c')),
    posted: async () => did.push('posted'),
    hasConnectors,
    log: { warn: () => undefined, error: () => undefined },
  };
  await refreshCards(parts, new AbortController().signal);
  return { did, settled: settled[0] };
}

const queued = { ...opening().ticket, version: 3, status: { at: 'queued' } } as const;
const shown = { ticket: queued, rootId: '7', cardId: 'c', rootVersion: 2, cardVersion: 2 };

describe('The cards of a ticket that are behind', () => {
  it('begin with a thread, after which the ticket is in the queue', async () => {
    const { did, settled } = await refresh({});
    assert.deepEqual(did, ['open root', 'posted']);
    assert.deepEqual(settled?.root, { id: '7', version: 0 });
    assert.deepEqual(settled?.thread?.conversation, {
      ...{ id: '19:c;messageid=7', isGroup: true, conversationType: 'channel', tenantId: 't', name: '' },
    });
  });

  it('are edited as the ticket is now', async () => {
    const { did, settled } = await refresh(shown);
    assert.deepEqual(did, ['edit 7', 'update c']);
    assert.deepEqual(settled, {
      ticketId: 'HS-1',
      root: { id: '7', version: 3 },
      card: { id: 'c', version: 3 },
    });
  });

  it('show the person that it is saved while the channel is not connected', async () => {
    const { did, settled } = await refresh({}, {}, { connected: false });
    assert.deepEqual(did, ['send status']);
    assert.deepEqual([settled?.reason, settled?.retryAfterSeconds], ['channel not connected', 30]);
  });

  it('count as in front of the helpdesk without a channel only where another system takes tickets', async () => {
    assert.deepEqual((await refresh({}, {}, { channel: false })).did, ['send status']);
    assert.deepEqual((await refresh({}, {}, { channel: false, hasConnectors: true })).did, ['posted']);
  });

  it('wait a minute when nobody knows whether the root arrived, and say then that it may stand there twice', async () => {
    const { settled } = await refresh({}, { open: { kind: 'unknown', reason: 'ETIMEDOUT' } });
    assert.deepEqual([settled?.reason, settled?.retryAfterSeconds], ['unknown: ETIMEDOUT', 60]);
    assert.equal((await refresh({ doubtful: true, attempts: 1 })).did[0], 'open twice');
  });

  it('wait as long as a full channel asks, each for itself', async () => {
    const { did, settled } = await refresh(shown, { edit: { kind: 'later', retryAfterSeconds: 9 } });
    assert.deepEqual(did, ['edit 7', 'update c']);
    assert.deepEqual([settled?.root, settled?.retryAfterSeconds], [undefined, 9]);
    assert.deepEqual(settled?.card, { id: 'c', version: 3 });
  });

  it('get a new thread when somebody deleted the root', async () => {
    const gone: SendOutcome = { kind: 'refused', reason: '404 ActivityNotFoundInConversation' };
    const { did, settled } = await refresh(shown, { edit: gone, open: sent('8') });
    assert.deepEqual(did, ['edit 7', 'open root', 'update c']);
    assert.deepEqual(settled?.root, { id: '8', version: 3 });
  });

  it('are not pressed on a person who has removed the bot', async () => {
    const { settled } = await refresh(shown, { person: { kind: 'refused', reason: '403 Blocked' } });
    assert.deepEqual(settled?.card, { id: 'c', version: 3 });
    assert.equal(settled?.retryAfterSeconds, undefined);
  });

  it('catch up after a crash between the thread and the queue', async () => {
    const { did } = await refresh({ rootId: '7', rootVersion: 0 });
    assert.deepEqual(did, ['posted']);
  });
});
