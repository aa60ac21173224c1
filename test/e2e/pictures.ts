import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openChat, startHandshake } from './playground-page.ts';

// `npm run pictures` makes the README's pictures from a conversation in the real Playground.
const dheOnly = 'Name\n----\nTLS_DHE_RSA_WITH_AES_256_GCM_SHA384\nTLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
const directory = await mkdtemp(join(tmpdir(), 'handshake-pictures-'));
const started = await startHandshake(join(directory, 'db'), 3979);
const browser = await openBrowser();
try {
  const chat = await openChat(browser, started.url);
  await chat.sees('Which error do you see?');
  await chat.picture('docs/pictures/1-greeting.png');
  await chat.says('getting 0x8004DE40 on my Windows 10 laptop since Monday');
  await chat.sees('How shall we go on?');
  await chat.presses('Guide me step by step');
  await chat.sees(/Step 1 of/);
  await chat.picture('docs/pictures/2-step.png');
  await chat.presses('Check my PC instead');
  await chat.sees(/SHA-256/);
  await chat.picture('docs/pictures/3-script.png');
  await chat.says(dheOnly);
  await chat.sees('Recommended next step');
  await chat.picture('docs/pictures/4-result.png');
  await chat.presses('Talk to a person');
  await chat.sees('What I pass on');
  await chat.picture('docs/pictures/5-person.png');
} finally {
  await browser.close();
  await started.stop();
  await rm(directory, { recursive: true, force: true });
}
