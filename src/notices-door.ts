import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import type { Binder } from './bot/binding.ts';
import type { Deliver } from './bot/deliver.ts';
import { type ComposeNotice, createComposeNotice } from './bot/notices/compose.ts';
import type { NoticesParts } from './bot/notices/entrance.ts';
import type { OfficeParts } from './bot/notices/office-show.ts';
import type { Cards } from './cards/cards.ts';
import { reasonText } from './cards/notice-desk-kit.ts';
import type { Wording } from './cards/wording.ts';
import type { Config } from './config.ts';
import { type PolicyHistory, policyChanges } from './domain/policy.ts';
import { noticeReportPage, noticeReportPath } from './notice-report-page.ts';
import { sampleReaders } from './notices/sample-readers.ts';
import { createNoticesCards, type NoticesFollow } from './notices-cards.ts';
import type { NoticesLane } from './notices-lane.ts';
import type { Page } from './server.ts';
import type { Database } from './storage/connection.ts';
import { findDelivery } from './storage/notice-readers.ts';
import { learnPerson } from './storage/people-store.ts';

export type NoticesDoor = {
  /** For `withNotices`. */
  readonly parts: NoticesParts;
  /** What a reader gets, for the sender. */
  readonly compose: ComposeNotice;
  readonly reports: Page;
  /** The cards that administrators have before them. */
  readonly follow: NoticesFollow;
};

export type NoticesDoorDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly history: PolicyHistory;
  readonly lane: Pick<NoticesLane, 'desk' | 'people' | 'rolesOf' | 'holdersOf'>;
  readonly cards: Cards;
  readonly wording: Wording;
  readonly binder: Binder;
  readonly secret: string;
  readonly deliver: Deliver;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
};

/** Connects what people see of notices in Teams with the desk, the database and the channel. */
export function createNoticesDoor(deps: NoticesDoorDependencies): NoticesDoor {
  const { config, database, lane, cards, wording, binder, deliver, now, log } = deps;
  const { desk, people, rolesOf } = lane;
  const secret = createHmac('sha256', deps.secret).update('notice-report').digest('base64url');
  const about = { organisation: config.organisation, contact: config.helpdesk.contact };
  const kept = createNoticesCards({ config, database, lane, deliver, now, log });
  const follow = kept.createFollow(() => office);
  const office: OfficeParts = {
    ...{ ...about, ...kept.forOffice, cards, binder, desk, now },
    changes: () => policyChanges(deps.history, dayFrom(now(), -366), dayFrom(now(), 366)),
    csvLink: (id, official) => `${config.publicUrl}${noticeReportPath(secret, id, official, now())}`,
    askApprovers: follow.run,
    sampleReaders: (notice) => sampleReaders(desk, notice),
    say: (name, values) => wording.text(`notices.desk.texts.${name}`, values),
  };
  return {
    parts: {
      ...{ office, rolesOf, deliver, log },
      meet: (person, reference) => learnPerson(database, person, reference),
      keepCard: kept.keep,
      nudgeCards: () => void follow.run(),
      reader: {
        ...{ ...about, cards, binder, desk },
        findDelivery: (noticeId, personId) => findDelivery(database, noticeId, personId),
        setOptOut: people.setOptOut,
        isOptedOut: async (id) => (await people.find(id))?.optedOut ?? false,
      },
    },
    compose: createComposeNotice({ ...about, cards, binder }),
    reports: noticeReportPage({
      ...{ secret, desk, goneText: wording.text('notices.desk.texts.gone'), now },
      sayReason: (reason) => reasonText(wording, reason),
    }),
    follow,
  };
}

function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
