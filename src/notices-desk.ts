import { randomInt } from 'node:crypto';
import type { Config } from './config.ts';
import { codeAlphabet } from './domain/check-code.ts';
import type { PolicyHistory } from './domain/policy.ts';
import { graphAccess } from './graph-access.ts';
import { createAudienceFinder } from './notices/audience.ts';
import { createNoticeDesk } from './notices/desk.ts';
import { createMembersOf } from './notices/graph.ts';
import type { NoticeDesk } from './notices/notice-desk.ts';
import type { NoticeStore, WakeWorkers } from './notices/notice-store.ts';
import { type AudienceFinder, GroupUnavailable } from './notices/people.ts';
import type { PeopleStore } from './notices/people-store.ts';
import type { Database } from './storage/connection.ts';
import { createNoticeStore } from './storage/notice-store.ts';
import { createPeopleStore } from './storage/people-store.ts';

export type DeskDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly history: PolicyHistory;
  readonly wake: WakeWorkers;
  readonly now: () => Date;
};

export type DeskSet = {
  readonly desk: NoticeDesk;
  readonly store: NoticeStore;
  readonly people: PeopleStore;
  readonly finder: AudienceFinder;
  /** Everybody in an Entra group; rejects with GroupUnavailable. */
  readonly membersOf: (group: string) => Promise<ReadonlySet<string>>;
  readonly newId: () => string;
};

/** The desk of administrators over the database, the people that the bot knows and Microsoft Graph. */
export function createDeskSet({ config, database, history, wake, now }: DeskDependencies): DeskSet {
  const store = createNoticeStore(database, wake);
  const people = createPeopleStore(database);
  const membersOf = membersIn(config);
  const finder = createAudienceFinder({ people, history, membersOf, now });
  const { approvalAbove } = config.notices;
  const desk = createNoticeDesk({ store, finder, approvalAbove, newId: newNoticeId, now });
  return { desk, store, people, finder, membersOf, newId: newNoticeId };
}

/** In local mode there is no directory to ask. */
function membersIn(config: Config): (group: string) => Promise<ReadonlySet<string>> {
  if (config.mode === 'local') {
    return () => Promise.reject(new GroupUnavailable('In local mode no directory has groups.'));
  }
  return createMembersOf(graphAccess(config));
}

/** Short enough to say; 25^6 of them, and the database refuses a second one. */
function newNoticeId(): string {
  return `N-${Array.from({ length: 6 }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')}`;
}
