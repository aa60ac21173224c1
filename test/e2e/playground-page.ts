import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from 'playwright-core';

/** `npm start` as a newcomer runs it, on a data directory of the test's own. */
export type Started = { readonly url: string; stop(): Promise<number | null> };

export const chromiumPath = '/usr/bin/chromium';

export function hasChromium(): boolean {
  return existsSync(chromiumPath);
}

/** Waits for the address of the chat that the start prints. */
export async function startHandshake(dataDirectory: string, port: number): Promise<Started> {
  const child = spawn(process.execPath, ['src/cli.ts', 'start'], {
    env: { ...process.env, DATABASE_URL: `pglite:${dataDirectory}`, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { url: await chatAddress(child), stop: () => stop(child, exited) };
}

async function chatAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The start has no output to read.');
  for await (const line of createInterface(child.stdout)) {
    const found = /Chat here\s+(\S+)/.exec(line);
    if (found?.[1] !== undefined) return found[1];
  }
  throw new Error('The start ended without printing the address of the chat.');
}

async function stop(child: ChildProcess, exited: Promise<number | null>): Promise<number | null> {
  child.kill('SIGINT');
  return exited;
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The chat as a person sees it. */
export type ChatPage = {
  readonly page: Page;
  says(text: string): Promise<void>;
  presses(button: string): Promise<void>;
  /** Waits until the text is there. */
  sees(text: string | RegExp): Promise<void>;
  picture(path: string): Promise<void>;
};

export async function openChat(browser: Browser, url: string): Promise<ChatPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  const box = page.locator('[role=textbox]').first();
  return {
    page,
    async says(text) {
      await box.click();
      // A paste keeps its line ends; typing them would send the message.
      await page.keyboard.insertText(text);
      await page.keyboard.press('Enter');
    },
    presses: (button) => page.getByRole('button', { name: button, exact: true }).last().click(),
    sees: (text) => page.getByText(text).last().waitFor(),
    async picture(path) {
      await page.waitForTimeout(1_000);
      await page.screenshot({ path, clip: { x: 330, y: 48, width: 620, height: 1052 } });
    },
  };
}
