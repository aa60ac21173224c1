import assert from 'node:assert/strict';
import { objectsOf } from '../bot/chat.ts';
import { buildReport } from '../diagnosis/report-builder.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { databaseStarts, startWorld, textOf, type World, wordsSeenBy } from './harness.ts';

const ana = 'a0000000-0000-4000-8000-00000000000a';
const bo = 'b0000000-0000-4000-8000-00000000000b';
const cy = 'c0000000-0000-4000-8000-00000000000c';
const day = 86_400_000;
/** A quarter of an hour after the reports of these tests were written. */
const reported = Date.parse('2026-11-24T07:55:00Z');
const retiring = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'];

describe('A notice before a change of the TLS policy', function () {
  this.timeout(databaseStarts);
  let world: World;
  let later = 0;
  let author: TeamsUser;
  let approver: TeamsUser;
  let second: TeamsUser;
  let maria: TeamsUser;
  let others: readonly TeamsUser[];

  before(async () => {
    const settings = { NOTICE_AUTHORS: ana, NOTICE_APPROVERS: `${bo},${cy}`, NOTICE_APPROVAL_ABOVE: '0' };
    const began = Date.now();
    const now = () => new Date(reported + Date.now() - began + later);
    world = await startWorld({ mode: 'teams', data: 'memory', settings, app: { now } });
    const { connector } = world;
    author = connector.user({ name: 'Ana', aadObjectId: ana });
    approver = connector.user({ name: 'Bo', aadObjectId: bo });
    second = connector.user({ name: 'Cy', aadObjectId: cy });
    maria = connector.user({ name: 'Maria' });
    others = [connector.user({ name: 'Nils' }), connector.user({ name: 'Olga' })];
  });
  after(() => world.close());

  /** The form as the card shows it, with what was changed in it. */
  function filled(user: TeamsUser, changed: Readonly<Record<string, string>> = {}) {
    const inputs = objectsOf(user.lastCard().content).filter(({ type }) => String(type).startsWith('Input.'));
    return { ...Object.fromEntries(inputs.map(({ id, value }) => [id, String(value ?? '')])), ...changed };
  }
  const seen = (user: TeamsUser) => textOf(user.lastCard().content);
  const noticesOf = (user: TeamsUser) =>
    wordsSeenBy(user).filter((words) => /will stop signing in/.test(words));

  it('has the reports of three people, and shows its author whom the change will hit before anything is sent', async () => {
    await maria.says(buildReport({ 'suites:Get-TlsCipherSuite': retiring }));
    for (const user of others) await user.says(buildReport());
    for (const user of [approver, second]) await user.says('hello');
    await author.says('new notice');
    await author.pressesButton('Go on', filled(author, { change: '2026-04-01', name: 'DHE retires' }));
    assert.match(seen(author), /Draft: DHE retires/);
    assert.match(seen(author), /will break: 1/);
    assert.match(seen(author), /Dry run of this audience: 1 person/);
  });

  it('is previewed to its author alone', async () => {
    await author.pressesButton('Preview to me', filled(author));
    assert.equal(noticesOf(author).length, 1);
    assert.equal(noticesOf(maria).length, 0);
    const [willBreak, atRisk] = wordsSeenBy(author).filter((words) => /Hello Ana\./.test(words));
    assert.match(willBreak ?? '', /Your Windows 11 PC .*: the PC knows none of the ways/);
    assert.match(atRisk ?? '', /only just: the PC tries older ways of encrypting first/);
  });

  it('goes out only after a second person has approved it, who sees text, audience and figures', async () => {
    await author.says('notices');
    await author.pressesButton('Open', filled(author, { id: await onlyNotice() }));
    await author.pressesButton('Submit', filled(author, { remind: '1' }));
    assert.match(
      seen(author),
      /You wrote this notice or sent it for approval, so somebody else has to approve it/,
    );
    assert.match(seen(author), /It was shown to Bo and Cy/);
    await goOn();
    assert.equal(noticesOf(maria).length, 0);
    assert.match(seen(approver), /Ana asks for a second person. This goes to 1 person/);
    assert.match(seen(approver), /will stop signing in/);
    assert.deepEqual(seen(second), seen(approver));
    await approver.pressesButton('Approve');
    await goOn();
  });

  it('leaves nobody with a button to approve what is approved, and tells its author who did', async () => {
    await world.app.notices.followCards();
    assert.match(seen(second), /Bo has approved this/);
    assert.throws(() => second.pressesButton('Approve'));
    assert.ok(wordsSeenBy(author).some((words) => /Bo has approved this/.test(words)));
  });

  it('reaches the one whom it concerns, with what it means for this PC, and nobody else', () => {
    assert.equal(noticesOf(maria).length, 1);
    assert.match(seen(maria), /Sign-in to OneDrive will stop on your Windows 11 PC/);
    for (const user of [...others, approver, second]) assert.equal(noticesOf(user).length, 0);
  });

  it('opens the check in place, and knows afterwards that the PC is fixed', async () => {
    await maria.pressesButton('I have read this');
    await maria.pressesButton('Check my PC');
    assert.match(seen(maria), /check your PC/);
    await maria.says(buildReport());
    await world.app.notices.followUp();
  });

  it('shows its author how it goes on one card, which came by itself and becomes the report', async () => {
    later += 2 * 60_000;
    await world.app.notices.followCards();
    const cards = wordsSeenBy(author).filter((words) => /Deliveries/.test(words));
    assert.equal(cards.length, 1);
    for (const words of [
      /✔ Done/,
      /get a reminder on/,
      /Sent: 1/,
      /Have read it: 1/,
      /Checked their PC: 1/,
      /Fixed: 1/,
    ]) {
      assert.match(cards[0] ?? '', words);
    }
  });

  it('hands its report to whoever has the link, with reasons in words', async () => {
    const [card] = author.cardsShown().filter(({ content }) => /Deliveries/.test(textOf(content)));
    const link = objectsOf(card?.content).find(({ title }) => title === 'Report as CSV');
    const { pathname } = new URL(String(link?.url));
    const { db } = world.app.database;
    await db.updateTable('notice_deliveries').set({ reason: 'MessageSizeTooBig' }).execute();
    const csv = await (await fetch(`${world.app.url}${pathname}`)).text();
    assert.match(csv, /,reason,reasonInWords,.*\r\n.*,MessageSizeTooBig,the message is too big for Teams,/);
    const refused = await fetch(`${world.app.url}${pathname.slice(0, -1)}`);
    assert.deepEqual([refused.status, /link has lapsed/.test(await refused.text())], [404, true]);
  });

  it('reminds nobody who is fixed', async () => {
    later = 2 * day;
    await world.app.notices.followUp();
    await goOn();
    await onlyNotice();
    assert.equal(noticesOf(maria).length, 1);
    await world.app.notices.followCards();
    const [card] = wordsSeenBy(author).filter((words) => /Deliveries/.test(words));
    assert.doesNotMatch(card ?? '', /get a reminder on/);
  });

  async function goOn(): Promise<void> {
    await world.app.notices.windClock();
    await world.app.notices.sweep();
    await world.app.notices.windClock();
  }

  async function onlyNotice(): Promise<string> {
    const rows = await world.app.database.db.selectFrom('notices').select('id').execute();
    assert.equal(rows.length, 1);
    return rows[0]?.id ?? '';
  }
});
