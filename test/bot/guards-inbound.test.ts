import assert from 'node:assert/strict';
import { ToBotFromBotOrEmulatorTokenValidationParameters as emulator } from 'botframework-connector';
import { createInboundCheck, KeysUnavailable } from '../../src/bot/guards/inbound-token.ts';
import { type BotHost, startBotHost } from '../doubles/bot-host.ts';
import { listen } from '../doubles/http-double.ts';
import { askSdk, createSdkAdapter, someActivity } from '../doubles/sdk-bot.ts';
import type { HostileToken } from '../doubles/token-issuer.ts';

describe('An activity arrives with a token', () => {
  let host: BotHost;
  before(async () => {
    host = await startBotHost();
  });
  after(() => host.close());
  beforeEach(() => {
    host.turns.length = 0;
  });

  it('runs a turn when the channel signed it for this bot', async () => {
    const { connector, issuer } = host;
    const token = await issuer.token({ appId: connector.appId, serviceUrl: connector.url });
    const answer = await ask(host, someActivity(connector.url), token);
    assert.equal(answer.status, 200);
    assert.equal(host.turns.length, 1);
  });

  const hostile: readonly HostileToken[] = [
    'forged signature',
    'unknown key',
    'key without endorsements',
    'key endorsed for another channel',
    'expired',
    'not valid yet',
    'without exp',
    'other issuer',
    'emulator issuer',
    'other audience',
    'other serviceurl',
    'without serviceurl',
    'unsigned',
  ];
  for (const kind of hostile) {
    it(`answers 401 and nothing else to a token with this fault: ${kind}`, async () => {
      const { connector, issuer } = host;
      const target = { appId: connector.appId, serviceUrl: connector.url };
      const token = await issuer.hostileToken(kind, target);
      const answer = await ask(host, someActivity(connector.url), token);
      assert.deepEqual(answer, { status: 401, text: '' });
      assert.equal(host.turns.length, 0);
    });
  }

  for (const header of ['', 'Bearer', 'Bearer x', 'Basic dXNlcjpwYXNz', `Bearer ${'x'.repeat(9000)}.a.b`]) {
    it(`answers 401 to the header "${header.slice(0, 20)}" of ${header.length} letters`, async () => {
      const answer = await post(host, someActivity(host.connector.url), { Authorization: header });
      assert.deepEqual(answer, { status: 401, text: '' });
    });
  }

  it('answers 400 to an empty object', async () => {
    const answer = await post(host, {}, {});
    assert.equal(answer.status, 400);
    assert.match(answer.text, /conversation/);
  });

  it('refuses an activity without serviceUrl, however good the token', async () => {
    const { connector, issuer } = host;
    const token = await issuer.token({ appId: connector.appId, serviceUrl: connector.url });
    const { serviceUrl: _, ...without } = someActivity(connector.url);
    assert.equal((await ask(host, without, token)).status, 400);
    const verify = createInboundCheck(
      { issuer: 'https://api.botframework.com', metadataUrl: issuer.metadataUrl },
      connector.appId,
    );
    await assert.rejects(verify(`Bearer ${token}`, without), { code: 'no-service-url' });
  });

  it('keeps no claim of a token that it refuses', async () => {
    const { connector, issuer } = host;
    const before = emulator.issuer?.length;
    for (let index = 0; index < 20; index++) {
      const token = await issuer.sign({ iss: 'https://junk.example', tid: `junk-${index}` });
      assert.equal((await ask(host, someActivity(connector.url), token)).status, 401);
    }
    assert.equal(emulator.issuer?.length, before);
  });

  it('asks for the keys once, and for no stranger', async () => {
    const fresh = await startBotHost();
    try {
      const { connector, issuer } = fresh;
      const junk = await issuer.sign({ iss: 'https://junk.example' });
      await ask(fresh, someActivity(connector.url), junk);
      assert.equal(issuer.counts.keys, 0);
      const token = await issuer.token({ appId: connector.appId, serviceUrl: connector.url });
      await Promise.all([1, 2, 3].map(() => ask(fresh, someActivity(connector.url), token)));
      assert.equal(issuer.counts.keys, 1);
    } finally {
      await fresh.close();
    }
  });

  it('writes why to the log, without the token', async () => {
    const { connector, issuer } = host;
    host.logged.length = 0;
    const token = await issuer.hostileToken('expired', { appId: connector.appId, serviceUrl: connector.url });
    await ask(host, someActivity(connector.url), token);
    assert.equal(host.logged.length, 1);
    const line = JSON.stringify(host.logged);
    assert.match(line, /ERR_JWT_EXPIRED/);
    assert.ok(!line.includes(token.slice(0, 30)) && !line.includes('hello'));
  });
});

describe("The channel's keys cannot be had", () => {
  it('says so, rather than that the token is bad', async () => {
    const broken = await listen(async (_request, response) => {
      response.statusCode = 503;
      response.end();
    });
    const host = await startBotHost();
    try {
      const { connector, issuer } = host;
      const token = await issuer.token({ appId: connector.appId, serviceUrl: connector.url });
      const cloud = { issuer: 'https://api.botframework.com', metadataUrl: broken.url };
      const verify = createInboundCheck(cloud, connector.appId);
      await assert.rejects(verify(`Bearer ${token}`, { serviceUrl: connector.url }), KeysUnavailable);
    } finally {
      await host.close();
      await broken.close();
    }
  });
});

/** Why the checks above are ours: what the SDK makes of the same requests. */
describe('The SDK without our guards', () => {
  let host: BotHost;
  before(async () => {
    host = await startBotHost();
  });
  after(() => host.close());

  const sdk = () => createSdkAdapter(host.issuer, host.connector.appId);
  const target = () => ({ appId: host.connector.appId, serviceUrl: host.connector.url });

  for (const kind of ['without exp', 'key without endorsements'] as const) {
    it(`runs the turn of a token with this fault: ${kind}`, async () => {
      const token = await host.issuer.hostileToken(kind, target());
      const answer = await askSdk(sdk(), someActivity(host.connector.url), token);
      assert.deepEqual({ status: answer.status, turns: answer.turns }, { status: 200, turns: 1 });
    });
  }

  it('runs the turn of a token from the Emulator, with any serviceUrl', async () => {
    const token = await host.issuer.hostileToken('emulator issuer', target());
    const serviceUrl = 'https://attacker.example/';
    // The Emulator's path reads the same endorsements, so the key must fit the channel.
    assert.equal((await askSdk(sdk(), someActivity(serviceUrl), token)).turns, 1);
  });

  it('runs the turn of an activity without serviceUrl', async () => {
    const { serviceUrl: _, ...without } = someActivity(host.connector.url);
    assert.equal((await askSdk(sdk(), without, await host.issuer.token(target()))).turns, 1);
  });

  it('runs the turn of a tenant that nobody allowed', async () => {
    const stranger = someActivity(host.connector.url, { channelData: { tenant: { id: 'stranger' } } });
    assert.equal((await askSdk(sdk(), stranger, await host.issuer.token(target()))).turns, 1);
  });

  it('answers a forged signature with 500 and the text of its error', async () => {
    const token = await host.issuer.hostileToken('forged signature', target());
    const answer = await askSdk(sdk(), someActivity(host.connector.url), token);
    assert.equal(answer.status, 500);
    assert.match(String(answer.body), /invalid signature/);
  });

  it('throws at an empty object, before it has looked for a token', async () => {
    await assert.rejects(askSdk(sdk(), {}, ''), /missing activity type/);
  });

  it('remembers the claims of tokens that it refuses', async () => {
    const before = emulator.issuer?.length ?? 0;
    for (let index = 0; index < 5; index++) {
      const token = await host.issuer.sign({ iss: 'https://junk.example', tid: `remembered-${index}` });
      await askSdk(sdk(), someActivity(host.connector.url), token);
    }
    assert.equal(emulator.issuer?.length, before + 20);
  });
});

async function ask(host: BotHost, activity: unknown, token: string) {
  return post(host, activity, { Authorization: `Bearer ${token}` });
}

async function post(host: BotHost, activity: unknown, headers: Record<string, string>) {
  const response = await fetch(`${host.url}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(activity),
  });
  return { status: response.status, text: await response.text() };
}
