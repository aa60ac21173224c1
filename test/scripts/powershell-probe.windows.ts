import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { callScript, requireEngine } from './powershell.ts';

/** Makes a certificate as an inspecting proxy would, and prints it with its key. */
const makeCertificate = `
$key = [Security.Cryptography.RSA]::Create(2048)
$request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
  'CN=Lumen Web Filter, O=Lumen Lighting', $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
$request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1)).ExportCertificatePem()
$key.ExportPkcs8PrivateKeyPem()`;

describe('the handshake probe of the PowerShell script, against a server on this computer', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  let identity: TlsOptions;

  before(async function () {
    this.timeout(240_000);
    requireEngine(this);
    const printed = await callScript(makeCertificate);
    identity = { cert: printed.split('-----BEGIN PRIVATE')[0], key: printed };
  });

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  function secureServer(options: TlsOptions): Promise<number> {
    return listen(createTlsServer({ ...identity, ...options }).on('tlsClientError', () => {}));
  }

  async function probe(port: number, proxy: string | null = null): Promise<Record<string, string>> {
    const code = `
      $connectSeconds = 4; $handshakeSeconds = 2
      $result = Test-InFullLanguage '127.0.0.1' ${port} ${proxy === null ? '$null' : `'${proxy}'`}
      'tcp', 'tls', 'issuer' | ForEach-Object { "$_=" + $result[$_] }`;
    const lines = (await callScript(code)).split('\n').map((line) => /^(\w+)=(.*)$/.exec(line.trim()));
    return Object.fromEntries(lines.map((match) => [match?.[1] ?? '', match?.[2] ?? '']));
  }

  it('names the issuer, and says that this computer does not trust it', async () => {
    assert.deepEqual(await probe(await secureServer({})), {
      tcp: 'ok',
      tls: 'failed: certificate not trusted (RemoteCertificateNameMismatch, RemoteCertificateChainErrors)',
      issuer: 'CN=Lumen Web Filter, O=Lumen Lighting',
    });
  });

  it('fails at a server that speaks TLS 1.3 only, as the question is whether TLS 1.2 works', async () => {
    const { tcp, tls } = await probe(await secureServer({ minVersion: 'TLSv1.3' }));
    assert.equal(tcp, 'ok');
    assert.match(tls ?? '', /^failed: /);
  });

  it('calls a server that accepts and then says nothing a time-out', async () => {
    const { tcp, tls } = await probe(await listen(createServer()));
    assert.deepEqual({ tcp, tls }, { tcp: 'ok', tls: 'timeout' });
  });

  it('tells a refused connection from one that failed', async () => {
    const port = await listen(createServer());
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const { tcp, tls } = await probe(port);
    assert.deepEqual({ tcp, tls }, { tcp: 'refused', tls: 'unreadable: no connection' });
  });

  it('goes through a proxy that opens a tunnel', async () => {
    const target = await secureServer({});
    const asked: string[] = [];
    const proxy = createServer((socket) => {
      socket.once('data', (data) => {
        asked.push(data.toString('latin1').split('\r\n')[0] ?? '');
        socket.write('HTTP/1.1 200 Connection established\r\nVia: lumen\r\n\r\n');
        socket
          .pipe(connect(target, '127.0.0.1'))
          .on('error', () => {})
          .pipe(socket);
      });
    });
    const { issuer } = await probe(target, `127.0.0.1:${await listen(proxy)}`);
    assert.deepEqual(asked, [`CONNECT 127.0.0.1:${target} HTTP/1.1`]);
    assert.equal(issuer, 'CN=Lumen Web Filter, O=Lumen Lighting');
  });

  it('says what a proxy answered that opens none', async () => {
    const proxy = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    });
    const { tcp, tls } = await probe(443, `127.0.0.1:${await listen(proxy)}`);
    assert.deepEqual({ tcp, tls }, { tcp: 'ok', tls: 'failed: the proxy answered 407' });
  });
});
