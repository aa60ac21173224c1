import assert from 'node:assert/strict';
import type { TicketStatus } from '../../src/domain/handoff.ts';
import { type ChangeParts, changeTicket } from '../../src/helpdesk/change.ts';
import type { HelpdeskConnector, News, Poll } from '../../src/helpdesk/connector.ts';
import { type NewsParts, pollNews, receiveCall } from '../../src/helpdesk/news.ts';
import { createMemoryTickets, type MemoryTickets } from '../doubles/memory-tickets.ts';
import { event, noon, opening } from '../storage/ticket-builders.ts';

describe('News of another system', () => {
  let tickets: MemoryTickets;
  let cursors: string[];
  let warned: object[];
  beforeEach(async () => {
    tickets = createMemoryTickets();
    await tickets.save(opening());
    cursors = [];
    warned = [];
  });

  const whats: readonly (readonly [News['what'], string, TicketStatus['at'], readonly string[]])[] = [
    [{ kind: 'comment', text: 'Which proxy?' }, 'reply', 'assigned', ['taken', 'line: Which proxy?']],
    [{ kind: 'taken' }, 'take', 'assigned', ['taken']],
    [{ kind: 'waiting' }, 'ask', 'waiting-for-user', ['taken', 'line: I wait.']],
    [{ kind: 'solved', text: 'TLS is on.' }, 'solve', 'solved', ['solved']],
    [{ kind: 'rejected', text: '' }, 'reject', 'closed', ['rejected']],
  ];
  for (const [what, command, at, said] of whats) {
    it(`${what.kind}: is done to the ticket as by an agent of that system`, async () => {
      assert.equal(await pollNews(parts(polled([newsOf('n-1', what)]))), 1);
      const last = tickets.changes.at(-1);
      assert.deepEqual([last?.command, last?.ticket.status.at], [command, at]);
      assert.deepEqual(last?.by, { side: 'connector', id: 'desk/Grace', name: 'Grace' });
      assert.deepEqual(
        last?.messages.map(({ activity }) => activity.text),
        said,
      );
    });
  }

  it('has one effect though it comes again', async () => {
    const news = [newsOf('n-1', { kind: 'comment', text: 'Hello' })];
    await pollNews(parts(polled(news)));
    assert.equal(await pollNews(parts(polled([...news, ...news]))), 0);
    assert.equal(tickets.changes.length, 2);
  });

  it('is asked for again from the same place when a part of it could not be done', async () => {
    const news = [newsOf('n-1', { kind: 'taken' }), newsOf('n-2', { kind: 'waiting' })];
    const failing = parts(polled(news));
    const change: NewsParts['change'] = async (...given) =>
      given[3].activityId === 'n-2' ? assert.fail('no database') : failing.change(...given);
    await assert.rejects(pollNews({ ...failing, change }), /no database/);
    assert.deepEqual(cursors, []);
    await pollNews(failing);
    assert.deepEqual(cursors, ['c-2']);
  });

  it('of a ticket that is none of ours is passed over', async () => {
    const stray = { ...newsOf('n-1', { kind: 'taken' }), ticketId: null, remoteId: '77' };
    assert.equal(await pollNews(parts(polled([stray]))), 0);
    assert.deepEqual(cursors, ['c-2']);
  });

  it('finds its ticket by what it is called over there', async () => {
    const known = { ...newsOf('n-1', { kind: 'taken' }), ticketId: null, remoteId: '42' };
    assert.equal(await pollNews(parts(polled([known]))), 1);
  });

  it('that does not fit the ticket is logged without its words', async () => {
    await pollNews(parts(polled([newsOf('n-1', { kind: 'rejected', text: 'Not ours.' })])));
    await pollNews(parts(polled([newsOf('n-2', { kind: 'solved', text: 'My words' })])));
    assert.deepEqual(warned, [{ connector: 'desk', ticket: 'HS-1', news: 'solved', why: 'over' }]);
  });

  it('that brings words for a closed ticket opens it again, so that they reach the person, once', async () => {
    await pollNews(parts(polled([newsOf('n-1', { kind: 'rejected', text: 'Not ours.' })])));
    const late = polled([newsOf('n-2', { kind: 'comment', text: 'It is ours after all.' })]);
    await pollNews(parts(late));
    await pollNews(parts(late));
    const told = tickets.changes.flatMap(({ messages }) => messages.map(({ activity }) => activity.text));
    assert.deepEqual(told.slice(1), ['reopened', 'taken', 'line: It is ours after all.']);
    assert.equal((await tickets.load('HS-1'))?.ticket.status.at, 'assigned');
    assert.deepEqual(warned, []);
  });

  it('that cannot be had leaves the cursor where it is', async () => {
    assert.equal(await pollNews(parts({ poll: async () => ({ kind: 'failed', reason: 'http-401' }) })), 0);
    assert.deepEqual([cursors, warned], [[], [{ connector: 'desk', reason: 'http-401' }]]);
  });

  it('is not asked for where the other side calls in', async () => {
    assert.equal(await pollNews(parts({ poll: null })), 0);
  });

  describe('that comes by a call', () => {
    const call = { headers: {}, body: new Uint8Array(), now: 0 };
    const calling = (news: News) => parts({ receive: async () => ({ kind: 'news', news: [news] }) });

    it('is answered with what became of it', async () => {
      const rejected = newsOf('n-1', { kind: 'rejected', text: '' });
      assert.equal(await receiveCall(calling(rejected), 'desk', call), 204);
      assert.equal(
        await receiveCall(calling({ ...rejected, ticketId: 'HS-9', id: 'n-2' }), 'desk', call),
        404,
      );
      assert.equal(await receiveCall(calling(newsOf('n-3', { kind: 'taken' })), 'desk', call), 409);
    });

    it('is refused as the connector says', async () => {
      const receive = async () => ({ kind: 'refused' as const, status: 401 as const, reason: 'signature' });
      assert.equal(await receiveCall(parts({ receive }), 'desk', call), 401);
      assert.deepEqual(warned, [{ connector: 'desk', reason: 'signature' }]);
    });

    it('finds nobody under another name, or where no calls are taken', async () => {
      assert.equal(await receiveCall(parts({}), 'elsewhere', call), 404);
      assert.equal(await receiveCall(parts({}), 'desk', call), 404);
    });
  });

  function parts(connector: Partial<HelpdeskConnector>): NewsParts {
    const changing: ChangeParts = {
      word: (effect) => (effect.what === 'line' ? `line: ${effect.text}` : effect.what),
      snapshot: () => event('opened').ticket,
      connectors: ['desk'],
      newLineId: () => 'line-1',
      now: () => new Date(noon),
    };
    return {
      store: {
        findTicket: async (_name, remoteId) => (remoteId === '42' ? 'HS-1' : null),
        cursor: async () => 'c-1',
        saveCursor: async (_name, cursor) => void cursors.push(cursor),
      },
      connectors: [{ ...desk, ...connector }],
      change: (...given) => changeTicket({ ...changing, store: tickets }, ...given),
      waitingText: 'I wait.',
      log: { info: () => undefined, warn: (about: object) => void warned.push(about) },
    };
  }
});

const desk: HelpdeskConnector = {
  name: 'desk',
  deliver: async () => ({ kind: 'done', remote: { id: '42', url: null } }),
  poll: null,
  receive: null,
  check: async () => ({ kind: 'well' }),
};

function polled(news: readonly News[]): { readonly poll: () => Promise<Poll> } {
  return { poll: async () => ({ kind: 'news', news, cursor: 'c-2' }) };
}

function newsOf(id: string, what: News['what']): News {
  return { id, ticketId: 'HS-1', remoteId: '42', by: 'Grace', what };
}
