import assert from 'node:assert/strict';
import { type BotHost, startBotHost } from './doubles/bot-host.ts';
import { code, type Desk, openDesk } from './upload/page-builder.ts';

describe('The page for reports on the server', () => {
  let host: BotHost;
  let desk: Desk;
  before(async () => {
    desk = openDesk();
    host = await startBotHost({ server: { upload: desk.upload } });
  });
  after(() => host.close());

  const visit = (path: string, init: RequestInit = {}) =>
    fetch(host.url + path, { redirect: 'manual', ...init });

  it('is whole HTML with its own headers in place of the general ones', async () => {
    const { status, headers } = await visit('/r');
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'sha256-/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });

  it('leads on by relative addresses, so that a proxy may serve it below a path', async () => {
    const asked = await visit('/r?code=cdfg-2345');
    assert.deepEqual([asked.status, asked.headers.get('location')], [303, 'r/CDFG2345']);
    const slash = await visit('/r/');
    assert.deepEqual([slash.status, slash.headers.get('location')], [303, '../r']);
  });

  it('takes a form, and changes nothing by being opened', async () => {
    for (const path of ['/r', `/r/${code}`, `/r/${code}/result?tries=1`]) await visit(path);
    assert.deepEqual(desk.taken, []);
    const body = new URLSearchParams({ text: 'REPORT' });
    const sent = await visit(`/r/${code}`, { method: 'POST', body });
    assert.deepEqual([sent.status, sent.headers.get('location')], [303, 'CDFG2345/result']);
    assert.deepEqual(desk.taken, [[code, 'REPORT']]);
  });

  it('knows no other paths and methods', async () => {
    assert.equal((await visit(`/r/${code}/other`)).status, 404);
    assert.equal((await visit(`/r/${code}`, { method: 'DELETE' })).status, 405);
    assert.equal((await visit('/r', { method: 'POST', body: new URLSearchParams({ code }) })).status, 405);
  });
});
