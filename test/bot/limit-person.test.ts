import assert from 'node:assert/strict';
import { type Activity, INVOKE_RESPONSE_KEY, TestAdapter, TurnContext } from 'botbuilder';
import { limitPerson } from '../../src/bot/limit-person.ts';

describe('Someone who sends more than anyone types', () => {
  let ran: (string | undefined)[];
  let told: (string | undefined)[];
  let warnings: number;
  let send: (parts?: Partial<Activity>) => Promise<TurnContext>;
  beforeEach(() => {
    ran = [];
    told = [];
    warnings = 0;
    const turn = limitPerson(
      async ({ activity }) => {
        ran.push(activity.text);
      },
      {
        deliver: async (_reference, { activity }) => {
          told.push(activity.text);
          return { kind: 'sent', activityId: null };
        },
        slowDown: (seconds) => (seconds > 0 && seconds <= 30 ? 'slow down' : `${seconds} seconds?`),
        log: { warn: () => (warnings += 1) } as never,
      },
      { activities: 3, seconds: 30 },
    );
    const adapter = new TestAdapter(async () => {});
    send = async (parts = {}) => {
      const context = new TurnContext(adapter, activity(parts));
      await turn(context);
      return context;
    };
  });

  async function sendMany(count: number, parts: Partial<Activity> = {}): Promise<void> {
    for (let n = 1; n <= count; n++) await send({ text: `${n}`, ...parts });
  }

  it('is heard up to the limit, and nothing runs beyond it', async () => {
    await sendMany(10);
    assert.deepEqual(ran, ['1', '2', '3']);
  });

  it('hears once, not each time, that it was too much', async () => {
    await sendMany(10);
    assert.deepEqual(told, ['slow down']);
    assert.equal(warnings, 1);
  });

  it('gets 429 for an invoke, which waits for an answer', async () => {
    await sendMany(3);
    const context = await send({ type: 'invoke', name: 'fileConsent/invoke' });
    assert.deepEqual(context.turnState.get(INVOKE_RESPONSE_KEY), { value: { status: 429 } });
  });

  it('takes nothing from others, nor from a namesake in another tenant', async () => {
    await sendMany(4);
    await send({ text: 'paul', from: { id: '29:paul', name: 'Paul' } });
    await send({ text: 'other', conversation: chatIn('another-tenant') });
    assert.deepEqual(ran.slice(3), ['paul', 'other']);
  });

  it('is counted over all conversations together', async () => {
    await sendMany(3, { conversation: { ...chatIn('tenant'), id: 'a:first' } });
    await send({ text: 'elsewhere', conversation: { ...chatIn('tenant'), id: 'a:second' } });
    assert.equal(ran.length, 3);
  });
});

function chatIn(tenantId: string): Activity['conversation'] {
  return { id: 'a:chat', conversationType: 'personal', tenantId } as Activity['conversation'];
}

function activity(parts: Partial<Activity>): Activity {
  return {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:maria', name: 'Maria' },
    recipient: { id: '28:bot', name: 'Handshake' },
    conversation: chatIn('tenant'),
    ...parts,
  } as Activity;
}
