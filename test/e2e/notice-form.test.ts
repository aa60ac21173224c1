import assert from 'node:assert/strict';
import { objectsOf } from '../bot/chat.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { databaseStarts, startWorld, textOf, type World } from './harness.ts';

const [ana, bo] = ['a', 'b'].map((one) => `${one}0000000-0000-4000-8000-00000000000${one}`);

describe('The form of a draft that two people have before them', function () {
  this.timeout(databaseStarts);
  let world: World;
  let first: TeamsUser;
  let second: TeamsUser;

  before(async () => {
    const settings = {
      ...{ NOTICE_AUTHORS: `${ana},${bo}`, NOTICE_APPROVERS: `${bo}`, NOTICE_APPROVAL_ABOVE: '0' },
    };
    world = await startWorld({ mode: 'teams', data: 'memory', settings });
    first = world.connector.user({ name: 'Ana', aadObjectId: ana });
    second = world.connector.user({ name: 'Bo', aadObjectId: bo });
  });
  after(() => world.close());

  it('keeps what somebody typed where the other one was faster, and says whose words are kept', async () => {
    await bothOpen('Printers move');
    await first.pressesButton('Save and dry run', filled(first, { 'body.en.all': 'On Monday.' }));
    await second.pressesButton('Save and dry run', filled(second, { 'body.en.all': 'On Tuesday.' }));
    assert.match(seen(second), /Somebody changed this draft in between\. .* saving it replaces theirs/);
    assert.equal(filled(second)['body.en.all'], 'On Tuesday.');
    assert.equal(await keptText('Printers move'), 'On Monday.');
    await second.pressesButton('Save and dry run', filled(second));
    assert.equal(await keptText('Printers move'), 'On Tuesday.');
  });

  it('is saved once by whoever presses twice', async () => {
    await bothOpen('Scanners move');
    const { id, pressed } = saved(first, { 'body.en.all': 'On Monday.' });
    await first.presses(pressed, id);
    await first.presses(pressed, id);
    assert.match(seen(first), /Saved\. Nothing was sent\./);
    assert.equal(await keptText('Scanners move'), 'On Monday.');
  });

  it('gives way to what waits for approval: nobody approves other words than those that are kept', async () => {
    await bothOpen('Phones move');
    const { id, pressed } = saved(second, { 'body.en.all': 'On Tuesday.' });
    await first.pressesButton('Submit', filled(first, { 'body.en.all': 'On Monday.', everyone: 'yes' }));
    await second.presses(pressed, id);
    const form = second.messages().find((message) => message.id === id);
    const words = textOf(form?.activity.attachments?.[0]?.content);
    assert.match(words, /To approve: Phones move.*On Monday\./s);
    assert.doesNotMatch(words, /On Tuesday\./);
  });

  it('comes back from what waits for approval or its hour, and nobody can approve that any more', async () => {
    await bothOpen('Desks move');
    await first.pressesButton('Submit', filled(first, { everyone: 'yes' }));
    await second.says('notices');
    await second.pressesButton('Open', { id: (await rowOf('Desks move'))?.id ?? '' });
    const { id, content } = second.lastCard();
    const approve = objectsOf(content).find(({ title }) => title === 'Approve');
    await first.pressesButton('Back to draft');
    await world.app.notices.followCards();
    assert.match(seen(first), /Draft: Desks move\nIt is a draft again/);
    await second.presses(approve?.data, id);
    assert.equal((await rowOf('Desks move'))?.state, 'draft');
    const start = new Date(Date.now() + 86_400_000).toISOString();
    await first.pressesButton('Submit', filled(first, { start }));
    await world.app.notices.followCards();
    await second.pressesButton('Approve');
    assert.match(seen(second), /Desks move: ⏳ Scheduled/);
    await second.pressesButton('Back to draft');
    assert.deepEqual([filled(second).start, (await rowOf('Desks move'))?.notice.approver], [start, null]);
  });

  const seen = (user: TeamsUser) => textOf(user.lastCard().content);

  /** One begins the draft, and both have its form before them. */
  async function bothOpen(name: string): Promise<void> {
    await first.says('new notice');
    await first.pressesButton('Go on', filled(first, { change: 'announcement', name }));
    await second.says('notices');
    await second.pressesButton('Open', { id: (await rowOf(name))?.id ?? '' });
  }

  /** The form as the card shows it, with what was changed in it. */
  function filled(user: TeamsUser, changed: Readonly<Record<string, string>> = {}) {
    const inputs = objectsOf(user.lastCard().content).filter(({ type }) => String(type).startsWith('Input.'));
    return { ...Object.fromEntries(inputs.map(({ id, value }) => [id, String(value ?? '')])), ...changed };
  }

  /** What Teams sends for the button that saves, to be sent when somebody presses it. */
  function saved(user: TeamsUser, changed: Readonly<Record<string, string>>) {
    const { id, content } = user.lastCard();
    const save = objectsOf(content).find(({ title }) => title === 'Save and dry run');
    return { id, pressed: { ...Object(save?.data), ...filled(user, changed) } };
  }

  async function rowOf(name: string) {
    const rows = await world.app.database.db.selectFrom('notices').selectAll().execute();
    return rows.find(({ notice }) => notice.name === name);
  }

  async function keptText(name: string) {
    return (await rowOf(name))?.notice.texts.all?.en?.body;
  }
});
