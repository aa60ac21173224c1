import assert from 'node:assert/strict';
import pino from 'pino';
import type { Installed } from '../../src/notices/graph.ts';
import { withInstall } from '../../src/notices/install-channel.ts';
import { consequenceOf, type NoticeChannel, type SendOutcome } from '../../src/notices/send-outcome.ts';

const ada = { entraId: '11111111-2222-3333-4444-555555555555', tenantId: null };
const lacking: SendOutcome = { kind: 'refused', status: 403, code: 'ForbiddenOperationException' };

function channelThat(outcome: SendOutcome, install: () => Promise<Installed>) {
  const asked: string[] = [];
  const channel: NoticeChannel = {
    send: async () => ({ kind: 'sent', activityId: null }),
    create: async () => outcome,
  };
  async function record(entraId: string): Promise<Installed> {
    asked.push(entraId);
    return await install();
  }
  return { channel: withInstall(channel, { install: record, log: pino({ level: 'silent' }) }), asked };
}

describe('Somebody who does not have the app', () => {
  const attempted = { reference: null, entraId: ada.entraId };

  it('gets it, and is written to a little later', async () => {
    for (const kind of ['installed', 'already'] as const) {
      const { channel, asked } = channelThat(lacking, async () => ({ kind }));
      const outcome = await channel.create(ada);
      assert.deepEqual([outcome, asked], [{ kind: 'installing', waitSeconds: 5 }, [ada.entraId]]);
      assert.deepEqual(consequenceOf(outcome, { ...attempted, attempts: 1 }), { state: 'queued', wait: 5 });
    }
  });

  it('is given up as without the app when the channel never comes to know of it', () => {
    const installing: SendOutcome = { kind: 'installing', waitSeconds: 5 };
    const consequence = consequenceOf(installing, { ...attempted, attempts: 4 });
    assert.deepEqual(consequence, { state: 'failed', reason: 'not-installed', reach: 'not-installed' });
  });

  it('stays without it when the directory refuses, and waits when it is busy or away', async () => {
    const refused = channelThat(lacking, async () => ({ kind: 'refused', status: 403 }));
    assert.deepEqual(await refused.channel.create(ada), lacking);
    const later: SendOutcome = { kind: 'installing', waitSeconds: 30 };
    const busy = channelThat(lacking, async () => ({ kind: 'refused', status: 429 }));
    assert.deepEqual(await busy.channel.create(ada), later);
    const away = channelThat(lacking, () => Promise.reject(new Error('away')));
    assert.deepEqual(await away.channel.create(ada), later);
  });
});

describe('Whoever shut the bot out, or has a conversation', () => {
  const outcomes: readonly SendOutcome[] = [
    { kind: 'refused', status: 403, code: 'BotDisabledByAdmin' },
    { kind: 'refused', status: 403, code: 'ConversationBlockedByUser' },
    { kind: 'refused', status: 403, code: 'BotNotInConversationRoster' },
    { kind: 'created', reference: {} },
    { kind: 'throttled', retryAfterSeconds: 3 },
  ];
  for (const outcome of outcomes) {
    const code = outcome.kind === 'refused' ? outcome.code : outcome.kind;
    it(`has nothing installed: ${code}`, async () => {
      const { channel, asked } = channelThat(outcome, async () => ({ kind: 'installed' }));
      assert.deepEqual([await channel.create(ada), asked], [outcome, []]);
    });
  }
});
