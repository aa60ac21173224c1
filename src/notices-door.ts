import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import type { Binder } from './bot/binding.ts';
import type { Deliver } from './bot/deliver.ts';
import { type ComposeNotice, createComposeNotice, messageWith } from './bot/notices/compose.ts';
import type { NoticesParts } from './bot/notices/entrance.ts';
import { draw, type OfficeParts, type Official } from './bot/notices/office-show.ts';
import type { Cards } from './cards/cards.ts';
import type { Wording } from './cards/wording.ts';
import type { Config } from './config.ts';
import type { Notice } from './domain/notice.ts';
import { isOwn } from './domain/notice-change.ts';
import { type PolicyHistory, policyChanges } from './domain/policy.ts';
import { noticeReportPage, noticeReportPath } from './notice-report-page.ts';
import type { NoticesLane } from './notices-lane.ts';
import type { Page } from './server.ts';
import type { Database } from './storage/connection.ts';
import { findDelivery } from './storage/notice-readers.ts';

export type NoticesDoor = {
  /** For `withNotices`. */
  readonly parts: NoticesParts;
  /** What a reader gets, for the sender. */
  readonly compose: ComposeNotice;
  readonly reports: Page;
};

export type NoticesDoorDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly history: PolicyHistory;
  readonly lane: Pick<NoticesLane, 'desk' | 'people' | 'rolesOf'>;
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
  const office: OfficeParts = {
    ...{ ...about, cards, binder, desk },
    changes: () => policyChanges(deps.history, dayFrom(now(), -366), dayFrom(now(), 366)),
    csvLink: (id, official) => `${config.publicUrl}${noticeReportPath(secret, id, official, now())}`,
    askApprovers: (notice) => askApprovers(deps, office, notice),
    say: (name, values) => wording.text(`notices.desk.texts.${name}`, values),
  };
  return {
    parts: {
      ...{ office, rolesOf, deliver, log },
      reader: {
        ...{ ...about, cards, binder, desk },
        findDelivery: (noticeId, personId) => findDelivery(database, noticeId, personId),
        setOptOut: people.setOptOut,
        isOptedOut: async (id) => (await people.find(id))?.optedOut ?? false,
        say: (name) => wording.text(`notices.reader.${name}`),
      },
    },
    compose: createComposeNotice({ ...about, cards, binder }),
    reports: noticeReportPage({ secret, desk, goneText: wording.text('notices.desk.texts.gone'), now }),
  };
}

/** Those whom the settings name and who have a chat with the bot; members of groups see it under `notices`. */
async function askApprovers(
  { config, lane, deliver, log }: NoticesDoorDependencies,
  office: OfficeParts,
  notice: Notice,
): Promise<void> {
  for (const { kind, id } of config.notices.roles.approver) {
    const person = kind === 'person' ? await lane.people.find(id) : null;
    if (person === null || person.reference === null || isOwn(notice, { id })) continue;
    const { locale, timeZone } = person;
    const roles = await lane.rolesOf(id);
    const by: Official = { id, name: person.name ?? id, roles, via: 'teams', locale, timeZone };
    const { card } = await draw(office, notice, by, null);
    if (card === null) continue;
    const reference = person.reference as Parameters<Deliver>[0];
    const outcome = await deliver(reference, { kind: 'send', activity: messageWith(card) });
    if (outcome.kind !== 'sent') log.warn({ outcome, notice: notice.id }, 'an approver was not asked');
  }
}

function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
