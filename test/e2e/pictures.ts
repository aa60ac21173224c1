// `npm run pictures` makes the README's pictures from a conversation in the real Playground.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '../chromium.ts';
import { buildReport, type Changes, systems } from '../diagnosis/report-builder.ts';
import { takeForDocs } from './docs-picture.ts';
import { startHandshake } from './newcomer.ts';
import { type ChatPage, openChat } from './playground-page.ts';

const dheOnly = { 'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] };

/** What the script writes on one PC, so many minutes ago. */
function reportOf(minutesAgo: number, ...changes: readonly Changes[]): string {
  const time = new Date(Date.now() - minutesAgo * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const made = { 'report.time-utc': time, 'clock.server-date-utc': time, 'run.device': '0123456789abcdef' };
  return buildReport(systems['windows-10-22h2'], made, ...changes);
}

const directory = await mkdtemp(join(tmpdir(), 'handshake-pictures-'));
const started = await startHandshake(join(directory, 'db'));
const browser = await openBrowser();
try {
  // The README shows them at less than half of their width, so they stay sharp on dense screens.
  await talk(await openChat(browser, started.url, 1.5));
} finally {
  await browser.close();
  await started.pressCtrlC();
  await rm(directory, { recursive: true, force: true });
}

async function talk(chat: ChatPage): Promise<void> {
  await chat.sees('Which error do you see?');
  await take(chat, '1-greeting', 2);
  await chat.says('getting 0x8004DE40 on my Windows 10 laptop since Monday');
  await chat.sees('How shall we go on?');
  await chat.presses('Guide me step by step');
  await chat.sees(/Step 1 of/);
  await take(chat, '2-step', 3);
  await chat.presses('Check my PC instead');
  await chat.sees('Download the check');
  await take(chat, '3-script', 1);
  await chat.says(reportOf(9, dheOnly));
  await chat.sees('Recommended next step');
  await take(chat, '4-result', 1);
  await chat.presses('Show me this step');
  await chat.presses('Check again');
  await chat.says(reportOf(1));
  await chat.sees('Before');
  await take(chat, '6-before-after', 1);
  await chat.presses('Talk to a person');
  await chat.sees(/nobody is told by itself/);
  await chat.presses('Show me the preview');
  await chat.sees('This is what the helpdesk will see');
  await take(chat, '5-person', 1);
}

function take(chat: ChatPage, name: string, messages: number): Promise<void> {
  return takeForDocs(name, (path) => chat.picture(path, messages));
}
