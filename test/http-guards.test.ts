import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { addressOf, identifyClient, requireLoopback } from '../src/http-guards.ts';
import { type BotHost, startBotHost } from './doubles/bot-host.ts';
import { someActivity } from './doubles/sdk-bot.ts';

describe('A request for the bot', () => {
  let host: BotHost;
  before(async () => {
    host = await startBotHost({ mode: 'local' });
  });
  after(() => host.close());
  beforeEach(() => {
    host.turns.length = 0;
  });

  const json = { 'Content-Type': 'application/json' };
  const bomb = gzipSync(Buffer.alloc(10_000_000));
  const activity = () => JSON.stringify(someActivity(host.connector.url));

  it('runs a turn when it is an activity', async () => {
    assert.equal((await post(host, activity(), json)).status, 200);
    assert.equal(host.turns[0]?.text, 'hello');
    assert.ok((host.turns[0]?.timestamp ?? new Date()) instanceof Date);
  });

  it('may say that it is not compressed', async () => {
    const headers = { ...json, 'Content-Encoding': 'identity' };
    assert.equal((await post(host, activity(), headers)).status, 200);
  });

  for (const encoding of ['gzip', 'GZIP', 'deflate', 'br', 'gzip, identity']) {
    it(`gets 415 for the content encoding ${encoding}, and the server lives`, async () => {
      const headers = { ...json, 'Content-Encoding': encoding };
      assert.equal((await post(host, activity(), headers)).status, 415);
      assert.equal((await post(host, bomb, headers)).status, 415);
      assert.equal((await post(host, activity(), json)).status, 200);
    });
  }

  it('would end the process if restify read a body that is not what its header says', async () => {
    const { code, words } = await postToBareRestify('{"type":"message"}', 'gzip');
    assert.notEqual(code, 0);
    assert.match(words, /incorrect header check/);
  });

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ]) {
    it(`gets 415 for the content type "${type}", which a web page could send from elsewhere`, async () => {
      assert.equal((await post(host, activity(), { 'Content-Type': type })).status, 415);
      assert.equal(host.turns.length, 0);
    });
  }

  it('gets 413 when it announces more than 256 KiB, before a byte of it is read', async () => {
    const outgoing = httpRequest(`${host.url}/api/messages`, {
      method: 'POST',
      headers: { ...json, 'Content-Length': 256 * 1024 + 1 },
    });
    outgoing.flushHeaders();
    const [response] = await once(outgoing, 'response');
    assert.equal(response.statusCode, 413);
    outgoing.destroy();
  });

  it('gets 413 beyond 256 KiB, also when it does not say how long it is', async () => {
    assert.equal(await postInChunks(host, 300, 'x'.repeat(1024)), 413);
    assert.equal(host.turns.length, 0);
  });

  const malformed: readonly (readonly [string, string, RegExp])[] = [
    ['no JSON', '{"type":', /invalid-json/],
    ['nothing', '', /not-an-activity/],
    ['null', 'null', /not-an-activity/],
    ['a list', '[]', /not-an-activity/],
    ['an empty object', '{}', /"type","channelId","serviceUrl","conversation","from"/],
    ['a number for a name', '{"type":7}', /type/],
  ];
  for (const [what, body, expected] of malformed) {
    it(`gets 400 with the reason for ${what}`, async () => {
      const answer = await post(host, body, json);
      assert.equal(answer.status, 400);
      assert.match(answer.text, expected);
    });
  }

  it('gets 400 for parts that are no text, and reads nothing of them back', async () => {
    const broken = {
      ...someActivity(host.connector.url),
      conversation: { id: { $gt: 'secret' } },
      from: 'x',
    };
    const answer = await post(host, JSON.stringify(broken), json);
    assert.deepEqual(JSON.parse(answer.text), {
      error: 'not-an-activity',
      fields: ['conversation.id', 'from'],
    });
  });

  it('goes through when it nests very deeply', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const body = activity().replace('"hello"', `"hello","value":${deep}`);
    assert.equal((await post(host, body, json)).status, 200);
  });

  it('gets a short answer when it asks for what is not there', async () => {
    const answer = await fetch(`${host.url}/<script>`);
    assert.equal(answer.status, 404);
    assert.equal(await answer.text(), '{"error":"not-found"}');
    assert.equal((await fetch(`${host.url}/api/messages`)).status, 405);
    assert.equal((await fetch(`${host.url}/scripts/1/..%2f..%2fpackage.json`)).status, 404);
  });
});

describe('In local mode, where nobody signs in', () => {
  let host: BotHost;
  before(async () => {
    host = await startBotHost({ mode: 'local' });
  });
  after(() => host.close());

  const names: readonly (readonly [string, number])[] = [
    ['127.0.0.1:3978', 200],
    ['localhost:3978', 200],
    ['[::1]:3978', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:3978', 403],
  ];
  for (const [name, status] of names) {
    it(`answers ${status} to somebody who calls the server "${name}"`, async () => {
      assert.equal(await getAs(host, '/healthz', name), status);
    });
  }

  const addresses: readonly (readonly [string | undefined, boolean])[] = [
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.7', false],
    ['::ffff:10.0.0.7', false],
    ['fe80::1', false],
    [undefined, false],
  ];
  for (const [remoteAddress, heard] of addresses) {
    it(`${heard ? 'hears' : 'refuses'} somebody at ${remoteAddress}, though they say "localhost"`, () => {
      const request = { socket: { remoteAddress }, headers: { host: 'localhost:3978' } };
      const response = { statusCode: 200, setHeader: () => undefined, end: () => undefined };
      let went: unknown = 'nowhere';
      requireLoopback(request as never, response as never, (goOn) => {
        went = goOn;
      });
      assert.deepEqual([went, response.statusCode], heard ? [undefined, 200] : [false, 403]);
    });
  }
});

describe('In Teams mode', () => {
  it('the server may be called by any name', async () => {
    const host = await startBotHost();
    try {
      assert.equal(await getAs(host, '/healthz', 'bot.contoso.example'), 200);
    } finally {
      await host.close();
    }
  });
});

describe('Somebody asks too often', () => {
  it('gets 429 before anything is checked, and hears when to come back', async () => {
    const host = await startBotHost({ server: { rateLimit: { requests: 3, seconds: 60 } } });
    try {
      const ask = () => fetch(`${host.url}/api/messages`, { method: 'POST', body: 'x' });
      const statuses = [];
      for (let index = 0; index < 4; index++) statuses.push((await ask()).status);
      assert.deepEqual(statuses, [415, 415, 415, 429]);
      assert.match((await ask()).headers.get('retry-after') ?? '', /^\d+$/);
    } finally {
      await host.close();
    }
  });
});

describe('The address that a request is counted under', () => {
  const table: readonly (readonly [string, number, string | undefined, string])[] = [
    ['is the one that connects, whatever the caller claims', 0, '192.0.2.1', '10.0.0.9'],
    ['is what our proxy saw', 1, '192.0.2.1', '192.0.2.1'],
    ['is what our proxy saw, not what the caller claimed before', 1, '203.0.113.5, 192.0.2.1', '192.0.2.1'],
    ['is what the outer one of two proxies saw', 2, '203.0.113.5, 192.0.2.1, 10.1.1.1', '192.0.2.1'],
    ['is taken without its port', 1, '192.0.2.1:4711', '192.0.2.1'],
    ['may be one of IPv6', 1, '2001:db8::7', '2001:db8::7'],
    ['may be one of IPv6 with a port', 1, '[2001:db8::7]:4711', '2001:db8::7'],
    ['is the one that connects when the proxy was left out', 1, undefined, '10.0.0.9'],
    ['is the one that connects when an entry is missing', 2, '192.0.2.1', '10.0.0.9'],
    ['is the one that connects when the entry is no address', 1, 'unknown', '10.0.0.9'],
    ['is the one that connects when the header is empty', 1, '', '10.0.0.9'],
  ];
  for (const [what, hops, forwarded, expected] of table) {
    it(`${what} (${hops} hops, ${forwarded})`, () => {
      const request = { socket: { remoteAddress: '10.0.0.9' }, headers: { 'x-forwarded-for': forwarded } };
      identifyClient(hops)(request as never, null as never, () => undefined);
      assert.equal(addressOf(request as never), expected);
    });
  }

  it('has a count of its own behind a proxy', async () => {
    const config = { mode: 'teams', host: '127.0.0.1', port: 0, trustedProxyHops: 1 } as const;
    const host = await startBotHost({ server: { config, rateLimit: { requests: 1, seconds: 60 } } });
    try {
      const ask = async (caller: string) =>
        (await fetch(`${host.url}/healthz`, { headers: { 'X-Forwarded-For': caller } })).status;
      const callers = ['192.0.2.1', '192.0.2.2', '192.0.2.1', '198.51.100.9, 192.0.2.2'];
      const statuses = [];
      for (const caller of callers) statuses.push(await ask(caller));
      assert.deepEqual(statuses, [200, 200, 429, 429]);
    } finally {
      await host.close();
    }
  });
});

async function post(host: BotHost, body: string | Buffer, headers: Record<string, string>) {
  const response = await fetch(`${host.url}/api/messages`, {
    method: 'POST',
    headers,
    body: new Uint8Array(Buffer.from(body)),
  });
  return { status: response.status, text: await response.text() };
}

async function postInChunks(host: BotHost, count: number, chunk: string): Promise<number | undefined> {
  const outgoing = httpRequest(`${host.url}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
  });
  for (let index = 0; index < count; index++) outgoing.write(chunk);
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  response.resume();
  return response.statusCode;
}

async function getAs(host: BotHost, path: string, name: string): Promise<number | undefined> {
  const outgoing = httpRequest(host.url + path, { headers: { Host: name } });
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  response.resume();
  return response.statusCode;
}

async function postToBareRestify(body: string, encoding: string): Promise<{ code: number; words: string }> {
  const program = `
    import restify from 'restify';
    const server = restify.createServer();
    server.use(restify.plugins.bodyParser({ maxBodySize: 1024 }));
    server.post('/', (request, response, next) => { response.send(200); next(); });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program]);
  const exit = once(child, 'exit');
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += chunk;
  });
  const [port] = await once(child.stdout, 'data');
  await fetch(`http://127.0.0.1:${Number(port)}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': encoding },
    body,
  }).catch(() => undefined);
  const [code] = await exit;
  return { code, words };
}
