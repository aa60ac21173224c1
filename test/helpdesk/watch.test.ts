import assert from 'node:assert/strict';
import type { StoredTicket, TicketChange } from '../../src/helpdesk/ticket-store.ts';
import { watchTickets } from '../../src/helpdesk/watch.ts';
import { createMemoryTickets } from '../doubles/memory-tickets.ts';
import { event, noon, opening } from '../storage/ticket-builders.ts';

const minutesAfterNoon = (minutes: number) => new Date(Date.parse(noon) + minutes * 60_000);

/** A helpdesk with one open ticket of normal urgency, from noon, and an hour for it. */
async function watching(parts: { readonly digestAt?: string; readonly goesOut?: boolean } = {}) {
  const memory = createMemoryTickets();
  await memory.save(opening());
  const [posted, claimed] = [[] as unknown[], new Set<string>()];
  let goesOut = parts.goesOut ?? true;
  const list = async (): Promise<StoredTicket[]> => [await memory.load('HS-1')].flatMap((one) => one ?? []);
  return {
    posted,
    heal: () => {
      goesOut = true;
    },
    said: () =>
      memory.changes.flatMap(({ messages }: TicketChange) => messages.map(({ activity }) => activity.text)),
    at: (minutes: number) =>
      watchTickets({
        store: { ...memory, list } as unknown as Parameters<typeof watchTickets>[0]['store'],
        handoff: {
          ...{ word: () => '', snapshot: () => event('opened').ticket, connectors: [], newLineId: () => 'l' },
          now: () => minutesAfterNoon(minutes),
        },
        ...{ targets: { high: 60, normal: 60, low: 60 }, manyAlike: 5, timeZone: 'Europe/Zurich' },
        ...{ closeText: ({ ticket }) => `${ticket.id} is close`, alikeText: () => 'alike' },
        digestAt: parts.digestAt ?? null,
        post: async (what) => {
          if (goesOut) posted.push(what);
          return goesOut;
        },
        claim: async (key) => !claimed.has(key) && Boolean(claimed.add(key)),
        release: async (key) => void claimed.delete(key),
        ...{ changed: () => undefined, log: { warn: () => undefined } },
      }),
  };
}

describe('What the clock tells the helpdesk', () => {
  it('is a target that is about to be missed, once, in the last fifth of the time', async () => {
    const watch = await watching();
    await watch.at(47);
    assert.deepEqual(watch.said(), []);
    for (const minutes of [48, 50, 61]) await watch.at(minutes);
    assert.deepEqual(watch.said(), ['HS-1 is close']);
  });

  it('is an overview, once a day from its hour on, where the helpdesk is', async () => {
    const watch = await watching({ digestAt: '13:30' });
    await watch.at(29);
    assert.deepEqual(watch.posted, []);
    for (const minutes of [30, 31, 90]) await watch.at(minutes);
    assert.deepEqual(watch.posted, ['digest']);
    await watch.at(30 + 24 * 60);
    assert.deepEqual(watch.posted, ['digest', 'digest']);
  });

  it('comes later when the channel did not take it', async () => {
    const watch = await watching({ digestAt: '13:30', goesOut: false });
    await watch.at(30);
    watch.heal();
    await watch.at(31);
    assert.deepEqual(watch.posted, ['digest']);
  });
});
