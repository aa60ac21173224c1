import assert from 'node:assert/strict';
import type { HelpdeskConnector } from '../../src/helpdesk/connector.ts';
import { assertDiscreet, deliver, delivered, lines, onlyTicket } from './connector-asking.ts';
import { describeFaults } from './connector-fault-rules.ts';
import { describeNews } from './connector-news-rules.ts';
import { eventOf, type Lack, lineOf, opened, type Peer, report, statusOf, words } from './connector-peer.ts';

/**
 * What every connector promises, against its own peer; `start` gives a fresh one for every rule. Rules about what
 * the other system `lacks` do not apply.
 */
export function describeConnector(
  name: string,
  start: () => Promise<Peer>,
  lacks: readonly Lack[] = [],
): void {
  describe(`The connector ${name}`, () => {
    let peer: Peer;
    let connector: HelpdeskConnector;
    beforeEach(async () => {
      peer = await start();
      connector = peer.connector;
    });
    afterEach(() => peer.close());

    describeTickets(() => peer, lacks);
    describeFaults(() => peer);
    describeNews(() => peer, lacks);

    it('is called by a short name', () => {
      assert.match(connector.name, /^[a-z][a-z-]{1,19}$/);
    });

    it('finds a peer well that can be reached, and leaves no trace there', async () => {
      assert.deepEqual(await connector.check(), { kind: 'well' });
      assert.deepEqual(await peer.tickets(), []);
    });

    for (const fault of ['no-connection', 'locked-out'] as const) {
      it(`finds a peer unwell: ${fault}`, async () => {
        await peer.setFault(fault);
        const health = await connector.check();
        assert.equal(health.kind, 'unwell');
        assertDiscreet(peer, health.kind === 'unwell' ? health.reason : '');
      });
    }
  });
}

function describeTickets(peerNow: () => Peer, lacks: readonly Lack[]): void {
  it('opens one ticket, with its number and all that was shared', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    const ticket = await onlyTicket(peerNow());
    assert.equal(ticket.id, remote.id);
    assert.ok(ticket.title.includes(words.title), ticket.title);
    assert.ok(`${ticket.title} ${ticket.description}`.includes('HS-41'), ticket.description);
    assert.ok(lines(ticket.description).includes(lines(words.description)), ticket.description);
    assert.ok(ticket.description.includes('Ada Example') && ticket.description.includes('extension 214'));
    assert.equal(ticket.stage, 'open');
  });

  it('opens it once though the event comes again', async () => {
    const first = await delivered(peerNow(), opened(), null);
    assert.deepEqual(await delivered(peerNow(), opened(), null), first);
    await onlyTicket(peerNow());
  });

  it('tells tickets apart whose numbers begin alike', async () => {
    const first = await delivered(peerNow(), opened({ id: 'HS-41' }), null);
    const second = await delivered(peerNow(), opened({ id: 'HS-4' }), null);
    assert.notEqual(first.id, second.id);
    assert.equal((await peerNow().tickets()).length, 2);
  });

  it('brings lines over in order, each once though it comes again', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    for (const [index, text] of words.lines.entries()) {
      await delivered(peerNow(), lineOf(index + 1, text), remote);
      await delivered(peerNow(), lineOf(index + 1, text), remote);
    }
    const { comments } = await onlyTicket(peerNow());
    assert.equal(comments.length, words.lines.length, comments.join('\n---\n'));
    for (const [index, text] of words.lines.entries()) {
      assert.ok(comments[index]?.includes(text) && comments[index].includes('Ada Example'), comments[index]);
    }
  });

  it('brings over two lines of the same words', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    await delivered(peerNow(), lineOf(1, 'Hello?'), remote);
    await delivered(peerNow(), lineOf(2, 'Hello?'), remote);
    assert.equal((await onlyTicket(peerNow())).comments.length, 2);
  });

  it('opens the ticket first where it was switched on in the middle of one', async () => {
    const remote = await delivered(peerNow(), lineOf(7, 'Are you there?'), null);
    const ticket = await onlyTicket(peerNow());
    assert.equal(ticket.id, remote.id);
    assert.ok(ticket.title.includes(words.title), ticket.title);
    assert.ok(ticket.comments.some((comment) => comment.includes('Are you there?')));
  });

  it('brings the status over, and back when the ticket is opened again', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    const steps = [
      ['assigned', 'open'],
      ['waiting-for-user', 'waiting'],
      ['solved', 'done'],
      ['assigned', 'open'],
      ['closed', 'done'],
    ] as const;
    for (const [index, [state, stage]] of steps.entries()) {
      await delivered(peerNow(), statusOf(index + 1, state), remote);
      await delivered(peerNow(), statusOf(index + 1, state), remote);
      assert.equal((await onlyTicket(peerNow())).stage, stage, state);
    }
  });

  it('brings a file over once, byte for byte', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    const event = eventOf(1, { kind: 'file', file: report });
    await delivered(peerNow(), event, remote);
    await delivered(peerNow(), event, remote);
    const { files } = await onlyTicket(peerNow());
    assert.deepEqual(
      files.map((file) => file.name),
      [report.name],
    );
    assert.deepEqual(Buffer.from(files[0]?.content ?? []), Buffer.from(report.content));
  });

  if (lacks.includes('missing-tickets')) return;
  it('says that a ticket is not there any more', async () => {
    const remote = { id: '99887766', url: null };
    const delivery = await deliver(peerNow(), lineOf(1, 'Hello?'), remote);
    assert.equal(delivery.kind, 'refused');
  });
}
