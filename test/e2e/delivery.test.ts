import assert from 'node:assert/strict';
import type { TeamsUser } from '../doubles/teams-user.ts';
import {
  conversationOf,
  databaseStarts,
  storedOf,
  teamsWorld,
  textOf,
  type World,
  wordsSeenBy,
} from './harness.ts';

describe('In Teams', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await teamsWorld();
  });

  const stored = (user: TeamsUser) => storedOf(world, conversationOf(user));
  const cardOf = (user: TeamsUser) => textOf(user.lastCard().content);

  describe('one activity that is delivered fifty times at once', () => {
    it('has one effect: one case, one set of replies, one version', async () => {
      const maria = world.connector.user();
      const once = { type: 'message', id: 'the-only-one', text: '0x8004de40 on windows 10' };
      const answers = await Promise.all(Array.from({ length: 50 }, () => maria.sends(once)));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));

      const { version, cases, outbox, activityIds } = await stored(maria);
      assert.equal(version, 1);
      assert.equal(cases.length, 1);
      assert.deepEqual(activityIds, ['the-only-one']);
      assert.deepEqual(
        outbox.map(({ state }) => state),
        ['sent', 'sent'],
      );
      assert.equal(maria.messages().length, 2);
    });

    it('saves a consented file once', async () => {
      const maria = world.connector.user();
      await maria.says('0x8004de40 windows 10');
      await maria.pressesButton('Check my PC');
      await maria.pressesButton('Send it to me as a file');
      await maria.acceptsFile();
      const uploads = world.connector.files.uploads.length;
      const answers = await Promise.all(Array.from({ length: 50 }, () => maria.repeats()));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      assert.equal(world.connector.files.uploads.length, uploads);
    });
  });

  describe('messages of one conversation that come at once', () => {
    it('are answered one after the other, in the order in which they were taken', async () => {
      const maria = world.connector.user();
      const first = world.connector.requests.length;
      await Promise.all(['0x8004de40', 'hello', 'status'].map((text) => maria.says(text)));
      const { version, outbox } = await stored(maria);
      assert.equal(version, 3);
      const sent = world.connector.requests
        .slice(first)
        .map(({ body }) => (body as { summary?: string }).summary);
      assert.deepEqual(
        sent,
        outbox.map(({ activity }) => (activity as { summary?: string }).summary),
      );
    });
  });

  describe('a card that was answered', () => {
    it('has no effect when it is pressed again', async () => {
      const maria = world.connector.user();
      await maria.says('0x8004de40 windows 10');
      await maria.pressesButton('Guide me step by step');
      const step = maria.lastCard();
      const press = step.content.actions.find(
        ({ title }: { title: string }) => title === 'Still broken',
      ).data;
      await maria.presses(press, step.id);
      const { cases } = await stored(maria);
      const shown = cardOf(maria);

      const before = wordsSeenBy(maria).length;
      await maria.presses(press, step.id);
      assert.match(wordsSeenBy(maria)[before] ?? '', /from earlier/);
      assert.equal(cardOf(maria), shown);
      assert.deepEqual((await stored(maria)).cases[0]?.place, cases[0]?.place);
    });

    it('has no effect in the conversation of somebody else', async () => {
      const [maria, paul] = [world.connector.user(), world.connector.user()];
      await maria.says('0x8004de40 windows 10');
      await paul.says('0x8004de40 windows 10');
      const hers = findPress(maria, 'Talk to a person');
      await paul.presses(hers);
      assert.match(wordsSeenBy(paul).join('\n'), /from earlier/);
      assert.match(cardOf(paul), /How shall we go on\?/);
    });
  });

  describe('a press that no card offered', () => {
    for (const value of [
      { press: 'send-ticket', binding: 'AAAAAAAA.1.AAAAAAAAAAAAAAAAAAAAAA', value: 'x' },
      { press: 'send-ticket', binding: '' },
      { press: { $ne: null }, binding: 'x' },
      'send-ticket',
      [],
      { msteams: { type: 'task/fetch' } },
    ]) {
      it(`${JSON.stringify(value).slice(0, 60)} changes nothing and is answered`, async () => {
        const maria = world.connector.user();
        await maria.says('0x8004de40 windows 10');
        const answer = await maria.presses(value);
        assert.equal(answer.status, 200);
        assert.match(wordsSeenBy(maria).join('\n'), /from earlier/);
        assert.match(cardOf(maria), /How shall we go on\?/);
      });
    }
  });

  describe('a reply that Teams is too busy to take', () => {
    it('waits in the outbox, the rest with it, and the sweeper delivers all once and in order', async () => {
      const maria = world.connector.user();
      world.connector.failNext(1, { kind: 'throttled', retryAfterSeconds: 600 });
      assert.equal((await maria.says('0x8004de40 windows 10')).status, 200);
      assert.deepEqual(maria.messages(), []);
      assert.deepEqual(await statesOf(maria), ['pending', 'pending']);

      await world.app.sweep(0);
      assert.deepEqual(maria.messages(), [], 'not before Retry-After');
      await world.letTimePass();
      assert.equal(await world.app.sweep(0), 2);
      assert.equal(await world.app.sweep(0), 0);
      assert.match(wordsSeenBy(maria)[0] ?? '', /Hello, I'm Handshake/);
      assert.match(wordsSeenBy(maria)[1] ?? '', /How shall we go on/);
      assert.equal(maria.messages().length, 2);
      assert.deepEqual(await statesOf(maria), ['sent', 'sent']);
    });

    it('leaves a card that works when it came late', async () => {
      const maria = world.connector.user();
      world.connector.failNext(1, { kind: 'throttled', retryAfterSeconds: 600 });
      await maria.says('0x8004de40 windows 10');
      await world.letTimePass();
      await world.app.sweep(0);
      await maria.pressesButton('Guide me step by step');
      assert.match(cardOf(maria), /Step 1 of/);
      assert.equal(maria.messages()[1]?.edits, 1, 'the answered card lost its buttons');
    });
  });

  describe('someone who writes again while a reply waits', () => {
    it('gets the waiting reply first and the new ones below it, once Teams takes them', async () => {
      const maria = world.connector.user();
      world.connector.failNext(1, { kind: 'throttled', retryAfterSeconds: 600 });
      await maria.says('0x8004de40 windows 10');
      await world.letTimePass();
      await maria.says('guide me step by step');
      assert.match(wordsSeenBy(maria)[0] ?? '', /Hello, I'm Handshake/);
      assert.match(cardOf(maria), /Step 1 of/);
      assert.deepEqual(new Set(await statesOf(maria)), new Set(['sent']));
      await maria.pressesButton('Still broken');
      assert.match(cardOf(maria), /Step 2 of/, 'the newest card is the one that works');
    });

    it('gets none of them before the time that Teams asked for, then all in order, once', async () => {
      const maria = world.connector.user();
      world.connector.failNext(1, { kind: 'throttled', retryAfterSeconds: 600 });
      await maria.says('0x8004de40 windows 10');
      const requests = world.connector.requests.length;
      await maria.says('guide me step by step');
      assert.equal(world.connector.requests.length, requests, 'nothing overtakes');
      await world.app.sweep(0);
      assert.deepEqual(maria.messages(), []);
      await world.letTimePass();
      await world.app.sweep();
      assert.match(wordsSeenBy(maria)[0] ?? '', /Hello, I'm Handshake/);
      assert.match(cardOf(maria), /Step 1 of/);
      assert.equal(await world.app.sweep(0), 0);
      assert.deepEqual(new Set(await statesOf(maria)), new Set(['sent']));
    });

    it('waits with all of them again when Teams is still too busy', async () => {
      const maria = world.connector.user();
      world.connector.failNext(2, { kind: 'throttled', retryAfterSeconds: 600 });
      await maria.says('0x8004de40 windows 10');
      await world.letTimePass();
      await maria.says('guide me step by step');
      assert.deepEqual(maria.messages(), []);
      assert.deepEqual(new Set(await statesOf(maria)), new Set(['pending']));
      await world.letTimePass();
      await world.app.sweep();
      assert.match(wordsSeenBy(maria)[0] ?? '', /Hello, I'm Handshake/);
      assert.match(cardOf(maria), /Step 1 of/);
    });
  });

  describe('a reply of which nobody knows whether it arrived', () => {
    for (const fault of [
      { kind: 'status', status: 502, accepted: true },
      { kind: 'reset', accepted: true },
      { kind: 'status', status: 500, accepted: false },
    ] as const) {
      it(`is never sent again: ${JSON.stringify(fault)}`, async () => {
        const maria = world.connector.user();
        world.connector.failNext(1, fault);
        assert.equal((await maria.says('0x8004de40 windows 10')).status, 200);
        assert.deepEqual(await statesOf(maria), ['unknown', 'sent']);
        await world.letTimePass();
        await world.app.sweep(0);
        const greetings = wordsSeenBy(maria).filter((words) => words.includes("Hello, I'm Handshake"));
        assert.equal(greetings.length, fault.accepted ? 1 : 0);
        assert.equal(
          world.connector.sent().filter(({ path }) => path.includes(encodeURIComponent(maria.conversation)))
            .length,
          2,
        );
      });
    }
  });

  describe('someone who removes the app', () => {
    it('is not written to, and starts where they were when they install it again', async () => {
      const maria = world.connector.user();
      await maria.says('0x8004de40 windows 10');
      const before = world.connector.requests.length;
      assert.equal((await maria.removes()).status, 200);
      await world.app.sweep(0);
      assert.equal(world.connector.requests.length, before);
      await maria.installs();
      assert.match(cardOf(maria), /How shall we go on\?/);
    });
  });

  describe('people in a group chat', () => {
    it('have a case each, and none sees or moves that of another', async () => {
      const id = world.connector.channel('group-of-two');
      const conversation = {
        id,
        conversationType: 'groupChat',
        isGroup: true,
        tenantId: world.connector.tenantId,
      };
      const [maria, paul] = [world.connector.user(), world.connector.user()];
      const inGroup = (text: string) => ({ type: 'message', text, conversation: conversation as never });
      await maria.sends(inGroup('<at>Handshake</at> 0x8004de40 windows 10'));
      await paul.sends(inGroup('<at>Handshake</at> 0x8004de88 windows 7'));
      await maria.sends(inGroup('guide me'));

      const hers = (await storedOf(world, `msteams/${id}/${maria.profile.id}`)).cases;
      const his = (await storedOf(world, `msteams/${id}/${paul.profile.id}`)).cases;
      assert.deepEqual(
        hers.map(({ errorCode, os, place }) => [errorCode, os, place]),
        [['0x8004de40', 'windows-10', 'node']],
      );
      assert.deepEqual(
        his.map(({ errorCode, os, place }) => [errorCode, os, place]),
        [['0x8004de88', 'windows-7', 'way']],
      );
    });
  });

  async function statesOf(user: TeamsUser): Promise<readonly string[]> {
    return (await stored(user)).outbox.map(({ state }) => state);
  }
});

/** The data of a button on the newest card. */
function findPress(user: TeamsUser, title: string): unknown {
  const { actions } = user.lastCard().content;
  const found = actions.find((action: { title: string }) => action.title === title);
  assert.ok(found, JSON.stringify(actions));
  return found.data;
}
