import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import {
  type ChatPage,
  chromiumPath,
  hasChromium,
  openBrowser,
  openChat,
  type Started,
  startHandshake,
} from './playground-page.ts';

const output = new URL('output/', import.meta.url).pathname;
const dheOnly = 'Name\n----\nTLS_DHE_RSA_WITH_AES_256_GCM_SHA384\nTLS_DHE_RSA_WITH_AES_128_GCM_SHA256';

describe('a newcomer in the Agents Playground', () => {
  let directory: string;
  let started: Started | null = null;
  let browser: Browser;
  let chat: ChatPage;

  before(async function () {
    if (!hasChromium()) {
      assert.ok(!process.env.CI, `${chromiumPath} is missing`);
      console.log(`skipped: ${chromiumPath} is not installed`);
      return this.skip();
    }
    await mkdir(output, { recursive: true });
    directory = await mkdtemp(join(tmpdir(), 'handshake-browser-'));
    started = await startHandshake(join(directory, 'db'), 3981);
    browser = await openBrowser();
    chat = await openChat(browser, started.url);
  });

  after(async () => {
    await browser?.close();
    await started?.stop();
    if (directory) await rm(directory, { recursive: true, force: true });
  });

  it('is greeted and asked for the code', async () => {
    await chat.sees("Hello, I'm Handshake");
    await chat.sees('Which error do you see?');
    await finish('greeting');
  });

  it('skips both questions by saying code and system', async () => {
    await chat.says('getting 0x8004DE40 on my Windows 10 laptop since Monday');
    await chat.sees('How shall we go on?');
    assert.equal(await chat.page.getByRole('button', { name: 'Continue', exact: true }).count(), 0);
    await finish('way');
  });

  it('walks two steps, and the pressed card loses its buttons', async () => {
    await chat.presses('Guide me step by step');
    await chat.sees(/Step 1 of \d+/);
    await chat.presses('Still broken');
    await chat.sees(/Step 2 of \d+/);
    assert.equal(await chat.page.getByRole('button', { name: 'Still broken' }).count(), 1);
    await finish('step');
  });

  it('switches to the check and gets a recommendation that quotes what it rests on', async () => {
    await chat.presses('Check my PC instead');
    await chat.sees(/SHA-256/);
    await finish('script');
    await chat.says(dheOnly);
    await chat.sees('Recommended next step');
    await chat.sees('TLS_DHE_RSA_WITH_AES_256_GCM_SHA384');
    await finish('result');
    await chat.presses('Show me this step');
    await chat.sees(/Enable-TlsCipherSuite/);
    await finish('recommended-step');
  });

  it('gets a ticket, goes on, and closes the case', async () => {
    await chat.says('talk to a person');
    await chat.sees('What I pass on');
    await finish('person');
    await chat.presses('Ask a person');
    await chat.sees(/HS-[2-9A-Z]{6}/);
    await finish('ticket');
    await chat.presses('It works now');
    await chat.sees('Great, it works again!');
    await chat.page.getByText('I don’t know').or(chat.page.getByText("I don't know")).last().click();
    await chat.presses('Done');
    await chat.presses('It came back');
    await chat.sees(/Enable-TlsCipherSuite/);
    await finish('reopened');
  });

  it('goes on where it was after Ctrl+C and a second start', async () => {
    assert.equal(await started?.stop(), 0);
    started = await startHandshake(join(directory, 'db'), 3981);
    chat = await openChat(browser, started.url);
    await chat.sees(/Enable-TlsCipherSuite/);
    await finish('second-start');
  });

  /** Every stage leaves a picture, and shows neither holes in the wording nor cards that are too wide. */
  async function finish(stage: string): Promise<void> {
    await chat.picture(join(output, `${stage}.png`));
    const text = String(await chat.page.evaluate('document.body.innerText'));
    for (const hole of ['${', 'undefined', '[object'])
      assert.ok(!text.includes(hole), `"${hole}" at ${stage}`);
    const wide = await chat.page.evaluate(
      "[...document.querySelectorAll('.ac-adaptiveCard')].filter((card) => card.scrollWidth > card.clientWidth + 1).length",
    );
    assert.equal(wide, 0, `cards wider than their frame at ${stage}`);
  }
});
