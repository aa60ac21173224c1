import assert from 'node:assert/strict';
import type { ConversationReference } from 'botbuilder';
import { createAdapter } from '../../src/bot/adapter.ts';
import { isTrustedServiceUrl } from '../../src/bot/guards/service-url.ts';
import { type BotHost, startBotHost } from '../doubles/bot-host.ts';
import type { Fault } from '../doubles/connector-faults.ts';
import { bodyOf, type HttpDouble, json, listen, send } from '../doubles/http-double.ts';
import { createSdkAdapter, sdkToken } from '../doubles/sdk-bot.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';

describe('The channel fails while the bot sends a message', () => {
  let host: BotHost;
  let maria: TeamsUser;
  before(async () => {
    host = await startBotHost({ timeoutMilliseconds: 100 });
    maria = host.connector.user();
  });
  after(() => host.close());

  const faults: readonly { readonly fault: Fault; readonly means: object }[] = [
    { fault: { kind: 'throttled', retryAfterSeconds: 7 }, means: { kind: 'later', retryAfterSeconds: 7 } },
    {
      fault: { kind: 'throttled', retryAfterSeconds: null },
      means: { kind: 'later', retryAfterSeconds: 10 },
    },
    { fault: { kind: 'precondition' }, means: { kind: 'later', retryAfterSeconds: 5 } },
    { fault: { kind: 'status', status: 500, accepted: true }, means: { kind: 'unknown', reason: '500' } },
    { fault: { kind: 'status', status: 502, accepted: false }, means: { kind: 'unknown', reason: '502' } },
    { fault: { kind: 'status', status: 503, accepted: true }, means: { kind: 'unknown', reason: '503' } },
    { fault: { kind: 'status', status: 504, accepted: true }, means: { kind: 'unknown', reason: '504' } },
    { fault: { kind: 'status', status: 408, accepted: true }, means: { kind: 'unknown', reason: '408' } },
    { fault: { kind: 'reset', accepted: true }, means: { kind: 'unknown', reason: 'ECONNRESET' } },
    { fault: { kind: 'hang', accepted: true }, means: { kind: 'unknown', reason: 'AbortError' } },
    {
      fault: { kind: 'redirect', to: '/elsewhere' },
      means: { kind: 'refused', reason: '307' },
    },
    {
      fault: { kind: 'forbidden', reason: 'ConversationBlockedByUser' },
      means: { kind: 'refused', reason: '403 ConversationBlockedByUser' },
    },
    {
      fault: { kind: 'forbidden', reason: 'MessageWritesBlocked' },
      means: { kind: 'refused', reason: '403 MessageWritesBlocked' },
    },
    { fault: { kind: 'not-found' }, means: { kind: 'refused', reason: '404 ConversationNotFound' } },
  ];
  for (const { fault, means } of faults) {
    it(`posts once, and knows what it means: ${JSON.stringify(fault)}`, async () => {
      const before = host.connector.requests.length;
      host.connector.failNext(1, fault);
      const outcome = await host.adapter.sendActivity(referenceTo(host, maria), message('hello'));
      assert.deepEqual(outcome, means);
      assert.equal(host.connector.requests.length - before, 1);
    });
  }

  it('posts once in a turn as well', async () => {
    const inTurn = await startBotHost({
      onTurn: async (context) => {
        await context.sendActivity('hello').catch(() => undefined);
      },
    });
    try {
      inTurn.connector.failNext(1, { kind: 'throttled', retryAfterSeconds: 0 });
      await inTurn.connector.user().says('hello');
      assert.equal(inTurn.connector.sent().length, 1);
    } finally {
      await inTurn.close();
    }
  });

  it('would post four times if the SDK had its way', async () => {
    const { connector, issuer, close } = await startBotHost();
    const open = await startOpenConnector();
    try {
      const adapter = createSdkAdapter(issuer, connector.appId);
      const reference = { ...referenceTo(host, maria), serviceUrl: open.url };
      await adapter
        .continueConversationAsync(connector.appId, reference, async (context) => {
          await context.sendActivity('hello');
        })
        .catch(() => undefined);
      assert.equal(open.authorizations.length, 4);
    } finally {
      await open.close();
      await close();
    }
  });
});

describe('Nobody is there', () => {
  it('is a failure before the message left, so it may be sent later', async () => {
    const host = await startBotHost();
    const reference = referenceTo(host, host.connector.user());
    await host.connector.close();
    const outcome = await host.adapter.sendActivity(reference, message('hello'));
    assert.deepEqual(outcome, { kind: 'later', retryAfterSeconds: 5 });
    await host.server.close();
    host.adapter.close();
    await host.issuer.close();
  });

  it('holds for the token issuer too', async () => {
    const host = await startBotHost();
    try {
      host.issuer.failTokens(1);
      const outcome = await host.adapter.sendActivity(
        referenceTo(host, host.connector.user()),
        message('hello'),
      );
      assert.deepEqual(outcome, { kind: 'later', retryAfterSeconds: 5 });
      assert.equal(host.connector.requests.length, 0);
    } finally {
      await host.close();
    }
  });
});

describe('A stored conversation reference is poisoned', () => {
  let attacker: Awaited<ReturnType<typeof startOpenConnector>>;
  beforeEach(async () => {
    attacker = await startOpenConnector();
  });
  afterEach(() => attacker.close());

  it('gets neither the message nor the token of the bot', async () => {
    const adapter = createAdapter(
      {
        mode: 'teams',
        appId: '0b07f9c2-5d1e-4f3a-9a51-3a8f0e6c7d21',
        tenantId: '7c1b2f66-8d0e-4f0a-b1de-52c1d35f9e07',
        allowedTenants: [],
        identity: { kind: 'secret', secret: 'known to nobody' },
        cloud: 'public',
        testChannel: null,
      },
      { warn: () => undefined, error: () => undefined },
    );
    const reference = { ...someReference, serviceUrl: attacker.url };
    const refused = { kind: 'refused', reason: 'untrusted-service-url' };
    assert.deepEqual(await adapter.sendActivity(reference, message('hello')), refused);
    assert.deepEqual(await adapter.updateActivity(reference, { ...message('hello'), id: '1' }), refused);
    await assert.rejects(
      adapter.cloud.continueConversationAsync('', reference, async () => undefined),
      { code: 'untrusted-service-url' },
    );
    assert.deepEqual(attacker.authorizations, []);
  });

  it('would get both from the SDK', async () => {
    const { connector, issuer, close } = await startBotHost();
    try {
      const adapter = createSdkAdapter(issuer, connector.appId);
      const reference = { ...someReference, serviceUrl: attacker.url };
      await adapter
        .continueConversationAsync(connector.appId, reference, async (context) => {
          await context.sendActivity('hello');
        })
        .catch(() => undefined);
      assert.equal(attacker.authorizations[0], `Bearer ${sdkToken}`);
    } finally {
      await close();
    }
  });
});

describe('A serviceUrl', () => {
  const teams = { hosts: ['smba.trafficmanager.net'], loopback: false };
  const local = { hosts: [], loopback: true };
  const table: readonly (readonly [unknown, boolean, boolean])[] = [
    // serviceUrl, trusted in Teams, trusted in local mode
    ['https://smba.trafficmanager.net/emea/', true, false],
    ['https://SMBA.trafficmanager.net/emea/', true, false],
    ['http://smba.trafficmanager.net/emea/', false, false],
    ['https://smba.trafficmanager.net:8443/', false, false],
    ['https://evil.trafficmanager.net/', false, false],
    ['https://smba.trafficmanager.net.evil.example/', false, false],
    ['https://smba.trafficmanager.net@evil.example/', false, false],
    ['https://user:word@smba.trafficmanager.net/', false, false],
    ['https://smba.trafficmanager.net./', false, false],
    ['http://127.0.0.1:3979/', false, true],
    ['http://localhost:56150/_connector', false, true],
    ['http://[::1]:3979/', false, true],
    ['http://127.0.0.1.evil.example/', false, false],
    ['http://169.254.169.254/', false, false],
    ['ftp://127.0.0.1/', false, false],
    ['', false, false],
    [undefined, false, false],
    [{ href: 'https://smba.trafficmanager.net/' }, false, false],
  ];
  for (const [serviceUrl, inTeams, inLocal] of table) {
    it(`${JSON.stringify(serviceUrl)} is ${inTeams || inLocal ? 'trusted' : 'not trusted'}`, () => {
      assert.equal(isTrustedServiceUrl(serviceUrl, teams), inTeams);
      assert.equal(isTrustedServiceUrl(serviceUrl, local), inLocal);
    });
  }

  it('of somebody else ends an activity with 403 in local mode, where nobody signs', async () => {
    const host = await startBotHost({ mode: 'local' });
    try {
      const answer = await host.connector
        .user()
        .sends({ type: 'message', serviceUrl: 'https://evil.example/' });
      assert.equal(answer.status, 403);
      assert.equal(host.turns.length, 0);
    } finally {
      await host.close();
    }
  });
});

describe('An activity from a tenant', () => {
  let host: BotHost;
  before(async () => {
    host = await startBotHost();
  });
  after(() => host.close());

  const stranger = '99999999-8888-4777-8666-555555555555';
  it('is heard when the tenant is allowed, in upper case too', async () => {
    const tenantId = host.connector.tenantId.toUpperCase();
    assert.equal((await host.connector.user({ tenantId }).says('hello')).status, 200);
  });

  it('gets 403 when it is not', async () => {
    const answer = await host.connector.user({ tenantId: stranger }).says('hello');
    assert.deepEqual(answer, { status: 403, body: undefined });
  });

  it('gets 403 when it names two, one of them a stranger', async () => {
    const maria = host.connector.user();
    const answer = await maria.sends({ type: 'message', channelData: { tenant: { id: stranger } } });
    assert.equal(answer.status, 403);
  });

  it('gets 403 when it names none', async () => {
    const maria = host.connector.user();
    const conversation = { id: maria.conversation } as never;
    const answer = await maria.sends({ type: 'message', conversation, channelData: {} });
    assert.equal(answer.status, 403);
  });
});

const someReference: Partial<ConversationReference> = {
  channelId: 'msteams',
  conversation: { id: 'a:1', conversationType: 'personal', isGroup: false, name: '' },
  bot: { id: '28:bot', name: '' },
  user: { id: '29:1', name: '' },
};

function referenceTo(host: BotHost, user: TeamsUser): Partial<ConversationReference> {
  const conversation = { id: user.conversation, conversationType: 'personal', isGroup: false, name: '' };
  return { ...someReference, serviceUrl: host.connector.url, conversation };
}

function message(text: string) {
  return { type: 'message', text };
}

/** Somebody who takes whatever comes, answers 429 and asks for more at once. */
async function startOpenConnector(): Promise<
  HttpDouble & { readonly authorizations: (string | undefined)[] }
> {
  const authorizations: (string | undefined)[] = [];
  const server = await listen(async (request, response) => {
    await bodyOf(request);
    authorizations.push(request.headers.authorization);
    send(json(429, {}, { 'Retry-After': '0' }), response);
  });
  return { ...server, authorizations };
}
