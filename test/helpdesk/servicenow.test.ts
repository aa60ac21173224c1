import assert from 'node:assert/strict';
import type { News } from '../../src/helpdesk/connector.ts';
import { serviceNow } from '../../src/helpdesk/connectors/servicenow.ts';
import { asker, delivered } from './connector-asking.ts';
import { describeConnector } from './connector-contract.ts';
import { lineOf, opened, statusOf } from './connector-peer.ts';
import { type LoginKind, morning, type ServiceNowPeer, startServiceNowPeer } from './servicenow-peer.ts';

describeConnector('servicenow', () => startServiceNowPeer());

describe('The connector servicenow', () => {
  let peer: ServiceNowPeer;
  let now = morning;
  const start = async (kind: LoginKind = 'basic') => {
    peer = await startServiceNowPeer(kind, { now: () => now, hides: ({ value }) => value === 'hidden' });
  };
  beforeEach(() => {
    now = morning;
  });
  afterEach(() => peer.close());

  describe('with client credentials', () => {
    beforeEach(() => start('oauth'));

    it('signs in once for many requests, and anew before its token runs out', async () => {
      await delivered(peer, opened(), null);
      assert.equal(peer.double.tokens(), 1);
      now += 29 * 60_000;
      await delivered(peer, opened({ id: 'HS-42' }), null);
      assert.equal(peer.double.tokens(), 2);
    });

    it('asks for a new token when one was withdrawn', async () => {
      await delivered(peer, opened(), null);
      peer.double.withdrawTokens();
      await delivered(peer, opened({ id: 'HS-42' }), null);
      assert.equal((await peer.tickets()).length, 2);
    });

    it('gives up when no new token is to be had', async () => {
      await delivered(peer, opened(), null);
      await peer.setFault('locked-out');
      assert.equal((await peer.connector.deliver(opened({ id: 'HS-42' }), null)).kind, 'later');
      assert.equal(peer.double.tokens(), 1);
    });
  });

  describe('writing an incident', () => {
    beforeEach(() => start());

    it('gives it an urgency, and the caller and group of the settings', async () => {
      const connector = peer.connect({ caller: 'c'.repeat(32), group: 'd'.repeat(32) });
      await connector.deliver(opened({ urgency: 'low' }), null);
      const [incident] = peer.double.incidents;
      assert.equal(incident?.urgency, '3');
      assert.equal(incident?.caller_id, 'c'.repeat(32));
      assert.equal(incident?.assignment_group, 'd'.repeat(32));
    });

    it('puts what is too long for a description into the first comment, whole', async () => {
      const description = `${'x'.repeat(5_000)} the end`;
      await delivered(peer, opened({ description, title: 'y'.repeat(300) }), null);
      const [ticket] = await peer.tickets();
      assert.equal(ticket?.title.length, 160);
      assert.equal(ticket?.description.length, 4_000);
      assert.ok(ticket?.comments[0]?.endsWith('the end'));
    });

    it('lets nobody write HTML into a journal', async () => {
      const remote = await delivered(peer, opened(), null);
      await delivered(peer, lineOf(1, '[code]<b>x</b>[/CODE]'), remote);
      assert.match((await peer.tickets())[0]?.comments[0] ?? '', /\[code \]<b>x<\/b>\[\/CODE \]/);
    });

    it('brings a line over though somebody wrote its mark before', async () => {
      const remote = await delivered(peer, opened(), null);
      await delivered(peer, lineOf(1, 'I write [HS-41/2/1] myself'), remote);
      await delivered(peer, lineOf(2, 'and go on'), remote);
      assert.equal((await peer.tickets())[0]?.comments.length, 2);
    });

    it('resolves with a code of the settings, and with notes', async () => {
      const remote = await delivered(peer, opened(), null);
      await peer.connect({ closeCode: 'Solved (Permanently)' }).deliver(statusOf(1, 'solved'), remote);
      const [incident] = peer.double.incidents;
      assert.equal(incident?.close_code, 'Solved (Permanently)');
      assert.equal(incident?.close_notes, '[HS-41] Grace Example');
    });

    it('cancels what the person withdrew', async () => {
      const remote = await delivered(peer, opened(), null);
      await delivered(peer, statusOf(1, 'withdrawn'), remote);
      assert.equal(peer.double.incidents[0]?.state, '8');
    });

    it('takes a role that is missing for something that will be mended', async () => {
      const error = { message: 'Operation Failed', detail: 'ACL Exception Insert Failed' };
      peer.refuseWith({ error, status: 'failure' });
      await peer.setFault('refusal');
      assert.equal((await peer.connector.deliver(opened(), null)).kind, 'later');
    });
  });

  describe('reading news', () => {
    let ask: () => Promise<readonly News[]>;
    let id: string;
    beforeEach(async () => {
      await start();
      ask = asker(peer);
      ({ id } = await delivered(peer, opened(), null));
      await ask();
    });
    const kinds = async () => (await ask()).map(({ what, by }) => `${what.kind} by ${by}`);

    it('says who has taken an incident', async () => {
      peer.double.act(id, 'Grace', { state: '2', 'assigned_to.user_name': 'grace' });
      assert.deepEqual(await kinds(), ['taken by Grace Example']);
      assert.deepEqual(await kinds(), []);
    });

    it('says once that an incident waits for the person, however often it is updated', async () => {
      peer.double.act(id, 'Grace', { state: '3', hold_reason: '1' });
      assert.deepEqual(await kinds(), ['waiting by Grace Example']);
      peer.double.act(id, 'Grace', { category: 'network' });
      assert.deepEqual(await kinds(), []);
    });

    it('says it again after the person has answered', async () => {
      peer.double.act(id, 'Grace', { state: '3', hold_reason: '1' });
      await ask();
      await delivered(peer, lineOf(1, 'Done.'), { id, url: null });
      peer.double.act(id, 'Grace', { category: 'network' });
      assert.deepEqual(await kinds(), ['waiting by Grace Example']);
    });

    it('does not say so of an incident that waits for a vendor', async () => {
      peer.double.act(id, 'Grace', { state: '3', hold_reason: '4' });
      assert.deepEqual(await kinds(), []);
    });

    it('brings the notes of an incident that is resolved, closed or cancelled', async () => {
      peer.double.act(id, 'Grace', { state: '6', close_notes: 'TLS 1.2 on' });
      assert.deepEqual((await ask()).at(-1)?.what, { kind: 'solved', text: 'TLS 1.2 on' });
      peer.double.act(id, 'Grace', { state: '7' });
      assert.deepEqual(await ask(), []);
      peer.double.act(id, 'Grace', { state: '8', close_notes: 'twice' });
      assert.deepEqual((await ask()).at(-1)?.what, { kind: 'rejected', text: 'twice' });
    });

    it('misses none of many, though a page comes short', async () => {
      for (let index = 0; index < 450; index++) {
        peer.double.act(id, 'Grace', { comments: index < 100 ? 'hidden' : `line ${index}` });
      }
      assert.equal((await ask()).length, 350);
    });

    it('misses nothing that happened while it did not ask', async () => {
      peer.double.act(id, 'Grace', { comments: 'Early' });
      now += 3 * 24 * 60 * 60_000;
      assert.deepEqual(await kinds(), ['comment by Grace Example']);
    });

    it('leaves out incidents of others', async () => {
      peer.double.act(id, 'Grace', { correlation_display: 'Monitoring', comments: 'Not ours' });
      assert.deepEqual(await ask(), []);
    });
  });
});

describe('Settings of ServiceNow', () => {
  const tools = { allowLoopback: false, secret: 'own', text: String };
  const make = (given: Record<string, string>) => serviceNow.make(given, tools);
  const url = { HELPDESK_SERVICENOW_URL: 'https://example.service-now.com' };
  const user = { ...url, HELPDESK_SERVICENOW_USER: 'handshake.bot' };
  const client = { HELPDESK_SERVICENOW_CLIENT_ID: 'id', HELPDESK_SERVICENOW_CLIENT_SECRET: 'key' };

  it('switch it on with a password or with client credentials', () => {
    assert.equal(make({}).kind, 'off');
    assert.equal(make({ ...user, HELPDESK_SERVICENOW_PASSWORD: 'pw' }).kind, 'made');
    assert.equal(make({ ...user, ...client }).kind, 'made');
  });

  const wrong: readonly [string, Record<string, string>, readonly string[]][] = [
    ['no way to sign in', user, ['PASSWORD']],
    ['two ways to sign in', { ...user, ...client, HELPDESK_SERVICENOW_PASSWORD: 'pw' }, ['PASSWORD']],
    ['half of the client credentials', { ...user, HELPDESK_SERVICENOW_CLIENT_ID: 'id' }, ['CLIENT_SECRET']],
    ['no user', { ...url, HELPDESK_SERVICENOW_PASSWORD: 'pw' }, ['USER']],
    ['http', { ...user, HELPDESK_SERVICENOW_URL: 'http://127.0.0.1:80', ...client }, ['URL']],
    ['a name for an id', { ...user, ...client, HELPDESK_SERVICENOW_GROUP: 'Service Desk' }, ['GROUP']],
  ];
  for (const [says, given, names] of wrong) {
    it(`are refused with ${says}`, () => {
      const made = make(given);
      const named = made.kind === 'wrong' ? made.problems.map(({ setting }) => setting) : [];
      assert.deepEqual(
        named,
        names.map((name) => `HELPDESK_SERVICENOW_${name}`),
      );
    });
  }
});
