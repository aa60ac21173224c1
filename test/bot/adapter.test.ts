import assert from 'node:assert/strict';
import { type CloudAdapter, type ConversationReference, TurnContext } from 'botbuilder';
import type { ConnectorClient, UserTokenClient } from 'botframework-connector';
import { type BotHost, startBotHost } from '../doubles/bot-host.ts';

describe('The outbox sends outside a turn', () => {
  let host: BotHost;
  let reference: Partial<ConversationReference>;
  beforeEach(async () => {
    host = await startBotHost({
      onTurn: async (context) => {
        reference = TurnContext.getConversationReference(context.activity);
      },
    });
  });
  afterEach(() => host.close());

  it('a message, and learns its id', async () => {
    const maria = host.connector.user();
    await maria.says('hello');
    const outcome = await host.adapter.sendActivity(reference, { type: 'message', text: 'Still there?' });
    const [shown] = maria.messages();
    assert.equal(shown?.activity.text, 'Still there?');
    assert.deepEqual(outcome, { kind: 'sent', activityId: shown?.id });
  });

  it('an edit of a card that is on show', async () => {
    const maria = host.connector.user();
    await maria.says('hello');
    const sent = await host.adapter.sendActivity(reference, card('Which error?'));
    assert.ok(sent.kind === 'sent' && sent.activityId !== null);
    const outcome = await host.adapter.updateActivity(reference, {
      ...card('Answered'),
      id: sent.activityId,
    });
    assert.deepEqual(outcome, { kind: 'sent', activityId: sent.activityId });
    assert.deepEqual(
      maria.cardsShown().map(({ content }) => content.body[0].text),
      ['Answered'],
    );
  });

  it('nothing to somebody who blocked the bot', async () => {
    const maria = host.connector.user();
    await maria.says('hello');
    maria.blocksBot();
    const outcome = await host.adapter.sendActivity(reference, { type: 'message', text: 'hello' });
    assert.deepEqual(outcome, { kind: 'refused', reason: '403 ConversationBlockedByUser' });
  });

  it('with a reference that lacks everything: refused, not thrown', async () => {
    const outcome = await host.adapter.sendActivity({}, { type: 'message', text: 'hello' });
    assert.deepEqual(outcome, { kind: 'refused', reason: 'untrusted-service-url' });
  });
});

describe('Many turns run', () => {
  it('with one connector client, one user token client and one token', async () => {
    const connectors = new Set<ConnectorClient>();
    const userTokens = new Set<UserTokenClient>();
    const host = await startBotHost({
      onTurn: async (context) => {
        const adapter = context.adapter as CloudAdapter;
        connectors.add(context.turnState.get(adapter.ConnectorClientKey));
        userTokens.add(context.turnState.get(adapter.UserTokenClientKey));
        await context.sendActivity('hello');
      },
    });
    try {
      const people = [1, 2, 3, 4, 5].map(() => host.connector.user());
      await Promise.all(people.map((person) => person.says('hello')));
      assert.equal(host.connector.sent().length, 5);
      assert.deepEqual([connectors.size, userTokens.size, host.issuer.counts.tokens], [1, 1, 1]);
    } finally {
      await host.close();
    }
  });
});

describe('Local mode', () => {
  it('sends no token to anybody', async () => {
    const host = await startBotHost({
      mode: 'local',
      onTurn: async (context) => {
        await context.sendActivity('hello');
      },
    });
    try {
      await host.connector.user().says('hello');
      assert.equal(host.connector.sent()[0]?.headers.authorization, undefined);
      assert.equal(host.issuer.counts.tokens, 0);
    } finally {
      await host.close();
    }
  });
});

describe("The SDK's other doors", () => {
  it('are shut: skills and streaming', async () => {
    const host = await startBotHost();
    try {
      const authentication = Reflect.get(host.adapter.cloud, 'botFrameworkAuthentication');
      await assert.rejects(authentication.authenticateChannelRequest('Bearer x'));
      await assert.rejects(authentication.authenticateStreamingRequest('Bearer x', 'msteams'));
      assert.throws(() => authentication.createBotFrameworkClient());
    } finally {
      await host.close();
    }
  });
});

function card(text: string) {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}
