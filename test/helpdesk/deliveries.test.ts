import assert from 'node:assert/strict';
import type { Delivery, HelpdeskConnector, StoredEvent } from '../../src/helpdesk/connector.ts';
import { deliverDue, outcomeOf } from '../../src/helpdesk/deliveries.ts';
import type { DeliveryOutcome, PendingDelivery } from '../../src/helpdesk/ticket-store.ts';
import { lineOf, opened } from './connector-peer.ts';

const late: Delivery = { kind: 'later', retryAfterSeconds: null, reason: 'http-429' };
const lost: Delivery = { kind: 'unknown', reason: 'no-answer-in-time' };

describe('What becomes of an event that could not be brought over', () => {
  it('it is tried ten times within about 75 hours, then it is a dead letter', () => {
    const outcomes = Array.from({ length: 10 }, (_, attempts) => outcomeOf(late, attempts, () => 0));
    const waited = outcomes.reduce((sum, one) => sum + (one.kind === 'later' ? one.afterSeconds : 0), 0);
    assert.deepEqual(outcomes.map(({ kind }) => kind).slice(8), ['later', 'dead']);
    assert.equal(Math.round(waited / 3600), 76);
  });

  it('it waits as long as the other side asks, and never less', () => {
    const asked = { ...late, retryAfterSeconds: 600 };
    assert.equal(secondsOf(outcomeOf(asked, 0, () => 0)), 600);
    assert.equal(secondsOf(outcomeOf(asked, 3, () => 0)), 7200);
    assert.equal(secondsOf(outcomeOf(asked, 0, () => 1)), 720);
  });

  it('repeats are spread', () => {
    assert.equal(secondsOf(outcomeOf(lost, 1, () => 0)), 300);
    assert.equal(secondsOf(outcomeOf(lost, 1, () => 0.5)), 330);
  });

  it('a refusal is a dead letter at once', () => {
    const outcome = outcomeOf({ kind: 'refused', reason: 'http-400' }, 0, () => 0);
    assert.deepEqual(outcome, { kind: 'dead', reason: 'http-400' });
  });
});

describe('Events go to other systems', () => {
  it('until none is due, each settled by itself', async () => {
    const queue = [pending(opened()), pending(lineOf(1, 'Hello?'))];
    const { settled, count } = await run(queue, { desk: async () => done });
    assert.deepEqual(settled, ['desk HS-41/0/1 done', 'desk HS-41/1/1 done']);
    assert.equal(count, 2);
  });

  it('each with its own results, so that one that is down holds no other up', async () => {
    const { settled } = await run([pending(opened())], { desk: async () => late, mail: async () => done });
    assert.deepEqual(settled.toSorted(), ['desk HS-41/0/1 later', 'mail HS-41/0/1 done']);
  });

  it('and a connector that throws is taken for one that was not heard of', async () => {
    const { settled } = await run([pending(opened())], {
      desk: async () => assert.fail('broken'),
    });
    assert.deepEqual(settled, ['desk HS-41/0/1 later']);
  });

  it('with the transcript as a file, made when it is brought over', async () => {
    const transcript: StoredEvent = { ...opened(), what: { kind: 'transcript' } };
    const gone: StoredEvent = { ...transcript, ticket: { ...transcript.ticket, id: 'HS-GONE' } };
    const brought: string[] = [];
    const { settled } = await run([pending(transcript), pending(gone)], {
      async desk({ what }) {
        if (what.kind === 'file') brought.push(what.file.name, Buffer.from(what.file.content).toString());
        return done;
      },
    });
    assert.deepEqual(brought, ['transcript-HS-41.txt', 'All of HS-41']);
    assert.deepEqual(settled, ['desk HS-41/0/1 done', 'desk HS-41/0/1 dead']);
  });

  it('no more when the program stops', async () => {
    const { settled } = await run([pending(opened())], { desk: async () => done }, AbortSignal.abort());
    assert.deepEqual(settled, []);
  });
});

const done: Delivery = { kind: 'done', remote: { id: '42', url: null } };

function pending(event: StoredEvent): PendingDelivery {
  return { event, remote: null, attempts: 0 };
}

function secondsOf(outcome: DeliveryOutcome): number | null {
  return outcome.kind === 'later' ? outcome.afterSeconds : null;
}

/** Every connector has the same events due, one at a time. */
async function run(
  queue: readonly PendingDelivery[],
  deliveries: Readonly<Record<string, HelpdeskConnector['deliver']>>,
  stop?: AbortSignal,
) {
  const settled: string[] = [];
  const queues = new Map(Object.keys(deliveries).map((name) => [name, [...queue]]));
  const connectors = Object.entries(deliveries).map(([name, deliver]) => ({
    ...{ name, deliver, poll: null, receive: null },
    check: async () => ({ kind: 'well' as const }),
  }));
  const store = {
    claim: async (name: string) => queues.get(name)?.splice(0, 1) ?? [],
    async settle(name: string, id: string, outcome: DeliveryOutcome) {
      settled.push(`${name} ${id} ${outcome.kind}`);
    },
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const transcriptOf = async (id: string) => (id === 'HS-GONE' ? null : `All of ${id}`);
  const count = await deliverDue({ store, connectors, transcriptOf, random: () => 0, log }, stop);
  return { settled, count };
}
