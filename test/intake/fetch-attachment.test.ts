import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFetcher, type FetcherOptions } from '../../src/intake/fetch-attachment.ts';
import { answer, type LoopbackServer, startServer } from './loopback-server.ts';

/** For what is meant to fail by time; all else has the time that it needs. */
const impatient = { headers: 300, body: 300, total: 700 };
let server: LoopbackServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

describe('a file that a person attached', () => {
  it('is fetched, with its bytes as they are', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x41, 0x00]);
    const result = await fetchFrom((_, response) => response.end(bytes));
    assert.deepEqual(result, { kind: 'file', bytes, name: 'report.txt' });
  });

  it('is asked for without any token or cookie', async () => {
    let headers: IncomingMessage['headers'] = {};
    await fetchFrom((request, response) => {
      headers = request.headers;
      response.end('x');
    });
    assert.equal(headers.authorization, undefined);
    assert.equal(headers.cookie, undefined);
  });

  it('has only the last part of its name, without control characters', async () => {
    const name = '..\\..\\C:/temp/re\u202eport\u0000.txt';
    const result = await fetchFrom((_, response) => response.end('x'), { name });
    assert.equal(result.kind === 'file' && result.name, 'report.txt');
  });

  for (const status of [401, 403, 404, 410]) {
    it(`has lapsed when the answer is ${status}`, async () => {
      const result = await fetchFrom((_, response) => answer(response, status, {}, 'page'));
      assert.deepEqual(result, { kind: 'lapsed', host: '127.0.0.1', status });
    });
  }

  it('is unreachable when the server is in trouble', async () => {
    const result = await fetchFrom((_, response) => answer(response, 503, {}, 'later'));
    assert.deepEqual(result, { kind: 'unreachable', host: '127.0.0.1', reason: 'status-503' });
  });

  it('is unreachable when nobody listens', async () => {
    const gone = await startServer(() => undefined);
    await gone.close();
    const fetchAttachment = createFetcher({ allowedHosts: [], allowLoopback: true });
    const result = await fetchAttachment({ url: gone.url, name: 'x' });
    assert.deepEqual(result, { kind: 'unreachable', host: '127.0.0.1', reason: 'ECONNREFUSED' });
  });

  it('is unreachable when the connection breaks in the middle', async () => {
    const result = await fetchFrom((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    assert.equal(result.kind, 'unreachable');
  });

  it('is not unpacked when it comes compressed', async () => {
    const result = await fetchFrom((_, response) =>
      answer(response, 200, { 'content-encoding': 'gzip' }, 'x'),
    );
    assert.deepEqual(result, { kind: 'unreachable', host: '127.0.0.1', reason: 'content-encoding' });
  });
});

describe('a file that is too large', () => {
  it('is not read when its length says so', async () => {
    const result = await fetchFrom((_, response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('x');
    });
    assert.deepEqual(result, { kind: 'too-large', host: '127.0.0.1' });
  });

  it('is cut off at the cap when it never ends, and the connection is closed', async () => {
    let closed = Promise.resolve<unknown>(undefined);
    const result = await fetchFrom((_, response) => {
      closed = once(response, 'close');
      pour(response);
    });
    assert.deepEqual(result, { kind: 'too-large', host: '127.0.0.1' });
    await closed;
  });

  it('does no harm when it is an error page that never ends', async () => {
    const result = await fetchFrom((_, response) => {
      response.writeHead(403);
      pour(response);
    });
    assert.equal(result.kind, 'lapsed');
  });

  it('is read up to the cap exactly', async () => {
    const result = await fetchFrom((_, response) => response.end('x'.repeat(1000)));
    assert.equal(result.kind === 'file' && result.bytes.length, 1000);
  });

  it('does not get past the cap with a length that is too small', async () => {
    const result = await fetchFrom((_, response) => {
      response.socket?.write(`HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n${'x'.repeat(5000)}`);
    });
    assert.ok(result.kind !== 'file' || result.bytes.length === 10);
  });
});

describe('a file that is slow', () => {
  it('is given up when no answer begins', async () => {
    const result = await fetchFrom(() => undefined, { deadlines: impatient });
    assert.deepEqual(result, { kind: 'timeout', host: '127.0.0.1' });
  });

  it('is given up when the answer stops in the middle', async () => {
    const result = await fetchFrom(
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('x');
      },
      { deadlines: impatient },
    );
    assert.deepEqual(result, { kind: 'timeout', host: '127.0.0.1' });
  });

  it('is given up in the end although bytes keep dripping', async () => {
    const result = await fetchFrom(
      (_, response) => {
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      },
      { deadlines: impatient },
    );
    assert.deepEqual(result, { kind: 'timeout', host: '127.0.0.1' });
  });
});

describe('a redirect', () => {
  it('is followed, three times at most', async () => {
    const hops = (count: number) => (request: IncomingMessage, response: ServerResponse) => {
      const hop = Number(request.url?.slice(1) || 0);
      if (hop < count) {
        answer(response, 302, { location: `/${hop + 1}` });
      } else {
        response.end('x');
      }
    };
    assert.equal((await fetchFrom(hops(3))).kind, 'file');
    await server?.close();
    assert.deepEqual(await fetchFrom(hops(4)), {
      kind: 'unreachable',
      host: '127.0.0.1',
      reason: 'too-many-redirects',
    });
  });

  for (const [location, host] of [
    ['https://evil.example/x', 'evil.example'],
    ['http://169.254.169.254/metadata', '169.254.169.254'],
    ['http://10.0.0.1/', '10.0.0.1'],
    ['https://127.0.0.1/', '127.0.0.1'],
    ['//evil.example/x', 'evil.example'],
    ['file:///etc/passwd', ''],
    ['https://contoso.sharepoint.com:8443/x', 'contoso.sharepoint.com'],
  ] as const) {
    it(`is not followed to ${location}`, async () => {
      const result = await fetchFrom((_, response) => answer(response, 302, { location }));
      assert.deepEqual(result, { kind: 'forbidden-host', host });
    });
  }
});

describe('a host that is not allowed', () => {
  it('is never connected to', async () => {
    server = await startServer((_, response) => response.end('x'));
    const fetchAttachment = createFetcher({ allowedHosts: ['contoso.sharepoint.com'], allowLoopback: false });
    const result = await fetchAttachment({ url: `${server.url}/?token=secret`, name: 'x' });
    assert.deepEqual(result, { kind: 'forbidden-host', host: '127.0.0.1' });
    assert.equal(server.connections(), 0);
  });
});

describe('a name that leads to a forbidden address', () => {
  const allowed = { allowedHosts: ['contoso.sharepoint.com'], allowLoopback: false };
  const file = { url: 'https://contoso.sharepoint.com/x?tempauth=secret', name: 'x' };

  for (const addresses of [
    ['127.0.0.1'],
    ['10.0.0.5'],
    ['168.63.129.16'],
    ['::1'],
    ['13.107.136.8', '127.0.0.1'],
    [],
  ]) {
    it(`is not connected to: [${addresses.join(', ')}]`, async () => {
      const fetchAttachment = createFetcher({ ...allowed, resolve: async () => addresses.map(asAddress) });
      assert.deepEqual(await fetchAttachment(file), {
        kind: 'forbidden-host',
        host: 'contoso.sharepoint.com',
      });
    });
  }

  it('is looked up once, by the connection itself, so that no second answer can differ (DNS rebinding)', async () => {
    let lookups = 0;
    const resolve = async () => {
      lookups += 1;
      return [asAddress(lookups === 1 ? '127.0.0.1' : '13.107.136.8')];
    };
    const fetchAttachment = createFetcher({ ...allowed, resolve });
    assert.equal((await fetchAttachment(file)).kind, 'forbidden-host');
    assert.equal(lookups, 1);
  });

  it('is refused after a redirect too', async () => {
    const result = await fetchFrom(
      (_, response) => answer(response, 302, { location: 'https://contoso.sharepoint.com/x' }),
      { allowedHosts: ['contoso.sharepoint.com'], resolve: async () => [asAddress('192.168.1.1')] },
    );
    assert.deepEqual(result, { kind: 'forbidden-host', host: 'contoso.sharepoint.com' });
  });

  it('is unreachable when the name does not exist', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    const result = await createFetcher({ ...allowed, resolve })(file);
    assert.deepEqual(result, { kind: 'unreachable', host: 'contoso.sharepoint.com', reason: 'ENOTFOUND' });
  });

  it('is given up when the name server does not answer', async () => {
    const result = await createFetcher({
      ...allowed,
      deadlines: impatient,
      resolve: () => new Promise(() => undefined),
    })(file);
    assert.deepEqual(result, { kind: 'timeout', host: 'contoso.sharepoint.com' });
  });
});

async function fetchFrom(
  listener: (request: IncomingMessage, response: ServerResponse) => unknown,
  options: Partial<FetcherOptions> & { readonly name?: string } = {},
) {
  server = await startServer((request, response) => void listener(request, response));
  const { name = 'report.txt', ...rest } = options;
  const fetchAttachment = createFetcher({
    allowedHosts: [],
    allowLoopback: true,
    maxBytes: 1000,
    ...rest,
  });
  return fetchAttachment({ url: `${server.url}/`, name });
}

function pour(response: ServerResponse): void {
  const flow = () => {
    while (!response.destroyed && response.write('x'.repeat(512))) {
      // Fills the socket until it pushes back.
    }
  };
  response.on('drain', flow);
  flow();
}

function asAddress(address: string) {
  return { address, family: address.includes(':') ? 6 : 4 };
}
