import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { type Playground, startPlayground } from '../../src/playground/playground.ts';
import { buildReport, systems } from '../diagnosis/report-builder.ts';
import type { TeamsConnector } from '../doubles/teams-connector.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { type ChatPage, openChat } from './playground-page.ts';

const localChat = new URL('../../src/playground/chat.yml', import.meta.url);

/** The chat as this person has it: a Playground is one person's, so each gets one of their own. */
export type Seat = { readonly chat: ChatPage; close(): Promise<void> };

type Member = { readonly id: string; readonly name: string; readonly aadObjectId: string };
type ChatFile = {
  readonly currentUser: Member;
  readonly users: readonly Member[];
  readonly personalChat: { readonly id: string };
};

/** A Playground of somebody whom the local chat knows by this name, and a page with it. */
export async function takeSeat(
  browser: Browser,
  botUrl: string,
  name: string,
  deviceScaleFactor: number,
): Promise<Seat> {
  const directory = await mkdtemp(join(tmpdir(), 'handshake-seat-'));
  const file = join(directory, 'chat.yml');
  const local: ChatFile = parse(await readFile(localChat, 'utf8'));
  await writeFile(file, stringify(chatOf(name, local)));
  const playground: Playground = await startPlayground(botUrl, file);
  const chat = await openChat(browser, playground.url, deviceScaleFactor);
  return {
    chat,
    async close() {
      await playground.close();
      await rm(directory, { recursive: true });
    },
  };
}

function chatOf(name: string, local: ChatFile): ChatFile {
  const all = [local.currentUser, ...local.users];
  const currentUser = all.find((member) => member.name === name);
  if (currentUser === undefined) throw new Error(`${name} is not in ${localChat.pathname}.`);
  const users = all.filter((member) => member !== currentUser);
  return { ...local, currentUser, users, personalChat: { id: `handshake-chat-of-${currentUser.id}` } };
}

/** What the check writes on this PC at this moment: one that has only what retires, or one that is ready. */
export function reportOf(pc: 'old' | 'ready', now: Date): string {
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const made = { 'report.time-utc': time, 'clock.server-date-utc': time, 'run.device': '0123456789abcdef' };
  return pc === 'ready'
    ? buildReport(systems['windows-10-22h2'], made)
    : buildReport(systems['windows-10-22h2'], made, {
        'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'],
      });
}

/** Others of the same organisation, in a Teams of the tests: how they stand before the change. */
const others = {
  old: ['Mira Holt', 'Omar Sandberg', 'Lea Winter', 'Nils Berger', 'Olga Brandt', 'Pia Keller'],
  /** Where it is night while the others work. */
  oldInNewYork: ['Ruth Adams', 'Sam Baker'],
  oldAndBlocksBot: ['Tim Fuchs'],
  oldAndWantsNoNotices: ['Una Graf'],
  ready: ['Vera Huber', 'Willi Jost', 'Xenia Kunz', 'Yann Lenz', 'Zoe Meier', 'Bea Nauer', 'Carl Oser'],
  withoutReport: ['Dora Pfister', 'Emil Roth'],
};

export type Others = Readonly<Record<keyof typeof others, readonly TeamsUser[]>>;

/** Each of them has written to the bot, and most have sent it a report. */
export async function joinOthers(connector: TeamsConnector, now: () => Date): Promise<Others> {
  const users = (group: keyof typeof others) => others[group].map((name) => connector.user({ name }));
  const joined: Others = {
    ...{ old: users('old'), oldInNewYork: users('oldInNewYork'), ready: users('ready') },
    oldAndBlocksBot: users('oldAndBlocksBot'),
    oldAndWantsNoNotices: users('oldAndWantsNoNotices'),
    withoutReport: users('withoutReport'),
  };
  const { old, oldInNewYork, oldAndBlocksBot, oldAndWantsNoNotices, ready, withoutReport } = joined;
  for (const user of [...old, ...oldAndBlocksBot, ...oldAndWantsNoNotices]) {
    await user.says(reportOf('old', now()));
  }
  for (const user of oldInNewYork) {
    const text = reportOf('old', now());
    await user.sends({ type: 'message', text, textFormat: 'plain', localTimezone: 'America/New_York' });
  }
  for (const user of ready) await user.says(reportOf('ready', now()));
  for (const user of withoutReport) await user.says('hello');
  for (const user of oldAndWantsNoNotices) await user.says('stop notices');
  for (const user of oldAndBlocksBot) user.blocksBot();
  return joined;
}
