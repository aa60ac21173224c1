import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { Inbound } from '../../src/helpdesk/connector.ts';
import { createWebhook, webhook } from '../../src/helpdesk/connectors/webhook.ts';
import { bodyOf, type HttpDouble, listen } from '../doubles/http-double.ts';
import { describeConnector } from './connector-contract.ts';
import { opened } from './connector-peer.ts';
import { secretOf, signedCall, startWebhookPeer } from './webhook-peer.ts';

describeConnector('webhook', startWebhookPeer, ['missing-tickets', 'internal-notes', 'polling']);

describe('A webhook calls out', () => {
  let receiver: HttpDouble;
  let answers: { readonly status: number; readonly headers?: Record<string, string> }[];
  let calls: { readonly request: IncomingMessage; readonly body: Buffer }[];
  beforeEach(async () => {
    answers = [];
    calls = [];
    receiver = await listen(async (request, response) => {
      calls.push({ request, body: await bodyOf(request) });
      const { status, headers } = answers.shift() ?? { status: 204 };
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
      response.statusCode = status;
      response.end();
    });
  });
  afterEach(() => receiver.close());

  const connect = (...secrets: readonly string[]) =>
    createWebhook({ url: new URL(`${receiver.url}/hook`), secrets, within: 5_000 });

  it('signed with every secret, so that a receiver may know the old one or the new one', async () => {
    await connect(secretOf(1), secretOf(2)).deliver(opened(), null);
    const [{ request, body } = assert.fail()] = calls;
    for (const seed of [1, 2]) {
      new Webhook(secretOf(seed)).verify(body, request.headers as Record<string, string>);
    }
    assert.throws(() => new Webhook(secretOf(3)).verify(body, request.headers as Record<string, string>));
  });

  it('with the same id when an event comes again', async () => {
    const connector = connect(secretOf(1));
    await connector.deliver(opened(), null);
    await connector.deliver(opened(), null);
    assert.deepEqual(
      calls.map(({ request }) => request.headers['webhook-id']),
      ['HS-41/0/1', 'HS-41/0/1'],
    );
  });

  it('and follows no redirect, which could lead the ticket anywhere', async () => {
    answers = [{ status: 307, headers: { Location: `${receiver.url}/elsewhere` } }];
    assert.deepEqual(await connect(secretOf(1)).deliver(opened(), null), {
      kind: 'refused',
      reason: 'http-307',
    });
    assert.equal(calls.length, 1);
  });

  it('no more once the receiver answered 410, and says so', async () => {
    answers = [{ status: 410 }];
    const connector = connect(secretOf(1));
    const ends = [await connector.deliver(opened(), null), await connector.deliver(opened(), null)];
    assert.deepEqual(
      ends.map(({ kind }) => kind),
      ['refused', 'refused'],
    );
    assert.equal(calls.length, 1);
    assert.equal((await connector.check()).kind, 'unwell');
    assert.equal(calls.length, 1);
  });
});

describe('A call to the webhook', () => {
  const connector = createWebhook({
    url: new URL('https://desk.example/hook'),
    secrets: [secretOf(1), secretOf(2)],
    within: 5_000,
  });
  const comment = { type: 'ticket.comment', data: { ticket: 'HS-41', by: 'Grace', text: 'Restart it.' } };

  function call(body: unknown, seed = 2, at = new Date()): Promise<Inbound> {
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return receiveBy(signedCall(new Webhook(secretOf(seed)), 'm-1', bytes, at));
  }
  const receiveBy = (inbound: Parameters<NonNullable<typeof connector.receive>>[0]) =>
    connector.receive?.(inbound) ?? assert.fail();

  it('counts when any of the secrets signed it', async () => {
    const news = { id: 'm-1', ticketId: 'HS-41', remoteId: 'HS-41', by: 'Grace' };
    const expected = { kind: 'news', news: [{ ...news, what: { kind: 'comment', text: 'Restart it.' } }] };
    assert.deepEqual(await call(comment, 1), expected);
    assert.deepEqual(await call(comment, 2), expected);
  });

  for (const [why, inbound] of [
    ['another secret signed it', () => call(comment, 3)],
    ['it is six minutes old', () => call(comment, 1, new Date(Date.now() - 6 * 60_000))],
    ['it is six minutes early', () => call(comment, 1, new Date(Date.now() + 6 * 60_000))],
    ['one byte is another', () => receiveBy(changed(1))],
    ['it has no signature', () => receiveBy({ headers: {}, body: Buffer.from('{}'), now: 0 })],
  ] as const) {
    it(`is refused when ${why}`, async () => {
      const { kind, ...refusal } = await inbound();
      assert.deepEqual(
        { kind, ...refusal },
        {
          kind: 'refused',
          status: 401,
          reason: 'signature or time is wrong',
        },
      );
    });
  }

  function changed(seed: number) {
    const inbound = signedCall(new Webhook(secretOf(seed)), 'm-1', Buffer.from(JSON.stringify(comment)));
    const body = Buffer.from(inbound.body);
    body[body.length - 4] = 33;
    return { ...inbound, body };
  }

  for (const [what, body] of [
    ['no JSON', 'hello'],
    ['an event of ours, played back', { type: 'ticket.line', data: { ticket: { id: 'HS-41' } } }],
    ['a comment without words', { ...comment, data: { ...comment.data, text: '  ' } }],
    ['a status that nobody has', { type: 'ticket.status', data: { ticket: 'HS-41', by: 'G', status: 'x' } }],
  ] as const) {
    it(`is refused when it holds ${what}`, async () => {
      const inbound = await call(body);
      assert.equal(inbound.kind === 'refused' && inbound.status, 400);
    });
  }

  it('may be four minutes old, because clocks differ', async () => {
    assert.equal((await call(comment, 1, new Date(Date.now() - 4 * 60_000))).kind, 'news');
  });
});

describe('The settings of the webhook', () => {
  const make = (settings: Record<string, string>) =>
    webhook.make(
      { HELPDESK_WEBHOOK_SECRETS: secretOf(1), ...settings },
      { allowLoopback: false, secret: 'own', text: String },
    );

  it('take two secrets while they change', () => {
    const secrets = `${secretOf(1)}, ${secretOf(2)}`;
    const made = make({
      HELPDESK_WEBHOOK_URL: 'https://desk.example/hook',
      HELPDESK_WEBHOOK_SECRETS: secrets,
    });
    assert.equal(made.kind, 'made');
  });

  for (const url of ['http://desk.example/hook', 'https://me:pw@desk.example/', 'ftp://desk.example']) {
    it(`take no address such as ${url}`, () => {
      assert.equal(make({ HELPDESK_WEBHOOK_URL: url }).kind, 'wrong');
    });
  }

  it('take http to this machine in local mode alone', () => {
    const settings = {
      HELPDESK_WEBHOOK_URL: 'http://127.0.0.1:9/hook',
      HELPDESK_WEBHOOK_SECRETS: secretOf(1),
    };
    assert.equal(webhook.make(settings, { allowLoopback: true, secret: 'own', text: String }).kind, 'made');
    assert.equal(webhook.make(settings, { allowLoopback: false, secret: 'own', text: String }).kind, 'wrong');
  });

  it('take no secret that could be guessed', () => {
    const made = make({
      HELPDESK_WEBHOOK_URL: 'https://desk.example/hook',
      HELPDESK_WEBHOOK_SECRETS: 'whsec_c2hvcnQ=',
    });
    assert.deepEqual(made.kind === 'wrong' && made.problems.map(({ setting }) => setting), [
      'HELPDESK_WEBHOOK_SECRETS',
    ]);
  });
});
