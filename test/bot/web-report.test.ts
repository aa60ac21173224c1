import assert from 'node:assert/strict';
import { type Activity, type ConversationReference, TurnContext } from 'botbuilder';
import { createReceive } from '../../src/bot/receive.ts';
import { createWebReports, type WebReports } from '../../src/bot/web-report.ts';
import { type BotHost, startBotHost } from '../doubles/bot-host.ts';

const receive = createReceive({
  bringsFile: () => false,
  fetchFile: async () => null,
  answerConsent: async () => null,
  showTyping: async () => undefined,
});

describe('A report from the web', () => {
  let host: BotHost;
  let reference: Partial<ConversationReference>;
  let turns: Activity[];
  let received: unknown[];
  let reports: WebReports;

  async function onTurn(context: TurnContext): Promise<void> {
    turns.push(context.activity);
    received.push(await receive(context));
  }

  beforeEach(async () => {
    turns = [];
    received = [];
    host = await startBotHost({
      onTurn: async (context) => {
        reference = TurnContext.getConversationReference(context.activity);
        await onTurn(context);
      },
    });
    reports = createWebReports({ ...host.adapter, onTurn, log: { error: logs(host) } });
    await host.connector.user().says('hello');
  });
  afterEach(() => host.close());

  const report = () => ({ reference, activityId: 'report-by-web/CDFG2345', text: 'the report' });

  it('begins a turn as if the person had sent a file in their own conversation', async () => {
    await reports.take(report());
    const [spoken, brought] = turns;
    assert.deepEqual(received.at(-1), { kind: 'file', text: 'the report', name: '', words: '' });
    assert.equal(brought?.id, 'report-by-web/CDFG2345');
    for (const part of ['from', 'recipient', 'conversation', 'channelId', 'serviceUrl'] as const) {
      assert.deepEqual(brought?.[part], spoken?.[part], part);
    }
  });

  it('carries its text outside of the activity, so that nobody else can send one', async () => {
    await reports.take(report());
    const { text: _, ...forged } = turns.at(-1) as Activity;
    assert.ok(!JSON.stringify(forged).includes('the report'));
    const user = host.connector.user();
    await user.sends({ type: 'event', name: 'handshake/report', value: { text: 'the report' } });
    assert.deepEqual(received.at(-1), { kind: 'nothing' });
  });

  it('says when its turn fails, and logs nothing of its text', async () => {
    const failing = createWebReports({
      ...host.adapter,
      onTurn: async () => {
        throw new Error('database is down');
      },
      log: { error: logs(host) },
    });
    await assert.rejects(failing.take(report()), /database is down/);
    assert.equal(host.logged.at(-1)?.text, 'report by web not handled');
    assert.ok(!JSON.stringify(host.logged).includes('the report'));
    await failing.settle();
  });

  it('never goes to an address that the channel does not have', async () => {
    const elsewhere = { ...report(), reference: { ...reference, serviceUrl: 'https://evil.example/' } };
    await assert.rejects(reports.take(elsewhere), { code: 'untrusted-service-url' });
    assert.equal(turns.length, 1);
  });

  it('is waited for when the server ends', async () => {
    const slow = Promise.withResolvers<void>();
    const waiting = createWebReports({
      ...host.adapter,
      onTurn: () => slow.promise,
      log: { error: logs(host) },
    });
    const taken = waiting.take(report());
    let settled = false;
    const settling = waiting.settle().then(() => {
      settled = true;
    });
    for (let tick = 0; tick < 5; tick++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(settled, false);
    slow.resolve();
    await settling;
    await taken;
  });
});

function logs(host: BotHost) {
  return (fields: unknown, text?: unknown): void => {
    host.logged.push({ level: 'error', fields, text });
  };
}
