import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  createUploader,
  fileConsentAttachment,
  readConsent,
  type Upload,
  type UploaderOptions,
} from '../../src/intake/file-consent.ts';
import { answer, type LoopbackServer, startServer } from './loopback-server.ts';

const impatient = { headers: 300, body: 300, total: 700 };
const bytes = Buffer.from('@echo off\r\n');
let server: LoopbackServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

describe('the question whether a file may be saved', () => {
  it('carries nothing but an id through the client', () => {
    const attachment = fileConsentAttachment({
      id: 'ps1',
      name: 'check.ps1',
      description: 'Reads only',
      sizeInBytes: 9,
    });
    assert.deepEqual(attachment, {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: 'check.ps1',
      content: {
        description: 'Reads only',
        sizeInBytes: 9,
        acceptContext: { id: 'ps1' },
        declineContext: { id: 'ps1' },
      },
    });
  });
});

describe('the answer to it', () => {
  const upload: Upload = {
    name: 'check.ps1',
    uploadUrl: 'https://contoso-my.sharepoint.com/upload?guid=1',
    contentUrl: 'https://contoso-my.sharepoint.com/personal/ann/check.ps1',
    uniqueId: 'u1',
    fileType: 'ps1',
  };

  it('is read when it is yes', () => {
    const value = { type: 'fileUpload', action: 'accept', context: { id: 'ps1' }, uploadInfo: upload };
    assert.deepEqual(readConsent(value), { kind: 'accepted', id: 'ps1', upload });
  });

  it('is read when it is no', () => {
    const value = { type: 'fileUpload', action: 'decline', context: { id: 'ps1' } };
    assert.deepEqual(readConsent(value), { kind: 'declined', id: 'ps1' });
  });

  it('is nothing when it is malformed', () => {
    for (const value of [
      null,
      {},
      'accept',
      { action: 'accept', context: { id: 'ps1' } },
      { action: 'accept', context: {}, uploadInfo: upload },
      { action: 'accept', context: { id: '' }, uploadInfo: upload },
      { action: 'accept', context: { id: 'ps1' }, uploadInfo: { ...upload, uploadUrl: 7 } },
      { action: 'delete', context: { id: 'ps1' } },
    ]) {
      assert.equal(readConsent(value), null);
    }
  });
});

describe('saving the file where Teams says', () => {
  it('puts the bytes with the headers that OneDrive asks for, and no token', async () => {
    let seen: { readonly request: IncomingMessage; readonly body: Buffer } | null = null;
    const { result, url } = await uploadTo(async (request, response) => {
      seen = { request, body: await buffer(request) };
      answer(response, 201, {}, '{}');
    });
    assert.deepEqual(result, {
      kind: 'saved',
      attachment: {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl: `${url}/personal/check.cmd`,
        name: 'check.cmd',
        content: { uniqueId: 'u1', fileType: 'cmd' },
      },
    });
    const { request, body } = seen as unknown as { request: IncomingMessage; body: Buffer };
    assert.equal(request.method, 'PUT');
    assert.equal(request.headers['content-type'], 'application/octet-stream');
    assert.equal(request.headers['content-length'], '11');
    assert.equal(request.headers['content-range'], 'bytes 0-10/11');
    assert.equal(request.headers.authorization, undefined);
    assert.deepEqual(body, bytes);
  });

  for (const [status, problem] of [
    [403, 'lapsed'],
    [404, 'lapsed'],
    [302, 'unreachable'],
    [500, 'unreachable'],
  ] as const) {
    it(`fails as ${problem} when the answer is ${status}, and is not tried again`, async () => {
      let requests = 0;
      const { result } = await uploadTo((_, response) => {
        requests += 1;
        answer(response, status, { location: '/elsewhere' }, 'no');
      });
      assert.deepEqual(result, { kind: 'failed', problem, host: '127.0.0.1' });
      assert.equal(requests, 1);
    });
  }

  it('fails when no answer comes', async () => {
    const { result } = await uploadTo(() => undefined, { deadlines: impatient });
    assert.deepEqual(result, { kind: 'failed', problem: 'timeout', host: '127.0.0.1' });
  });

  it('never connects to a host that is not allowed', async () => {
    const { result } = await uploadTo((_, response) => response.end(), { allowLoopback: false });
    assert.deepEqual(result, { kind: 'failed', problem: 'forbidden-host', host: '127.0.0.1' });
    assert.equal(server?.connections(), 0);
  });

  it('never links to a host that is not allowed', async () => {
    const { result } = await uploadTo((_, response) => response.end(), {}, 'https://evil.example/check.cmd');
    assert.deepEqual(result, { kind: 'failed', problem: 'forbidden-host', host: '127.0.0.1' });
    assert.equal(server?.connections(), 0);
  });

  it('never connects to an inner address behind an allowed name', async () => {
    const uploader = createUploader({
      allowedHosts: ['contoso-my.sharepoint.com'],
      allowLoopback: false,
      resolve: async () => [{ address: '10.0.0.5', family: 4 }],
    });
    const host = 'contoso-my.sharepoint.com';
    const upload = {
      name: 'x',
      uploadUrl: `https://${host}/u`,
      contentUrl: `https://${host}/c`,
      uniqueId: '1',
      fileType: 'cmd',
    };
    assert.deepEqual(await uploader(upload, bytes), { kind: 'failed', problem: 'forbidden-host', host });
  });
});

async function uploadTo(
  listener: (request: IncomingMessage, response: ServerResponse) => unknown,
  options: Partial<UploaderOptions> = {},
  contentUrl?: string,
) {
  server = await startServer((request, response) => void listener(request, response));
  const upload = {
    name: 'check.cmd',
    uploadUrl: `${server.url}/upload`,
    contentUrl: contentUrl ?? `${server.url}/personal/check.cmd`,
    uniqueId: 'u1',
    fileType: 'cmd',
  };
  const uploader = createUploader({ allowedHosts: [], allowLoopback: true, ...options });
  return { result: await uploader(upload, bytes), url: server.url };
}
