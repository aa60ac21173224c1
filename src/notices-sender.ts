import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Adapter } from './bot/adapter.ts';
import { cloudOf } from './bot/clouds.ts';
import { createNoticeChannel, type NoticeChannelParts } from './bot/notice-channel.ts';
import type { ComposeNotice } from './bot/notices/compose.ts';
import type { Chore } from './chores.ts';
import type { Config } from './config.ts';
import { graphAccess } from './graph-access.ts';
import { hasNotices } from './notice-config.ts';
import { createInstallFor } from './notices/graph.ts';
import { type InstallParts, withInstall } from './notices/install-channel.ts';
import { startNoticeJobs } from './notices/jobs.ts';
import type { WakeWorkers } from './notices/notice-store.ts';
import type { NoticeChannel } from './notices/send-outcome.ts';
import { startWorker, type Worker } from './notices/worker.ts';
import type { Database } from './storage/connection.ts';
import { createPeopleStore } from './storage/people-store.ts';
import { createSendStore } from './storage/send-store.ts';

export type NoticesSender = {
  readonly wake: WakeWorkers;
  /** Begins to send. */
  start(compose: ComposeNotice): Promise<void>;
  /** Sends what is due, whether or not a job is there for it. */
  sweep(): Promise<void>;
  readonly chores: Readonly<Record<string, Chore>>;
  /** Finishes the messages in hand. */
  stop(): Promise<void>;
};

export type NoticesSenderDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly adapter: Pick<Adapter, 'connect'>;
  /** Also where nobody has a role: a worker need not know who has. */
  readonly always?: boolean;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

const off: NoticesSender = {
  wake: async () => undefined,
  start: async () => undefined,
  sweep: async () => undefined,
  chores: {},
  stop: async () => undefined,
};

/** Connects the queue of notices, its rows and the guarded connector. */
export async function createNoticesSender(deps: NoticesSenderDependencies): Promise<NoticesSender> {
  const { config, database, adapter, now, log } = deps;
  if (!deps.always && !hasNotices(config.notices)) return off;
  const jobs = await startNoticeJobs(database, log);
  const { timeZone, rate } = config.notices;
  const identity = identityOf(config);
  let worker: Worker | null = null;
  const sweep = async () => worker?.sweep();
  return {
    wake: jobs.wake,
    sweep,
    async start(compose) {
      const store = createSendStore(database, { rate, tenantId: identity.tenantId });
      const install = installerIn(config);
      if (install !== null) await createPeopleStore(database).tryUninstalled();
      const channel = installing(createNoticeChannel({ adapter, ...identity }), install, log);
      const pause = async (milliseconds: number) => void (await setTimeout(milliseconds));
      worker = await startWorker({ jobs, store, compose, channel, timeZone, now, pause, log });
    },
    chores: { sweepNotices: { everyMs: 15_000, task: sweep } },
    stop: () => (worker ?? jobs).stop(),
  };
}

/** Null where the settings do not want the app to be installed for anybody. */
function installerIn(config: Config): InstallParts['install'] | null {
  const { installedApp } = config.notices;
  if (config.mode === 'local' || installedApp === null) return null;
  return createInstallFor(graphAccess(config), installedApp);
}

function installing(
  channel: NoticeChannel,
  install: InstallParts['install'] | null,
  log: InstallParts['log'],
): NoticeChannel {
  return install === null ? channel : withInstall(channel, { install, log });
}

/** In local mode nobody can be written to by an Entra id, so the names of bot and tenant are not used. */
function identityOf(config: Config): Omit<NoticeChannelParts, 'adapter'> {
  if (config.mode === 'local') return { appId: '', tenantId: 'local', serviceUrl: '' };
  const [host = ''] = cloudOf(config).hosts;
  const [tenantId = ''] = config.allowedTenants;
  return { appId: config.appId, tenantId, serviceUrl: `https://${host}/teams/` };
}
