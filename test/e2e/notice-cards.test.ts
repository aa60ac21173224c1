import assert from 'node:assert/strict';
import { objectsOf } from '../bot/chat.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { databaseStarts, startWorld, textOf, type World, wordsSeenBy } from './harness.ts';

const [ana, bo, cy, dee] = ['a', 'b', 'c', 'd'].map(
  (one) => `${one}0000000-0000-4000-8000-00000000000${one}`,
);

describe('The cards of a notice that administrators have before them', function () {
  this.timeout(databaseStarts);
  let world: World;
  let author: TeamsUser;
  let approver: TeamsUser;
  let second: TeamsUser;
  let third: TeamsUser;

  before(async () => {
    const settings = {
      ...{ NOTICE_AUTHORS: ana ?? '', NOTICE_APPROVERS: `${bo},${cy},${dee}`, NOTICE_APPROVAL_ABOVE: '0' },
    };
    world = await startWorld({ mode: 'teams', data: 'memory', settings });
    const { connector } = world;
    author = connector.user({ name: 'Ana', aadObjectId: ana });
    approver = connector.user({ name: 'Bo', aadObjectId: bo });
    second = connector.user({ name: 'Cy', aadObjectId: cy });
    third = connector.user({ name: 'Dee', aadObjectId: dee });
    for (const user of [approver, second, third]) await user.says('hello');
  });
  after(() => world.close());

  it('tell an author by a message of its own that it was rejected, by whom and why', async () => {
    await submit('Printers move');
    const before = author.messages().map(({ id }) => id);
    await approver.pressesButton('Reject', { reason: 'Please say when.' });
    await world.app.notices.followCards();
    const [news, ...more] = author.messages().filter(({ id }) => !before.includes(id));
    assert.deepEqual([news?.activity.summary, more], ['Bo has rejected Printers move', []]);
    assert.match(textOf(news?.activity.attachments?.[0]?.content), /The reason: Please say when\./);
    await author.pressesButton('Refresh');
    assert.match(seen(author), /Draft: Printers move/);
    await world.app.notices.followCards();
    assert.equal(author.messages().length, before.length + 1);
  });

  it('tell an author by a message of its own that the notice has stopped by itself, and why', async () => {
    const names = ['Eva', 'Fred', 'Gina'];
    const others = names.map((name) => world.connector.user({ name }));
    for (const user of others) await user.says('hello');
    await submit('Lifts stop', { start: '' });
    for (const user of others) user.blocksBot();
    await approver.pressesButton('Approve');
    const title = 'Lifts stop has stopped by itself';
    const told = () => author.messages().filter(({ activity }) => activity.summary === title);
    // The bot's own clock goes on beside ours, and whoever is first sees how it stands then.
    for (let round = 0; told().length === 0 && round < 50; round += 1) {
      await goOn();
      await world.app.notices.followCards();
    }
    const [news, ...more] = told();
    assert.equal(more.length, 0);
    const words = textOf(news?.activity.attachments?.[0]?.content);
    assert.match(words, /3 of [3-7] failed, blocked the bot or may not have arrived\. Look at the reasons/);
  });

  it('let nobody decide on what is a draft again, and say so', async () => {
    await submit('Scanners move');
    const { id, content } = second.lastCard();
    const approve = objectsOf(content).find(({ title }) => title === 'Approve');
    await approver.pressesButton('Reject', { reason: 'Not now.' });
    await second.presses(approve?.data, id);
    assert.match(seen(second), /Scanners move: Draft/);
    assert.match(seen(second), /Bo has rejected this: Not now\./);
    assert.throws(() => second.pressesButton('Approve'), /no button/);
    assert.deepEqual(await stateOf('Scanners move'), 'draft');
  });

  it('let whoever approves read it as its readers will, and decide after that', async () => {
    await submit('Stairs move');
    const before = second.messages().length;
    await second.pressesButton('Preview to me');
    const seenSince = wordsSeenBy(second).slice(before);
    assert.deepEqual(
      [seenSince[0], seenSince.length],
      ['Below you see each text as its readers will see it.', 2],
    );
    assert.match(seenSince[1] ?? '', /A word from Ana.*Hello Cy.*write "stop notices"/s);
    assert.equal(await stateOf('Stairs move'), 'awaiting-approval');
  });

  it('are given up for whoever blocks the bot and where the card was deleted; all others are edited', async () => {
    await submit('Phones move');
    approver.blocksBot();
    second.losesMessage(second.lastCard().id);
    await third.pressesButton('Approve');
    await world.app.notices.followCards();
    assert.ok(wordsSeenBy(author).some((words) => /Dee has approved this/.test(words)));
    assert.deepEqual(await endsOf('Phones move'), [
      ['Bo', '403 ConversationBlockedByUser', 'blocked', false],
      ['Cy', '404 ActivityNotFoundInConversation', 'reachable', true],
      ['Dee', 'it shows something else', 'reachable', true],
    ]);
  });

  it('go to nobody who has blocked the bot, until they write to it again', async () => {
    await submit('Desks move');
    assert.match(seen(author), /It was shown to Cy and Dee/);
    approver.unblocksBot();
    await approver.says('notices');
    await world.app.notices.followCards();
    assert.match(seen(approver), /To approve: Desks move/);
  });

  const seen = (user: TeamsUser) => textOf(user.lastCard().content);

  async function goOn(): Promise<void> {
    await world.app.notices.windClock();
    await world.app.notices.sweep();
    await world.app.notices.windClock();
  }

  async function submit(name: string, changed: Readonly<Record<string, string>> = {}): Promise<void> {
    await author.says('new notice');
    await author.pressesButton('Go on', filled({ change: 'announcement', name }));
    // Nothing goes out while cards are looked at.
    const start = new Date(Date.now() + 86_400_000).toISOString();
    await author.pressesButton('Submit', filled({ everyone: 'yes', start, ...changed }));
    await world.app.notices.followCards();
    assert.match(seen(author), new RegExp(`To approve: ${name}`));
  }

  /** The form as the card shows it, with what was changed in it. */
  function filled(changed: Readonly<Record<string, string>>) {
    const inputs = objectsOf(author.lastCard().content).filter(({ type }) =>
      String(type).startsWith('Input.'),
    );
    return { ...Object.fromEntries(inputs.map(({ id, value }) => [id, String(value ?? '')])), ...changed };
  }

  async function stateOf(name: string) {
    const rows = await world.app.database.db.selectFrom('notices').select('notice').execute();
    return rows.find(({ notice }) => notice.name === name)?.notice.status.at;
  }

  /** Of the cards of approvers: whose, why it is not edited any more, and whether they can be written to. */
  async function endsOf(name: string) {
    const rows = await world.app.database.db
      .selectFrom('notice_cards')
      .innerJoin('notices', 'notices.id', 'notice_id')
      .innerJoin('people', 'people.id', 'official')
      .select(['notice', 'people.name', 'reason', 'reach', 'people.reference'])
      .where('kind', '=', 'waiting')
      .where('people.name', '<>', 'Ana')
      .where('reason', 'is not', null)
      .orderBy('people.name')
      .execute();
    return rows
      .filter(({ notice }) => notice.name === name)
      .map((row) => [row.name, row.reason, row.reach, row.reference !== null]);
  }
});
