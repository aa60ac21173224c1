import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startApp } from '../../src/main.ts';
import { openBrowser } from '../chromium.ts';
import { startTeamsConnector } from '../doubles/teams-connector.ts';
import { joinOthers, type Others, reportOf, takeSeat } from './lumen.ts';
import type { ChatPage } from './playground-page.ts';

/**
 * An organisation a month before the DHE suites retire: three people in a Playground each, the others in a Teams of the
 * tests. All that the bot knows of them they have told it.
 */
export type NoticeScene = {
  /** Writes the notice. Her PC is ready. */
  readonly kim: ChatPage;
  /** May approve it. Her PC is ready. */
  readonly anna: ChatPage;
  /** His PC has nothing but what retires. */
  readonly jonas: ChatPage;
  readonly others: Others;
  /** What the check writes on a PC at this moment. */
  report(pc: 'old' | 'ready'): string;
  /** Does at once what is due: starts, sends, looks at reports, reminds, edits cards. */
  goOn(): Promise<void>;
  letPass(hours: number): void;
  end(): Promise<void>;
};

const kim = '7d3b1a52-0000-4000-8000-000000000010';
const anna = '7d3b1a52-0000-4000-8000-000000000011';
/** A Monday in March 2026, whenever this runs: 10:00 in Zurich, 04:00 in New York. */
const start = Date.parse('2026-03-02T09:00:00Z');
const hourMs = 3_600_000;

export async function openNoticeScene(deviceScaleFactor = 1): Promise<NoticeScene> {
  const began = Date.now();
  let passed = 0;
  const now = () => new Date(start + passed + Date.now() - began);
  const config = readConfig({
    ...{ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: 'pglite:memory://' },
    ...{ NOTICE_AUTHORS: kim, NOTICE_APPROVERS: anna, NOTICE_APPROVAL_ABOVE: '0' },
    ...{ ORGANISATION_NAME: 'Lumen', HELPDESK_CONTACT: 'IT help, extension 4711' },
    NOTICE_TIME_ZONE: 'Europe/Zurich',
  });
  const app = await startApp(config, createLog('silent'), { now });
  const connector = await startTeamsConnector();
  connector.connectBot(`${app.url}/api/messages`);
  const browser = await openBrowser();
  const seat = (name: string) => takeSeat(browser, `${app.url}/api/messages`, name, deviceScaleFactor);
  const seats = [await seat('Kim Solberg'), await seat('Anna Berg'), await seat('Jonas Falk')] as const;
  const [kimSits, annaSits, jonasSits] = seats;

  return {
    ...{ kim: kimSits.chat, anna: annaSits.chat, jonas: jonasSits.chat },
    others: await joinOthers(connector, now),
    report: (pc) => reportOf(pc, now()),
    async goOn() {
      const { windClock, sweep, followUp, followCards } = app.notices;
      for (const step of [followUp, windClock, sweep, windClock, followCards]) await step();
    },
    letPass(hours) {
      passed += hours * hourMs;
    },
    async end() {
      await browser.close();
      for (const { close } of seats) await close();
      await app.close();
      await connector.close();
    },
  };
}
