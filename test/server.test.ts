import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer } from '../src/server.ts';
import { type BotHost, startBotHost } from './doubles/bot-host.ts';
import { listen } from './doubles/http-double.ts';
import { someActivity } from './doubles/sdk-bot.ts';

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

  describe('that takes longer than the channel waits', () => {
    let goOn: PromiseWithResolvers<void>;
    let save: () => void;
    let savesAtOnce: boolean;
    let host: BotHost;
    beforeEach(async () => {
      goOn = Promise.withResolvers();
      savesAtOnce = false;
      host = await startBotHost({
        mode: 'local',
        server: { answerWithinMilliseconds: 20 },
        onTurn: async (_context, onSaved = () => undefined) => {
          save = onSaved;
          if (savesAtOnce) save();
          await goOn.promise;
        },
      });
    });
    afterEach(async () => {
      goOn.resolve();
      await host.close();
    });

    async function isLate(): Promise<void> {
      while (host.logged.at(-1)?.text !== 'turn takes longer than the channel waits') {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }

    it('leaves a message unanswered until it is saved, so that a crash makes Teams send it again', async () => {
      let answered = false;
      const answer = host.connector
        .user()
        .says('hello')
        .finally(() => {
          answered = true;
        });
      await isLate();
      for (let tick = 0; tick < 5; tick++) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(answered, false);
      save();
      assert.equal((await answer).status, 202);
    });

    it('answers a message that was saved, while its replies are still going out', async () => {
      savesAtOnce = true;
      assert.equal((await host.connector.user().says('hello')).status, 202);
    });

    it('answers a message that failed in the end with its failure', async () => {
      const answer = host.connector.user().says('hello');
      await isLate();
      goOn.reject(new Error('broken'));
      assert.equal((await answer).status, 500);
      goOn = Promise.withResolvers();
    });

    it('tells an invoke that it failed, since Teams sends it again under another id', async () => {
      assert.equal((await host.connector.user().invokes('fileConsent/invoke', {})).status, 504);
    });

    it('tells an invoke that it was done when only the replies are slow', async () => {
      savesAtOnce = true;
      assert.equal((await host.connector.user().invokes('fileConsent/invoke', {})).status, 200);
    });
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

  it('that was answered before its end is still finished before the server ends', async () => {
    const slow = Promise.withResolvers<void>();
    const host = await startBotHost({
      mode: 'local',
      server: { answerWithinMilliseconds: 20 },
      onTurn: (_context, onSaved) => {
        onSaved?.();
        return slow.promise;
      },
    });
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
    const body = JSON.stringify(someActivity(host.connector.url));
    const head = 'POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
    socket.write(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 202/);
    let closed = false;
    const closing = host.server.close().then(() => {
      closed = true;
    });
    // Its last connection is gone, and only the turn is left.
    await once(socket, 'close');
    for (let tick = 0; tick < 5; tick++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(closed, false);
    slow.resolve();
    await closing;
    await host.close();
  });
});

describe('Somebody else has the port', () => {
  it('is told to whoever starts the server', async () => {
    const first = await startBotHost({ mode: 'local' });
    try {
      const port = Number(new URL(first.url).port);
      const second = createServer({
        config: { mode: 'local', host: '127.0.0.1', port, trustedProxyHops: 0 },
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

describe('Another web server in the same process', () => {
  it('can still write its head and end in one breath, which restify alone would spoil', async () => {
    let chained = false;
    const other = await listen(async (_request, response) => {
      chained = response.writeHead(204) === response;
      response.end();
    });
    try {
      assert.equal((await fetch(other.url)).status, 204);
      assert.equal(chained, true);
    } finally {
      await other.close();
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
