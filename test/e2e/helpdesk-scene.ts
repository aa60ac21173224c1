import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '../chromium.ts';
import { startHandshake } from './newcomer.ts';
import { type ChatPage, openChat } from './playground-page.ts';

/** The Playground with its channel as the helpdesk's. One person plays both sides: it knows no second sign-in. */
export type Scene = {
  readonly chat: ChatPage;
  /** Goes through the talk for a person, in the personal chat. */
  opensTicket(note: string): Promise<void>;
  entersHelpdesk(): Promise<void>;
  end(): Promise<void>;
};

/** As in src/playground/chat.yml. */
const channel = { id: 'handshake-local-channel', name: 'Lumen - Helpdesk' };
const dheOnly = 'Name\n----\nTLS_DHE_RSA_WITH_AES_256_GCM_SHA384\nTLS_DHE_RSA_WITH_AES_128_GCM_SHA256';

export async function openScene(deviceScaleFactor = 1): Promise<Scene> {
  const directory = await mkdtemp(join(tmpdir(), 'handshake-helpdesk-'));
  const started = await startHandshake(join(directory, 'db'), { HELPDESK_CHANNEL: channel.id });
  const browser = await openBrowser();
  const chat = await openChat(browser, started.url, deviceScaleFactor);
  return {
    chat,
    async opensTicket(note) {
      await chat.says('0x8004de40 on windows 10');
      await chat.sees('How shall we go on?');
      await chat.says(dheOnly);
      await chat.sees('Recommended next step');
      await chat.presses('Talk to a person');
      await chat.fills('What should they know?', note);
      await chat.presses('Show me the preview');
      await chat.presses('Yes, save it for them');
      await chat.sees(/I have sent your case to the helpdesk/);
    },
    entersHelpdesk: () => chat.entersChannel(channel.name),
    async end() {
      await browser.close();
      await started.pressCtrlC();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
