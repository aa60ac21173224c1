import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { needChromium, openBrowser } from '../chromium.ts';
import { type Started, startHandshake } from './newcomer.ts';
import { type ChatPage, openChat } from './playground-page.ts';
import { brokenReport, reportFile } from './reports.ts';

const output = fileURLToPath(new URL('output/', import.meta.url));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const file = { name: reportFile.name, mimeType: 'text/plain', buffer: reportFile.bytes };
const widths = [1280, 380] as const;

// One conversation: each test goes on where the one before it stopped.
describe('someone who chats in one place and checks the PC in another', function () {
  this.bail(true);
  let directory: string;
  let started: Started;
  let browser: Browser;
  let chat: ChatPage;
  /** The other PC's browser, in which no script runs. */
  let page: Page;
  let link: string;

  before(async function () {
    needChromium(this);
    await mkdir(output, { recursive: true });
    directory = await mkdtemp(join(tmpdir(), 'handshake-browser-'));
    started = await startHandshake(join(directory, 'db'));
    browser = await openBrowser();
    chat = await openChat(browser, started.url);
    page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
  });

  after(async () => {
    await browser?.close();
    await started?.pressCtrlC();
    if (directory) await rm(directory, { recursive: true, force: true });
  });

  it('finds address, code and QR code on the card, beside file and paste', async () => {
    await chat.says('0x8004de40 on windows 10');
    await chat.presses('Check my PC');
    await chat.sees('Use the web page');
    link = await chat.link('Open the page here');
    await chat.sees(showCode(link));
    await chat.picture(join(output, '20-web-link.png'));
    assert.deepEqual(await chat.flaws(), []);
  });

  it('is asked for the code at the short address, and told when it is none', async () => {
    await page.goto(link.replace(/\/r\/.*/, '/r'));
    await page.getByLabel('Your code').fill('no idea');
    await page.getByRole('button', { name: 'Continue' }).click();
    await sees('That is not a code');
    await look('21-ask');
  });

  it('is told kindly when the code is a wrong one', async () => {
    await page.getByLabel('Your code').fill('2222-2222');
    await page.getByRole('button', { name: 'Continue' }).click();
    await sees('This code does not work');
    await look('22-unknown');
    await page.getByRole('link', { name: 'Type another code' }).click();
  });

  it('gets to the page by the code, in small letters', async () => {
    await page.getByLabel('Your code').fill(showCode(link).toLowerCase());
    await page.getByRole('button', { name: 'Continue' }).click();
    await sees('Check of this PC');
    assert.equal(page.url(), link);
    await look('23-send');
  });

  it('downloads a script whose name holds the code', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /\.ps1$/ }).click(),
    ]);
    const code = link.slice(-8);
    assert.equal(download.suggestedFilename(), `handshake-check-${code}.ps1`);
    assert.ok((await readFile(await download.path())).length > 1_000);
  });

  it('is told what to do after sending nothing, and after pasting what is no report', async () => {
    await page.getByRole('button', { name: 'Send the file' }).click();
    await sees('choose the file handshake-report.txt first');
    await page.getByLabel('The text of the report').fill('it does not work');
    await page.getByRole('button', { name: 'Send the text' }).click();
    await sees('could not find a report in that');
    await look('24-no-report');
  });

  it('sends the file, sees the result, and the card comes up in the chat', async () => {
    await page.getByLabel('The file handshake-report.txt').setInputFiles(file);
    await page.getByRole('button', { name: 'Send the file' }).click();
    await sees('I found what blocks OneDrive');
    await sees('Switch on the two cipher suites');
    await sees('Go back to the chat');
    await look('25-result');
    await chat.sees('I found what blocks OneDrive');
    await chat.sees('with your report');
    await chat.picture(join(output, '26-result-in-chat.png'), 2);
  });

  it('sees on the same address that its code was used, and the result again', async () => {
    await page.goto(link);
    await sees('A report has come in already');
    await look('27-used');
    await page.getByRole('link', { name: 'See what the report showed' }).click();
    await sees('I found what blocks OneDrive');
  });

  it('pastes a second report under a new code', async () => {
    await chat.says('check my pc');
    await chat.sees('Use the web page');
    const second = await chat.link('Open the page here');
    assert.notEqual(second, link);
    await page.goto(second);
    await page.getByLabel('The text of the report').fill(brokenReport);
    await page.getByRole('button', { name: 'Send the text' }).click();
    await sees('Go back to the chat');
  });

  function sees(text: string): Promise<void> {
    return page.getByText(text).first().waitFor();
  }

  /** Leaves pictures, and finds nothing cut off and nothing that people with assistive technology would miss. */
  async function look(stage: string): Promise<void> {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(output, `${stage}-${width}.png`), fullPage: true });
    }
    assert.deepEqual(await violations(stage), []);
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  /** The page as it stands, in a tab that runs axe: the page itself forbids every script. */
  async function violations(stage: string): Promise<readonly string[]> {
    const tab = await browser.newPage({ viewport: { width: 380, height: 900 } });
    const markup = (await page.content()).replace(/<meta http-equiv="refresh"[^>]*>/, '');
    await tab.setContent(markup);
    await tab.addScriptTag({ path: axe });
    const wide = await tab.evaluate('document.documentElement.scrollWidth > innerWidth');
    const found = await tab.evaluate<readonly string[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, help }) => id + ": " + help))',
    );
    await tab.close();
    return wide ? [...found, `${stage} is wider than a phone`] : found;
  }
});

/** The code as the card shows it, from the end of the link. */
function showCode(link: string): string {
  return `${link.slice(-8, -4)}-${link.slice(-4)}`;
}
