import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Download } from '../src/downloads.ts';
import { codedPath } from '../src/scripts/catalogue.ts';
import { type BotHost, startBotHost } from './doubles/bot-host.ts';

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

  it('comes under a name with a check code in it, with the same bytes and checksum', async () => {
    const answer = await fetch(host.url + codedPath(script, 'CDFG2345'));
    assert.equal(
      answer.headers.get('content-disposition'),
      'attachment; filename="handshake-check-CDFG2345.ps1"',
    );
    assert.equal(answer.headers.get('x-checksum-sha256'), script.sha256);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(script.bytes));
  });

  it('answers 404 for a name with anything else in it', async () => {
    for (const code of ['CDFG234', 'CDFG23456', 'cdfg2345', 'AEIOU234', 'CDFG2345-HJKM2345']) {
      assert.equal((await fetch(host.url + codedPath(script, code))).status, 404, code);
    }
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

function download(fileName: string, text: string): Download {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = `/scripts/${sha256.slice(0, 12)}/${fileName}`;
  return { fileName, bytes, size: bytes.length, sha256, path, contentType: 'application/octet-stream' };
}
