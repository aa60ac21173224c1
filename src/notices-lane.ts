import type { Logger } from 'pino';
import type { Cards } from './cards/cards.ts';
import { reasonText } from './cards/notice-desk-kit.ts';
import type { Wording } from './cards/wording.ts';
import type { Chore } from './chores.ts';
import type { NoticeRole } from './domain/notice.ts';
import { createNoticeRoles } from './notice-roles.ts';
import { windClock } from './notices/clock.ts';
import { type FollowUpParts, followReports, remind } from './notices/follow-up.ts';
import { createHoldersOf } from './notices/holders.ts';
import type { NoticeDesk } from './notices/notice-desk.ts';
import type { Person } from './notices/people.ts';
import type { PeopleStore } from './notices/people-store.ts';
import type { RolesOf } from './notices/roles.ts';
import type { Api } from './notices-api/serve.ts';
import { createNoticesApi } from './notices-api-lane.ts';
import { createDeskSet, type DeskDependencies } from './notices-desk.ts';
import { createPreview } from './notices-preview.ts';

export type NoticesLane = {
  /** Everything that administrators do, whichever way they come. */
  readonly desk: NoticeDesk;
  readonly people: PeopleStore;
  readonly newId: () => string;
  readonly rolesOf: RolesOf;
  /** Those who have a role and whom the bot knows. */
  readonly holdersOf: (role: NoticeRole) => Promise<readonly Person[]>;
  /** Null where it is off. */
  readonly api: Api | null;
  /** Does what is due: starts, goes on, halts, finishes. Returns how many notices it changed. */
  windClock(): Promise<number>;
  /** Looks at reports that came after notices, and makes the reminders that are due. */
  followUp(): Promise<void>;
  readonly chores: Readonly<Record<string, Chore>>;
};

export type NoticesLaneDependencies = DeskDependencies & {
  readonly cards: Cards;
  readonly wording: Wording;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

/** Connects notices with the database, the people that the bot knows, Microsoft Graph and the clock. */
export function createNoticesLane(deps: NoticesLaneDependencies): NoticesLane {
  const { config, database, cards, wording, now, log } = deps;
  const { pace } = config.notices;
  const { desk, store, people, finder, membersOf, newId } = createDeskSet(deps);
  const preview = createPreview({ config, desk, cards, wording });
  const sayReason = (reason: string) => reasonText(wording, reason);
  const following: FollowUpParts = { store, finder, newId, now };

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
    ...{ desk, people, newId, windClock: wind, followUp },
    rolesOf: createNoticeRoles({ config, now, log }),
    holdersOf: createHoldersOf({
      ...{ holders: config.notices.roles, people, membersOf, now },
      unanswered: (group, error) => log.warn({ err: error, group }, 'a group of notices could not be read'),
    }),
    api: createNoticesApi({ config, database, desk, preview, sayReason, now, log }),
    chores: {
      windNotices: { everyMs: 3_000, task: wind },
      followNotices: { everyMs: 60_000, task: followUp },
    },
  };
}
