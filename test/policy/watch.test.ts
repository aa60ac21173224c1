import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { lookAt, type Reply } from '../../src/policy/watch.ts';

describe('A look at what a host accepts', () => {
  const keys = makeKeys();
  const running: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of running.splice(0)) await close();
  });

  it('tells the versions apart', async () => {
    const only12 = await replies(await serve({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }));
    assert.equal(only12['TLS 1.2'], 'accepted');
    for (const version of ['TLS 1.0', 'TLS 1.1', 'TLS 1.3'])
      assert.equal(only12[version], 'refused', version);
    const only13 = await replies(await serve({ minVersion: 'TLSv1.3' }));
    assert.equal(only13['TLS 1.3'], 'accepted');
    assert.equal(only13['TLS 1.2'], 'refused');
  });

  it('sees old versions where a server still has them', async () => {
    const old = await replies(await serve({ minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }));
    assert.equal(old['TLS 1.0'], 'accepted');
    assert.equal(old['TLS 1.1'], 'accepted');
  });

  it('tells the suites apart, DHE too', async () => {
    const ciphers = 'DHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:TLS_AES_256_GCM_SHA384';
    const some = await replies(await serve({ ciphers, dhparam: 'auto' }));
    assert.equal(some.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, 'accepted');
    assert.equal(some.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, 'refused');
    assert.equal(some.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 'accepted');
    assert.equal(some.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, 'refused');
    assert.equal(some.TLS_AES_256_GCM_SHA384, 'accepted');
    assert.equal(some.TLS_AES_128_GCM_SHA256, 'refused');
  });

  it('tells the curves apart', async () => {
    const one = await replies(await serve({ ecdhCurve: 'P-384' }));
    assert.equal(one.NistP384, 'accepted');
    assert.equal(one.NistP256, 'refused');
    assert.equal(one.NistP521, 'refused');
  });

  it('names the root that the certificate leads to', async () => {
    assert.equal((await replies(await serve({})))['Loopback Test Root'], 'accepted');
  });

  it('has failed where nobody listens', async () => {
    const host = await serve({});
    for (const close of running.splice(0)) await close();
    const look = await lookAt(host, quick);
    assert.deepEqual(look, { kind: 'failed', host, code: 'ECONNREFUSED' });
  });

  it('has failed, in time, where a server never answers', async () => {
    const host = await listening(createTcpServer((socket) => socket.on('error', () => undefined)));
    const look = await lookAt(host, { ...quick, deadlineMs: 50 });
    assert.deepEqual(look, { kind: 'failed', host, code: 'timed-out' });
  });

  it('takes silence to one question for unknown, never for a no', async () => {
    const look = await lookAt('a.example', {
      ...quick,
      shake: async (_, probe) =>
        probe?.name === 'TLS 1.2' ? { kind: 'silent', code: 'timed-out' } : { kind: 'accepted', root: null },
    });
    assert.ok(look.kind === 'seen');
    assert.equal(look.seen.replies.find(({ name }) => name === 'TLS 1.2')?.reply, 'unknown');
  });

  it('takes hanging up for a no the second time', async () => {
    let resets = 1;
    const look = await lookAt('a.example', {
      ...quick,
      shake: async (_, probe) => {
        const isOnce = probe?.name === 'TLS 1.2' && resets-- > 0;
        return isOnce || probe?.name === 'TLS 1.0' ? { kind: 'reset' } : { kind: 'accepted', root: null };
      },
    });
    assert.ok(look.kind === 'seen');
    const of = (wanted: string) => look.seen.replies.find(({ name }) => name === wanted)?.reply;
    assert.deepEqual([of('TLS 1.0'), of('TLS 1.2')], ['refused', 'accepted']);
  });

  it('has failed where the host broke down meanwhile', async () => {
    let asked = 0;
    const look = await lookAt('a.example', {
      ...quick,
      shake: async () => (asked++ < 5 ? { kind: 'accepted', root: null } : { kind: 'reset' }),
    });
    assert.deepEqual(look, { kind: 'failed', host: 'a.example', code: 'reset' });
  });

  async function serve(options: TlsOptions & { dhparam?: string }): Promise<string> {
    const server = createServer({ ...keys, ...options });
    server.on('tlsClientError', () => undefined);
    server.on('secureConnection', (socket) => socket.on('error', () => undefined));
    return listening(server);
  }

  async function listening(server: ReturnType<typeof createTcpServer>): Promise<string> {
    const sockets = new Set<{ destroy(): void }>();
    server.on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    running.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});

const quick = {
  now: () => new Date('2026-11-24T08:00:00Z'),
  pause: async () => undefined,
  deadlineMs: 5_000,
};

async function replies(host: string): Promise<Readonly<Record<string, Reply>>> {
  const look = await lookAt(host, quick);
  assert.ok(look.kind === 'seen', JSON.stringify(look));
  return Object.fromEntries(look.seen.replies.map(({ name, reply }) => [name, reply]));
}

function makeKeys(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const about = ['-subj', '/CN=Loopback Test Root', '-days', '2', '-nodes', '-newkey', 'rsa:2048'];
    execFileSync('openssl', ['req', '-x509', ...about, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
