import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import type { Peer, PeerTicket } from '../helpdesk/connector-peer.ts';
import { secretOf, signedCall, startWebhookPeer } from '../helpdesk/webhook-peer.ts';
import { databaseStarts, wordsSeenBy } from './harness.ts';
import { type HelpdeskWorld, startHelpdesk } from './helpdesk-world.ts';

describe('Another helpdesk system', () => {
  let peer: Peer & { readonly url: string };
  let desk: HelpdeskWorld;
  before(async function () {
    this.timeout(databaseStarts);
    peer = await startWebhookPeer();
    desk = await startHelpdesk({
      HELPDESK_WEBHOOK_URL: peer.url,
      HELPDESK_WEBHOOK_SECRETS: secretOf(7),
    });
    await desk.agent('Ana').mentions('help');
  });
  after(async () => {
    await desk.world.close();
    await peer.close();
  });

  const ticketOf = async (id: string): Promise<PeerTicket> => {
    await desk.world.app.connectors.deliver();
    const tickets = (await peer.tickets()).filter((ticket) => ticket.id === id);
    assert.equal(tickets.length, 1, `${tickets.length} tickets are ${id}`);
    return tickets[0] as PeerTicket;
  };
  const call = async (id: string, body: object, seed = 7) => {
    const { headers, body: bytes } = signedCall(
      new Webhook(secretOf(seed)),
      id,
      Buffer.from(JSON.stringify(body)),
    );
    const response = await fetch(`${desk.world.app.url}/helpdesk/webhook`, {
      method: 'POST',
      headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' },
      body: bytes as Uint8Array<ArrayBuffer>,
    });
    await desk.world.app.followUp();
    return response.status;
  };

  it('hears of a ticket, of what is said and of what becomes of it', async () => {
    const { user, ticket } = await desk.person('Maria', 'I present at noon');
    const ana = desk.agent('Ana');
    assert.match((await ticketOf(ticket)).description, /I present at noon/);
    await ana.writes(ticket, 'Which proxy do you use?');
    await user.says('None that I know of');
    const { comments, stage } = await ticketOf(ticket);
    assert.deepEqual(comments, ['Ana: Which proxy do you use?', 'Maria: None that I know of']);
    assert.equal(stage, 'open');
    await ana.presses(ticket, 'solve', { solution: 'TLS is on again' });
    assert.equal((await ticketOf(ticket)).stage, 'done');
  });

  it('answers the person, once though the call comes again', async () => {
    const { user, ticket } = await desk.person('Maria');
    const body = { type: 'ticket.comment', data: { ticket, by: 'Grace', text: 'Please restart.' } };
    assert.deepEqual([await call('c-1', body), await call('c-1', body)], [204, 204]);
    const said = wordsSeenBy(user).filter((words) => words.includes('Please restart.'));
    assert.deepEqual(said, ['Grace (helpdesk): Please restart.']);
    assert.match(desk.card(ticket), /Grace has it/);
    assert.deepEqual((await ticketOf(ticket)).comments, []);
  });

  it('is not heard without its signature, nor under another name', async () => {
    const { ticket } = await desk.person('Maria');
    const body = { type: 'ticket.comment', data: { ticket, by: 'Mallory', text: 'Your password, please' } };
    assert.equal(await call('c-2', body, 8), 401);
    const response = await fetch(`${desk.world.app.url}/helpdesk/elsewhere`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(response.status, 404);
  });

  it('that is down gets all of it, once, when it is back', async () => {
    await peer.setFault('lost-answer');
    const { ticket } = await desk.person('Maria');
    await desk.world.app.connectors.deliver();
    await peer.setFault(null);
    await sql`update deliveries set due_at = now()`.execute(desk.world.app.database.db);
    assert.match((await ticketOf(ticket)).title, /0x8004de40/);
  });

  it('is told about in the health of the program', async () => {
    await desk.world.app.connectors.check();
    const health = async () => (await fetch(`${desk.world.app.url}/healthz`)).json();
    assert.deepEqual(await health(), { status: 'ok', connectors: { webhook: 'well' } });
  });
});
