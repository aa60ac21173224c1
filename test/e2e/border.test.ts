import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { databaseStarts, teamsWorld, type World } from './harness.ts';

describe('The server in Teams mode', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await teamsWorld();
  });

  /** Nothing was said and the server still answers. */
  async function goesOn(before: number): Promise<void> {
    assert.equal(world.connector.requests.length, before);
    assert.equal((await fetch(`${world.app.url}/healthz`)).status, 200);
  }

  it('refuses people of a tenant that is not allowed', async () => {
    const before = world.connector.requests.length;
    const stranger = world.connector.user({ tenantId: '99999999-8888-4777-8666-555555555555' });
    assert.equal((await stranger.says('hello')).status, 403);
    await goesOn(before);
  });

  it('refuses a serviceUrl that is not that of Teams, though the token is good', async () => {
    const before = world.connector.requests.length;
    const maria = world.connector.user();
    const answer = await maria.sends({ type: 'message', text: 'hello', serviceUrl: 'https://evil.example/' });
    assert.ok([401, 403].includes(answer.status), String(answer.status));
    await goesOn(before);
  });

  for (const kind of [
    'forged signature',
    'expired',
    'other audience',
    'emulator issuer',
    'unsigned',
  ] as const) {
    it(`refuses a token with: ${kind}`, async () => {
      const before = world.connector.requests.length;
      const target = { appId: world.connector.appId, serviceUrl: world.connector.url };
      const token = await world.issuer.hostileToken(kind, target);
      assert.equal((await post(activity(), { authorization: `Bearer ${token}` })).status, 401);
      await goesOn(before);
    });
  }

  it('refuses a request without a token', async () => {
    const before = world.connector.requests.length;
    assert.equal((await post(activity(), {})).status, 401);
    await goesOn(before);
  });

  for (const body of ['{}', 'null', '[]', '"hello"', '{"type":"message"}', '{"type":', '\u0000']) {
    it(`answers 400 to ${JSON.stringify(body)}, with a good token too`, async () => {
      const before = world.connector.requests.length;
      assert.equal((await post(body, await signed())).status, 400);
      await goesOn(before);
    });
  }

  it('refuses compressed bodies, real and pretended', async () => {
    const before = world.connector.requests.length;
    const headers = { ...(await signed()), 'content-encoding': 'gzip' };
    assert.equal((await post(gzipSync(activity()), headers)).status, 415);
    assert.equal((await post(activity(), headers)).status, 415);
    await goesOn(before);
  });

  it('refuses a body that is too long', async () => {
    const before = world.connector.requests.length;
    const answer = await post(JSON.stringify({ text: 'x'.repeat(300_000) }), await signed());
    assert.equal(answer.status, 413);
    await goesOn(before);
  });

  it('tells nobody what it runs on, or what went wrong inside', async () => {
    const answers = await Promise.all([
      post('{}', {}),
      post(activity(), {}),
      fetch(`${world.app.url}/nothing`),
    ]);
    for (const answer of answers) {
      assert.equal(answer.headers.get('server') ?? '', '');
      assert.doesNotMatch(await answer.text(), /restify|node\b|Error:|\n +at /i);
    }
  });

  function post(body: string | Uint8Array, headers: Record<string, string>): Promise<Response> {
    return fetch(`${world.app.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: body as NonNullable<RequestInit['body']>,
    });
  }

  async function signed(): Promise<Record<string, string>> {
    const target = { appId: world.connector.appId, serviceUrl: world.connector.url };
    return { authorization: `Bearer ${await world.issuer.token(target)}` };
  }

  function activity(): string {
    const { tenantId } = world.connector;
    return JSON.stringify({
      type: 'message',
      id: 'of-an-attacker',
      channelId: 'msteams',
      serviceUrl: world.connector.url,
      from: { id: '29:1user-0001' },
      conversation: { id: 'a:1user-0001', tenantId },
      channelData: { tenant: { id: tenantId } },
      text: '0x8004de40',
    });
  }
});
