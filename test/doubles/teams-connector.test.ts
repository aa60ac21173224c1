import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { type BotHost, startBotHost } from './bot-host.ts';
import type { Fault } from './connector-faults.ts';
import { startTeamsConnector, type TeamsConnector } from './teams-connector.ts';
import type { TeamsUser } from './teams-user.ts';

describe('A person in the Teams of our own', () => {
  let host: BotHost;
  let maria: TeamsUser;
  before(async () => {
    host = await startBotHost({ mode: 'local' });
  });
  after(() => host.close());
  beforeEach(() => {
    maria = host.connector.user({ name: 'Maria' });
    host.turns.length = 0;
  });

  it('is seen by the bot as Teams shows people', async () => {
    await maria.says('<b> & co');
    const [activity] = host.turns;
    assert.equal(activity?.channelId, 'msteams');
    assert.equal(activity?.serviceUrl, host.connector.url);
    assert.equal(activity?.conversation.conversationType, 'personal');
    assert.equal(activity?.channelData.tenant.id, host.connector.tenantId);
    assert.equal(activity?.from.aadObjectId, maria.profile.aadObjectId);
    assert.equal(activity?.recipient.id, `28:${host.connector.appId}`);
    assert.equal(activity?.attachments?.[0]?.content, '<p>&lt;b&gt; &amp; co</p>');
  });

  it('installs with two events, and removes with one', async () => {
    await maria.installs();
    await maria.removes();
    const seen = host.turns.map(({ type, action }) => [type, action].filter(Boolean).join(' '));
    assert.deepEqual(seen, ['conversationUpdate', 'installationUpdate add', 'installationUpdate remove']);
  });

  it('repeats an activity with the same id', async () => {
    await maria.says('hello');
    await maria.repeats();
    assert.equal(host.turns[0]?.id, host.turns[1]?.id);
  });

  it('attaches a file that can be fetched without a token', async () => {
    await maria.attaches({ name: 'report.txt', bytes: Buffer.from('=== HANDSHAKE') });
    const attachment = host.turns[0]?.attachments?.[0];
    assert.equal(attachment?.contentType, 'application/vnd.microsoft.teams.file.download.info');
    const answer = await fetch(attachment?.content.downloadUrl);
    assert.equal(await answer.text(), '=== HANDSHAKE');
    assert.equal(host.connector.files.downloads.at(-1)?.authorization, undefined);
  });

  it('attaches a file whose link has lapsed', async () => {
    await maria.attaches({ name: 'report.txt', bytes: Buffer.from('x'), refuses: 403 });
    assert.equal((await fetch(host.turns[0]?.attachments?.[0]?.content.downloadUrl)).status, 403);
  });

  it('pastes an image that only the bot may fetch', async () => {
    const signed = await startBotHost();
    try {
      await signed.connector.user().pastesImage({ name: 'screen.png', bytes: Buffer.from('png') });
      const url = signed.turns[0]?.attachments?.[0]?.contentUrl ?? '';
      assert.match(url, /\/v3\/attachments\/\d+\/views\/original$/);
      assert.equal((await fetch(url)).status, 401);
      const { ToChannelFromBotLoginUrl: login } = signed.issuer.settings();
      const grant = await fetch(`${login}/oauth2/v2.0/token`, { method: 'POST' });
      const { access_token: token } = (await grant.json()) as { access_token: string };
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
      assert.equal(await answer.text(), 'png');
    } finally {
      await signed.close();
    }
  });

  it('takes a file by consent: one PUT of one whole range', async () => {
    const consent = {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: 'check.ps1',
      content: { description: 'x', sizeInBytes: 3, acceptContext: { id: '7' }, declineContext: { id: '7' } },
    };
    await post(host.connector, maria, { type: 'message', attachments: [consent] });
    await maria.acceptsFile();
    const { action, context, uploadInfo } = host.turns[0]?.value ?? {};
    assert.deepEqual({ action, context }, { action: 'accept', context: { id: '7' } });
    const put = (range: string) =>
      fetch(uploadInfo.uploadUrl, { method: 'PUT', headers: { 'Content-Range': range }, body: 'abc' });
    assert.equal((await put('bytes 0-1/3')).status, 416);
    assert.equal((await put('bytes 0-2/3')).status, 201);
    assert.deepEqual(host.connector.files.uploads.at(-1)?.bytes, Buffer.from('abc'));
  });

  it('presses a button of the newest card, wherever it sits, with what was filled in', async () => {
    const button = { type: 'Action.Submit', title: 'Next', data: { step: 2 } };
    await post(host.connector, maria, cardWith([{ type: 'ActionSet', actions: [button] }]));
    await maria.pressesButton('Next', { code: '0x8004de40' });
    assert.deepEqual(host.turns[0]?.value, { step: 2, code: '0x8004de40' });
    assert.equal(host.turns[0]?.replyToId, maria.lastCard().id);
    assert.throws(() => maria.pressesButton('Back'), /no button "Back"; there are: Next/);
  });

  it('presses Action.Execute as an invoke', async () => {
    await post(
      host.connector,
      maria,
      cardWith([
        { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Go', verb: 'go', data: {} }] },
      ]),
    );
    await maria.pressesButton('Go', { a: '1' });
    assert.equal(host.turns[0]?.name, 'adaptiveCard/action');
    assert.deepEqual(host.turns[0]?.value.action, { type: 'Action.Execute', verb: 'go', data: { a: '1' } });
  });

  it('mentions the bot in a channel', async () => {
    const channel = host.connector.channel('support');
    await maria.mentionsIn(channel, 'hello', '17');
    assert.equal(host.turns[0]?.conversation.id, `${channel};messageid=17`);
    assert.equal(host.turns[0]?.text, '<at>Handshake</at> hello');
  });
});

describe('The connector of our own', () => {
  let connector: TeamsConnector;
  let maria: TeamsUser;
  beforeEach(async () => {
    connector = await startTeamsConnector();
    maria = connector.user({ name: 'Maria' });
  });
  afterEach(() => connector.close());

  it('shows messages in order, edited in place, without those deleted', async () => {
    const first = await post(connector, maria, { type: 'message', text: 'one' });
    const second = await post(connector, maria, { type: 'message', text: 'two' });
    await call(connector, 'PUT', `${pathOf(maria)}/${first.body.id}`, {
      type: 'message',
      text: 'one, edited',
    });
    assert.deepEqual(maria.texts(), ['one, edited', 'two']);
    await call(connector, 'DELETE', `${pathOf(maria)}/${second.body.id}`);
    assert.deepEqual(maria.texts(), ['one, edited']);
  });

  it('splits text and card of one activity, and gives no id back', async () => {
    const answer = await post(connector, maria, { ...cardWith([]), text: 'see below' });
    assert.deepEqual(answer.body, {});
    assert.equal(maria.messages().length, 2);
  });

  it('shows no typing', async () => {
    await post(connector, maria, { type: 'typing' });
    assert.equal(maria.messages().length, 0);
    assert.equal(connector.sent().length, 0);
  });

  it('opens a channel thread and takes replies both ways', async () => {
    const channel = connector.channel('support');
    const opened = await call(connector, 'POST', 'v3/conversations', {
      isGroup: true,
      channelData: { channel: { id: channel } },
      activity: { type: 'message', text: 'A new case' },
    });
    const root = /;messageid=(\d+)$/.exec(opened.body.id)?.[1] ?? '';
    const reply = { type: 'message', text: 'reply' };
    await call(connector, 'POST', `v3/conversations/${encodeURIComponent(opened.body.id)}/activities`, reply);
    await call(connector, 'POST', `v3/conversations/${channel}/activities/${root}`, reply);
    const threads = connector.shown(channel).map(({ conversation }) => conversation);
    assert.deepEqual(threads, [opened.body.id, opened.body.id, opened.body.id]);
  });

  it('creates a personal conversation by Entra id, only where the bot is installed', async () => {
    const create = () =>
      call(connector, 'POST', 'v3/conversations', { members: [{ id: maria.profile.aadObjectId }] });
    assert.equal((await create()).body.id, maria.conversation);
    connector.connectBot(`${connector.url}nowhere`);
    await maria.removes();
    const refused = await create();
    assert.equal(refused.status, 403);
    assert.equal(refused.body.error.code, 'ForbiddenOperationException');
  });

  it('tells who is in a conversation, page by page', async () => {
    connector.user();
    connector.user();
    const channel = connector.channel('support');
    const path = `v3/conversations/${channel}/pagedmembers?pageSize=2`;
    const first = await call(connector, 'GET', path);
    const second = await call(connector, 'GET', `${path}&continuationToken=${first.body.continuationToken}`);
    assert.deepEqual([first.body.members.length, second.body.members.length], [2, 1]);
    assert.equal(second.body.continuationToken, undefined);
    const one = await call(connector, 'GET', `v3/conversations/${channel}/members/${maria.profile.id}`);
    assert.equal(one.body.aadObjectId, maria.profile.aadObjectId);
  });

  it('takes seven messages in a second, the eighth in the next, and says when', async () => {
    const hello = { type: 'message', text: 'hello' };
    for (let index = 0; index < 7; index++) assert.equal((await post(connector, maria, hello)).status, 201);
    const refused = await post(connector, maria, hello);
    assert.deepEqual([refused.status, refused.retryAfter], [429, '1']);
    connector.clock.advance(1000);
    assert.equal((await post(connector, maria, hello)).status, 201);
    assert.equal((await post(connector, maria, hello)).status, 429);
    assert.equal(maria.messages().length, 8);
  });

  it('takes sixty messages in half a minute', async () => {
    const statuses = [];
    for (let index = 0; index < 61; index++) {
      statuses.push((await post(connector, maria, { type: 'message', text: 'hello' })).status);
      connector.clock.advance(400);
    }
    assert.equal(statuses.indexOf(429), 60);
  });

  it('refuses a message of more than 100 KB', async () => {
    const answer = await post(connector, maria, { type: 'message', text: 'x'.repeat(101 * 1024) });
    assert.deepEqual([answer.status, answer.body.error.code], [413, 'MessageSizeTooBig']);
  });

  const lost: readonly (readonly [Fault, number])[] = [
    [{ kind: 'status', status: 502, accepted: true }, 1],
    [{ kind: 'status', status: 502, accepted: false }, 0],
    [{ kind: 'reset', accepted: true }, 1],
    [{ kind: 'reset', accepted: false }, 0],
  ];
  for (const [fault, shown] of lost) {
    it(`fails as told, and shows ${shown} messages: ${JSON.stringify(fault)}`, async () => {
      connector.failNext(1, fault);
      await post(connector, maria, { type: 'message', text: 'hello' }).catch(() => undefined);
      assert.equal(maria.messages().length, shown);
    });
  }
});

function pathOf(user: TeamsUser): string {
  return `v3/conversations/${encodeURIComponent(user.conversation)}/activities`;
}

function post(connector: TeamsConnector, user: TeamsUser, activity: Partial<Activity>) {
  return call(connector, 'POST', pathOf(user), activity);
}

async function call(connector: TeamsConnector, method: string, path: string, body?: unknown) {
  const response = await fetch(new URL(path, connector.url), {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers freely
  const answer = (await response.json()) as any;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: answer };
}

function cardWith(body: unknown[]): Partial<Activity> {
  const content = { type: 'AdaptiveCard', version: '1.5', body };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}
