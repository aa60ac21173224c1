import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { needChromium, openBrowser } from '../chromium.ts';
import { type Started, startHandshake } from './newcomer.ts';
import { type ChatPage, openChat } from './playground-page.ts';

const output = fileURLToPath(new URL('output/', import.meta.url));
const dheOnly = 'Name\n----\nTLS_DHE_RSA_WITH_AES_256_GCM_SHA384\nTLS_DHE_RSA_WITH_AES_128_GCM_SHA256';

// One conversation: each test goes on where the one before it stopped.
describe('a newcomer in the Agents Playground', function () {
  this.bail(true);
  let directory: string;
  let started: Started;
  let browser: Browser;
  let chat: ChatPage;

  before(async function () {
    needChromium(this);
    await mkdir(output, { recursive: true });
    directory = await mkdtemp(join(tmpdir(), 'handshake-browser-'));
    started = await startHandshake(join(directory, 'db'));
    browser = await openBrowser();
    chat = await openChat(browser, started.url);
  });

  after(async () => {
    await browser?.close();
    await started?.pressCtrlC();
    if (directory) await rm(directory, { recursive: true, force: true });
  });

  it('is greeted and asked for the code', async () => {
    await chat.sees("Hello, I'm Handshake");
    await chat.sees('Which error do you see?');
    await look('01-greeting', 2);
  });

  it('skips both questions by saying code and system', async () => {
    await chat.says('getting 0x8004DE40 on my Windows 10 laptop since Monday');
    await chat.sees('0x8004de40 · Windows 10');
    await look('02-way', 3);
  });

  it('walks two steps of the guide', async () => {
    await chat.presses('Guide me step by step');
    await chat.sees(/Step 1 of \d+/);
    await look('03-first-step');
    await chat.presses('Still broken');
    await chat.sees(/Step 2 of \d+/);
    await look('04-second-step', 2);
  });

  it('switches to the check, and pastes what a tool printed', async () => {
    await chat.presses('Check my PC instead');
    await chat.sees('Download the check');
    await look('05-script');
    await chat.says(dheOnly);
    await chat.sees('Recommended next step');
  });

  it('gets a recommendation that quotes the lines it rests on', async () => {
    await chat.sees('I found what blocks OneDrive');
    await chat.sees('Switch on the two cipher suites');
    await chat.sees('line 3');
    await chat.sees('with your report');
    await look('06-result', 3);
    await chat.presses('Show me this step');
    await chat.sees(/Enable-TlsCipherSuite -Name "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"/);
    await look('07-recommended-step');
  });

  it('is offered a person before steps that cannot mend what was found', async () => {
    await chat.presses("I can't do this");
    await chat.sees('This step may need someone else');
    await look('08-cannot');
    await chat.presses('Go on without it');
    await chat.sees('Did someone harden this computer?');
    await look('08-question');
  });

  it('is asked again before a drastic step, and can go back', async () => {
    await chat.says('start over');
    await chat.sees('All right, we start anew');
    await chat.says('0x8004de40 on windows 8.1');
    await chat.sees('How shall we go on?');
    await chat.presses('Guide me step by step');
    for (let step = 1; step <= 9; step += 1) {
      await chat.sees(`Step ${step} of 10`);
      await chat.presses('Still broken');
    }
    await chat.sees('What to know first');
    await look('09-drastic-asks');
    await chat.presses('Yes, show me how');
    await chat.sees(/onedrive\.exe" \/reset/);
    await look('10-drastic-step');
    await chat.presses('Back');
    await chat.sees('What to know first');
    await look('11-back');
  });

  it('hands over to a person and gets the number of a ticket', async () => {
    await chat.presses('Talk to a person');
    await chat.sees(/nobody is told by itself/);
    await look('12-person');
    await chat.presses('Show me the preview');
    await chat.sees('This is what the helpdesk will see');
    await look('12-preview');
    await chat.presses('Yes, save it for them');
    await chat.sees(/HS-[2-9A-Z]{6}/);
    await look('13-ticket', 3);
  });

  it('tells what helped, which closes the case, and opens it again', async () => {
    await chat.says('it works now!');
    await chat.sees('Great, it works again!');
    await look('14-what-helped');
    await chat.chooses("I don't know");
    await chat.presses('Done');
    await chat.sees('✔ Solved');
    await look('15-closed');
    await chat.presses('It came back');
    await chat.sees('Welcome back. We go on where we were.');
    await look('16-reopened', 2);
    await chat.presses('Yes, show me how');
    await chat.sees('Do not run it as administrator.');
  });

  it('answers in a group when it is mentioned, and asks for nothing private there', async () => {
    await chat.entersGroup();
    await chat.sees('Everyone here can read what you write to me.');
    await chat.mentionsAndSays('0x8004de88 on windows 11');
    await chat.sees('0x8004de88 · Windows 11');
    await look('17-group', 4);
  });

  it('ends everything by Ctrl+C', async () => {
    const { length } = started.processes();
    assert.ok(length >= 3, `npm, the bot and the Playground, but there were ${length} processes`);
    await started.pressCtrlC();
    assert.deepEqual(started.processes(), []);
  });

  it('goes on where it was after a second start', async () => {
    started = await startHandshake(join(directory, 'db'));
    chat = await openChat(browser, started.url);
    await chat.sees(/onedrive\.exe" \/reset/);
    await chat.says('still broken');
    await chat.sees('End of the guide');
    await look('18-second-start', 3);
  });

  /** Every stage leaves a picture, has no flaw, and only its last card can be pressed, beside that of a ticket. */
  async function look(stage: string, messages = 1): Promise<void> {
    await chat.picture(join(output, `${stage}.png`), messages);
    assert.deepEqual(await chat.flaws(), [], stage);
    const withButtons = await chat.cardsWithButtons();
    const pressable = withButtons.filter((card) => !card.startsWith('Your case at the helpdesk'));
    assert.equal(
      pressable.length,
      1,
      `at ${stage} one card can be pressed, not ${JSON.stringify(pressable)}`,
    );
  }
});
