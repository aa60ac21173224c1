import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { needChromium } from '../chromium.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { wordsSeenBy } from './harness.ts';
import { type NoticeScene, openNoticeScene } from './notice-scene.ts';
import { createNoticeStory, type NoticeStory, noticeName } from './notice-story.ts';
import type { CardOnShow, ChatPage } from './playground-page.ts';

const output = fileURLToPath(new URL('output/', import.meta.url));
const title = 'OneDrive on your Windows 10 PC will stop signing in from Wednesday, April 1, 2026';

// One notice from its draft to its reminder: each test goes on where the one before it stopped.
describe('a notice in the Agents Playgrounds of three people', function () {
  this.bail(true);
  let scene: NoticeScene;
  let story: NoticeStory;

  before(async function () {
    needChromium(this);
    await mkdir(output, { recursive: true });
    scene = await openNoticeScene();
    story = createNoticeStory(scene);
  });

  after(() => scene?.end());

  it('begins with reports, which are all fine before the change', async () => {
    await story.allReport();
    for (const chat of [scene.kim, scene.anna, scene.jonas]) {
      shows(await newest(chat, 'Result of the check'), ['✔ This PC looks fine']);
    }
  });

  it('shows its author whom the change hits, and who would get the notice, before anything is sent', async () => {
    await story.kimBegins();
    const draft = await newest(scene.kim, 'Draft:');
    shows(draft, ['will break: 11', 'at risk: 0', 'fine: 9', 'unknown, no report: 2']);
    shows(draft, ['Dry run of this audience: 10 people', 'Not reached: Una Graf (wants no notices)']);
    assert.match(draft.lines.join('\n'), /Among them: .*Jonas Falk \(will break\)/);
    await look(scene.kim, 'n01-draft');
  });

  it('has its texts and its schedule in parts of the form that open', async () => {
    const { kim } = scene;
    const label = 'Remind after so many days (empty is never)';
    assert.ok(!(await newest(kim, 'Draft:')).lines.includes(label));
    await story.kimFillsIn();
    shows(await newest(kim, 'Draft:'), [
      label,
      'Title in English for: will break',
      'Title in German for: will break',
    ]);
    await look(kim, 'n02-form');
  });

  it('is previewed to its author alone, and the form keeps what was typed', async () => {
    const { kim, jonas } = scene;
    await story.kimPreviews();
    await kim.sees(title);
    const previews = [await kim.cards('A notice from Lumen'), await kim.cards('Eine Mitteilung von Lumen')];
    assert.deepEqual(
      previews.map(({ length }) => length),
      [2, 2],
      'will break and at risk, in English and in German',
    );
    await kim.presses('When, reminder, reason');
    assert.equal(await kim.value('Remind after so many days'), '7');
    assert.deepEqual(await jonas.cards('A notice from'), []);
    await look(kim, 'n03-preview', 3);
  });

  it('waits for a second person, who is shown text, audience, figures and hours', async () => {
    const { kim, anna } = scene;
    await story.kimSubmits();
    const own = await newest(kim, 'To approve:');
    shows(own, ['It was shown to Anna Berg.']);
    assert.ok(!own.presses.includes('Approve'), 'nobody approves their own words');
    const asked = await newest(anna, 'To approve:');
    assert.match(asked.lines.join('\n'), /^Kim Solberg asks for a second person/m);
    shows(asked, ['will break: 11', 'OneDrive on your {pc} will stop signing in from {day}']);
    shows(asked, ["Between 08:00 and 18:00 of each reader's day"]);
    assert.match(asked.lines.join('\n'), /^After 7 days it reminds/m);
    assert.deepEqual(asked.presses, ['Approve', 'Reject', 'Preview to me', 'Refresh']);
    await look(kim, 'n04-waiting', 3);
    await look(anna, 'n05-asked');
    assert.deepEqual(noticesOf(everybody(scene)), []);
  });

  it('is approved, which its author sees, and leaves nobody a button to approve it again', async () => {
    await story.annaApproves();
    assert.ok(!(await newest(scene.anna, noticeName)).presses.includes('Approve'));
    await look(scene.anna, 'n06-approved');
  });

  it('comes to the one whose PC it concerns, in words for this PC', async () => {
    const { jonas, others } = scene;
    await scene.goOn();
    await jonas.sees(title);
    const notice = await newest(jonas, 'A notice from Lumen');
    shows(notice, ['✖ Sign-in to OneDrive will stop on your Windows 10 PC, as your last report shows it.']);
    const buttons = ['Check my PC', 'I have read this', 'Talk to a person', 'No more notices'];
    assert.deepEqual(notice.presses, [...buttons, 'What Microsoft says']);
    await look(jonas, 'n07-notice');
    assert.equal(noticesOf(others.old).length, others.old.length);
    const spared = [...others.ready, ...others.withoutReport, ...others.oldAndWantsNoNotices];
    assert.deepEqual(noticesOf(spared), []);
    assert.deepEqual(await scene.anna.cards('A notice from'), []);
  });

  it('shows its author how it goes on a card that comes by itself', async () => {
    await scene.kim.sees('Sent: 7');
    const progress = await newest(scene.kim, 'Deliveries');
    assert.equal(progress.lines[0], `${noticeName}: ▶ Being sent`);
    shows(progress, ['Approved by Anna Berg.', 'To 11 people. Every one of them is in one of these states:']);
    shows(progress, ['Sent: 7', "Held until the reader's day: 2", 'Blocked: 1', 'Skipped: 1']);
    assert.deepEqual(progress.presses, ['Pause', 'Cancel the notice', 'Refresh']);
    await look(scene.kim, 'n08-progress');
  });

  it('leads its reader to the check, and the report of the repaired PC to the result', async () => {
    const { jonas } = scene;
    await story.jonasOpensCheck();
    await look(jonas, 'n09-check');
    await story.jonasSendsReport();
    const result = await newest(jonas, 'Result of the check');
    shows(result, ['✔ This PC looks fine']);
    assert.ok(result.presses.includes('Check again'));
    await look(jonas, 'n10-result');
  });

  it('says on its own card what its reader has done', async () => {
    const { jonas } = scene;
    await scene.goOn();
    await story.jonasAcknowledges();
    const notice = await newest(jonas, 'A notice from Lumen');
    shows(notice, [
      '✔ You have said that you read this.',
      '✔ Your PC is ready for the change now. Thank you.',
    ]);
    assert.ok(!notice.presses.includes('I have read this'));
    await look(jonas, 'n11-acknowledged', 4);
  });

  it('goes to those who are held when their day begins, and its card becomes the report', async () => {
    const { kim, others } = scene;
    await story.othersAct();
    assert.deepEqual(noticesOf(others.oldInNewYork), []);
    scene.letPass(5);
    await scene.goOn();
    await kim.sees(`${noticeName}: ✔ Done`);
    assert.equal(noticesOf(others.oldInNewYork).length, 2);
    const report = await newest(kim, 'Deliveries');
    shows(report, ['Sent: 9', "Held until the reader's day: 0", 'Blocked: 1']);
    shows(report, ['Have read it: 4', 'Checked their PC: 4', 'Fixed: 3']);
    assert.equal((await kim.cards('Deliveries')).length, 1);
    await look(kim, 'n12-report');
    const csv = await fetch(await kim.opens('Report as CSV')).then((response) => response.text());
    assert.match(csv, /Jonas Falk.*sent/);
  });

  it('is followed by a reminder to those who are not ready, and to nobody else', async () => {
    const { jonas, others } = scene;
    const reminded = (users: readonly TeamsUser[]) =>
      noticesOf(users).filter((words) => words.startsWith('Reminder'));
    scene.letPass(8 * 24);
    await scene.goOn();
    await scene.goOn();
    const [mira, omar, ...unready] = others.old;
    assert.ok(mira && omar);
    assert.equal(reminded(unready).length, unready.length);
    assert.deepEqual(reminded([mira, omar]), []);
    assert.deepEqual(await jonas.cards('Reminder'), []);
    await look(jonas, 'n13-no-reminder', 2);
  });

  async function look(chat: ChatPage, stage: string, messages = 1): Promise<void> {
    await chat.picture(join(output, `${stage}.png`), messages);
    assert.deepEqual(await chat.flaws(), [], stage);
  }
});

async function newest(chat: ChatPage, text: string): Promise<CardOnShow> {
  const card = (await chat.cards(text)).at(-1);
  assert.ok(card, `no card with "${text}"`);
  return card;
}

function shows({ lines }: CardOnShow, expected: readonly string[]): void {
  for (const line of expected) assert.ok(lines.includes(line), `no line "${line}" in ${lines.join('\n')}`);
}

function everybody({ others }: NoticeScene): readonly TeamsUser[] {
  return Object.values(others).flat();
}

/** The words of each notice that came to them, reminders too. */
function noticesOf(users: readonly TeamsUser[]): readonly string[] {
  return users.flatMap(wordsSeenBy).filter((words) => words.includes('A notice from Lumen'));
}
