import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Download } from '../src/downloads.ts';
import { createServer } from '../src/server.ts';
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

  it('gets 413 beyond 256 KiB, by its own word', async () => {
    const answer = await post(host, 'x'.repeat(256 * 1024 + 1), json);
    assert.deepEqual(answer, { status: 413, text: '{"error":"body-too-large"}' });
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

describe('The health of the server', () => {
  const cases: readonly (readonly [string, () => Promise<boolean>, number, string])[] = [
    ['is ready', async () => true, 200, '{"status":"ok"}'],
    ['is not ready', async () => false, 503, '{"status":"unavailable"}'],
    ['cannot tell', () => Promise.reject(new Error('no database')), 503, '{"status":"unavailable"}'],
  ];
  for (const [what, isReady, status, text] of cases) {
    it(`is ${status} when it ${what}`, async () => {
      const host = await startBotHost({ server: { isReady } });
      try {
        const answer = await fetch(`${host.url}/healthz`);
        assert.equal(answer.status, status);
        assert.equal(await answer.text(), text);
      } finally {
        await host.close();
      }
    });
  }
});

describe('A script is downloaded', () => {
  const script = download('handshake-check.ps1', 'Write-Host "hello"\r\n');
  let host: BotHost;
  before(async () => {
    host = await startBotHost({ server: { scripts: [script] } });
  });
  after(() => host.close());

  it('comes byte for byte, with its size and its SHA-256', async () => {
    const answer = await fetch(host.url + script.path);
    assert.equal(answer.status, 200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const sha256 = createHash('sha256').update(bytes);
    assert.equal(answer.headers.get('content-length'), String(bytes.length));
    assert.equal(answer.headers.get('x-checksum-sha256'), script.sha256);
    assert.equal(answer.headers.get('repr-digest'), `sha-256=:${sha256.digest('base64')}:`);
    assert.deepEqual(bytes, Buffer.from(script.bytes));
  });

  it('is saved, not opened, and is kept by caches', async () => {
    const { headers } = await fetch(host.url + script.path);
    assert.equal(headers.get('content-disposition'), 'attachment; filename="handshake-check.ps1"');
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });

  it('tells the same without the bytes to HEAD', async () => {
    const answer = await fetch(host.url + script.path, { method: 'HEAD' });
    assert.equal(answer.headers.get('content-length'), String(script.size));
    assert.equal(await answer.text(), '');
  });

  it('is not sent again to somebody who has it', async () => {
    const { headers } = await fetch(host.url + script.path);
    const again = await fetch(host.url + script.path, {
      headers: { 'If-None-Match': headers.get('etag') ?? '' },
    });
    assert.equal(again.status, 304);
  });

  it('answers 404 for another version', async () => {
    assert.equal((await fetch(`${host.url}/scripts/other/${script.fileName}`)).status, 404);
  });
});

describe('A turn', () => {
  it('that fails answers 500 without a word of its error, and the server lives', async () => {
    const host = await startBotHost({
      mode: 'local',
      onTurn: async () => {
        throw new Error('secret words');
      },
    });
    try {
      const maria = host.connector.user();
      assert.deepEqual(await maria.says('hello'), { status: 500, body: undefined });
      assert.equal((await maria.says('hello again')).status, 500);
      assert.equal(host.logged[0]?.text, 'turn failed');
    } finally {
      await host.close();
    }
  });

  it('that takes too long is answered in time; the message counts as taken, the invoke has failed', async () => {
    const slow = Promise.withResolvers<void>();
    const host = await startBotHost({
      mode: 'local',
      server: { answerWithinMilliseconds: 20 },
      onTurn: () => slow.promise,
    });
    try {
      const maria = host.connector.user();
      assert.equal((await maria.says('hello')).status, 202);
      assert.equal((await maria.invokes('adaptiveCard/action', {})).status, 504);
    } finally {
      slow.resolve();
      await host.close();
    }
  });

  it('answers an invoke with what the bot gives back', async () => {
    const host = await startBotHost({
      mode: 'local',
      onTurn: async (context) => {
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: { type: 'x' } } });
      },
    });
    try {
      const answer = await host.connector.user().invokes('adaptiveCard/action', {});
      assert.deepEqual(answer, { status: 200, body: { type: 'x' } });
    } finally {
      await host.close();
    }
  });

  it('is finished, and its answer sent, before the server ends', async () => {
    const began = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const host = await startBotHost({
      mode: 'local',
      onTurn: async () => {
        began.resolve();
        await goOn.promise;
      },
    });
    const answer = host.connector.user().says('hello');
    await began.promise;
    let closed = false;
    const closing = host.close().then(() => {
      closed = true;
    });
    await assert.rejects(fetch(`${host.url}/healthz`));
    assert.equal(closed, false);
    goOn.resolve();
    assert.equal((await answer).status, 200);
    await closing;
  });
});

describe('Somebody else has the port', () => {
  it('is told to whoever starts the server', async () => {
    const first = await startBotHost({ mode: 'local' });
    try {
      const port = Number(new URL(first.url).port);
      const second = createServer({
        config: { mode: 'local', host: '127.0.0.1', port },
        adapter: first.adapter,
        onTurn: async () => undefined,
        scripts: [],
        isReady: async () => true,
        log: { warn: () => undefined, error: () => undefined },
      });
      await assert.rejects(second.listen(), { code: 'EADDRINUSE' });
    } finally {
      await first.close();
    }
  });
});

describe('A client that goes away in the middle of its request', () => {
  it('harms nobody', async () => {
    const host = await startBotHost({ mode: 'local' });
    try {
      const { port } = new URL(host.url);
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      const head = 'POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
      socket.write(`${head}Content-Length: 1000\r\n\r\n{"type"`);
      socket.resetAndDestroy();
      await once(socket, 'close');
      assert.equal((await host.connector.user().says('hello')).status, 200);
      assert.equal(host.turns.length, 1);
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

/** fetch sets the Host header itself, so this goes one floor down. */
async function getAs(host: BotHost, path: string, name: string): Promise<number | undefined> {
  const outgoing = httpRequest(host.url + path, { headers: { Host: name } });
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  response.resume();
  return response.statusCode;
}

/** A restify server as its handbook has it, in a process of its own, and one request to it. */
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

function download(fileName: string, text: string): Download {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = `/scripts/${sha256.slice(0, 12)}/${fileName}`;
  return { fileName, bytes, size: bytes.length, sha256, path, contentType: 'application/octet-stream' };
}
