import assert from 'node:assert/strict';
import { settlePort } from '../src/free-port.ts';

describe('A server that may take any free port', () => {
  const anyPort = { host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:0' };

  it('knows which one before it listens, so that links to it are right', async () => {
    const { port, publicUrl } = await settlePort(anyPort);
    assert.ok(port > 0);
    assert.equal(publicUrl, `http://127.0.0.1:${port}`);
  });

  it('keeps an address that people reach it by, such as that of a proxy', async () => {
    const { publicUrl } = await settlePort({ ...anyPort, publicUrl: 'https://bot.example.com' });
    assert.equal(publicUrl, 'https://bot.example.com');
  });

  it('is left alone when its port is given', async () => {
    const given = { host: '127.0.0.1', port: 3978, publicUrl: 'http://127.0.0.1:3978' };
    assert.deepEqual(await settlePort(given), given);
  });
});
