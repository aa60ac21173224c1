import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { createCredential, createTokenSource } from './bot/credentials.ts';
import { graphOf } from './bot/helpdesk/group.ts';
import type { Chore } from './chores.ts';
import type { Config } from './config.ts';
import { codeAlphabet } from './domain/check-code.ts';
import { textFor } from './domain/notice-text.ts';
import type { PolicyHistory } from './domain/policy.ts';
import { createNoticeRoles } from './notice-roles.ts';
import { createAudienceFinder } from './notices/audience.ts';
import { windClock } from './notices/clock.ts';
import { createNoticeDesk } from './notices/desk.ts';
import { type FollowUpParts, followReports, remind } from './notices/follow-up.ts';
import { createMembersOf } from './notices/graph.ts';
import type { NoticeDesk } from './notices/notice-desk.ts';
import type { WakeWorkers } from './notices/notice-store.ts';
import { GroupUnavailable } from './notices/people.ts';
import type { PeopleStore } from './notices/people-store.ts';
import type { RolesOf } from './notices/roles.ts';
import type { Api } from './notices-api/serve.ts';
import { createNoticesApi, type NoticesApiParts } from './notices-api-lane.ts';
import type { Database } from './storage/connection.ts';
import { createNoticeStore } from './storage/notice-store.ts';
import { createPeopleStore } from './storage/people-store.ts';

export type NoticesLane = {
  /** Everything that administrators do, whichever way they come. */
  readonly desk: NoticeDesk;
  readonly people: PeopleStore;
  readonly rolesOf: RolesOf;
  /** Null where it is off. */
  readonly api: Api | null;
  /** Does what is due: starts, goes on, halts, finishes. Returns how many notices it changed. */
  windClock(): Promise<number>;
  /** Looks at reports that came after notices, and makes the reminders that are due. */
  followUp(): Promise<void>;
  readonly chores: Readonly<Record<string, Chore>>;
};

export type NoticesLaneDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly history: PolicyHistory;
  readonly wake: WakeWorkers;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

/** Connects notices with the database, the people that the bot knows, Microsoft Graph and the clock. */
export function createNoticesLane(deps: NoticesLaneDependencies): NoticesLane {
  const { config, database, history, now, log } = deps;
  const { approvalAbove, pace } = config.notices;
  const store = createNoticeStore(database, deps.wake);
  const people = createPeopleStore(database);
  const finder = createAudienceFinder({ people, history, membersOf: membersOf(config), now });
  const desk = createNoticeDesk({ store, finder, approvalAbove, newId: newNoticeId, now });
  const following: FollowUpParts = { store, finder, newId: newNoticeId, now };

  async function wind(): Promise<number> {
    const changed = await windClock({ store, pace, now });
    for (const { id, status } of changed) log.info({ notice: id, ...status }, 'a notice went on');
    return changed.length;
  }

  async function followUp(): Promise<void> {
    await followReports(following);
    for (const { id, remindsOf } of await remind(following)) {
      log.info({ notice: id, remindsOf }, 'a reminder was made');
    }
  }

  return {
    ...{ desk, people, windClock: wind, followUp },
    rolesOf: createNoticeRoles({ config, now, log }),
    api: createNoticesApi({ config, database, desk, preview, now, log }),
    chores: {
      windNotices: { everyMs: 3_000, task: wind },
      followNotices: { everyMs: 60_000, task: followUp },
    },
  };
}

/** The words alone; the card with them is what Teams shows. */
const preview: NoticesApiParts['preview'] = async ({ texts }, { impact, language }) =>
  textFor(texts, impact, language)?.text ?? null;

/** In local mode there is no directory to ask. */
function membersOf(config: Config): (group: string) => Promise<ReadonlySet<string>> {
  if (config.mode === 'local') {
    return () => Promise.reject(new GroupUnavailable('In local mode no directory has groups.'));
  }
  const graph = graphOf(config.cloud);
  return createMembersOf({ graph, token: createTokenSource(createCredential(config), `${graph}/.default`) });
}

/** Short enough to say; 25^6 of them, and the database refuses a second one. */
function newNoticeId(): string {
  return `N-${Array.from({ length: 6 }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')}`;
}
