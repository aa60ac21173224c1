import type { Logger } from 'pino';
import type { Deliver } from './bot/deliver.ts';
import { drawFollowed } from './bot/notices/office-follow.ts';
import type { OfficeParts, Official } from './bot/notices/office-show.ts';
import type { Chore } from './chores.ts';
import type { Config } from './config.ts';
import { isOwn } from './domain/notice-change.ts';
import { hasNotices } from './notice-config.ts';
import { followCards } from './notices/card-follow.ts';
import { planCards } from './notices/card-plan.ts';
import { lossOf } from './notices/card-refusal.ts';
import type { CardStore, KeptCard } from './notices/card-store.ts';
import type { PeopleStore } from './notices/people-store.ts';
import type { Reference } from './notices/send-outcome.ts';
import type { NoticesLane } from './notices-lane.ts';
import { createNudge } from './nudge.ts';
import type { Database } from './storage/connection.ts';
import { createNoticeCardStore } from './storage/notice-card-store.ts';

export type NoticesCards = {
  /** What the desk asks of cards that are out. */
  readonly forOffice: Pick<OfficeParts, 'askedOf' | 'eventAt'>;
  keep(card: Parameters<CardStore['keep']>[0]): Promise<void>;
  /** Sends the cards that are due, and edits those whose notices went on; needs the desk to draw them. */
  createFollow(office: () => OfficeParts): NoticesFollow;
};

export type NoticesFollow = {
  /** Resolves when all that was due by now is sent and edited. Never rejects. */
  run(): Promise<void>;
  settle(): Promise<void>;
  readonly chores: Readonly<Record<string, Chore>>;
};

export type NoticesCardsDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly lane: Pick<NoticesLane, 'people' | 'rolesOf' | 'holdersOf'>;
  readonly deliver: Deliver;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
};

/** A progress card was just drawn: it is drawn again after so long. */
const pauseMs = 10_000;

/** Connects the cards that administrators have before them with the database and the channel. */
export function createNoticesCards(deps: NoticesCardsDependencies): NoticesCards {
  const { database, lane, now } = deps;
  const store = createNoticeCardStore(database);
  return {
    forOffice: {
      async askedOf(notice) {
        const seers = (await store.seenBy(notice.id, notice.version)).filter((seer) => !isOwn(notice, seer));
        const roles = await Promise.all(seers.map(({ id }) => lane.rolesOf(id)));
        return seers.filter((_, index) => roles[index]?.includes('approver')).map(({ name }) => name);
      },
      eventAt: store.eventAt,
    },
    keep(card) {
      const dueAt = new Date(now().getTime() + (card.kind === 'progress' ? pauseMs : 0));
      return store.keep(card, dueAt, now());
    },
    createFollow: (office) => createFollow(deps, store, office),
  };
}

function createFollow(
  deps: NoticesCardsDependencies,
  store: CardStore,
  office: () => OfficeParts,
): NoticesFollow {
  const { config, lane, deliver, now, log } = deps;
  const approvers = () => lane.holdersOf('approver');
  const { run, settle } = createNudge(
    async () => {
      await planCards({ store, approvers, find: lane.people.find, now });
      await followCards({
        ...{ store, now },
        draw: (card) =>
          drawFollowed({ office: office(), officialOf: (id) => officialOf(lane, id), now }, card),
        async deliver({ reference, activityId, noticeId }, activity) {
          const to = reference as Parameters<Deliver>[0];
          const outcome =
            activityId === null
              ? await deliver(to, { kind: 'send', activity })
              : await deliver(to, { kind: 'update', activity: { ...activity, id: activityId } });
          if (outcome.kind !== 'sent')
            log.warn({ outcome, notice: noticeId }, 'a card was not brought up to date');
          return outcome;
        },
        lose: (card, reason) => lose(lane.people, card, reason),
      });
    },
    (error) => log.warn({ err: error }, 'cards of notices wait for the next round'),
  );
  return {
    ...{ run, settle },
    chores: hasNotices(config.notices) ? { followNoticeCards: { everyMs: 3_000, task: run } } : {},
  };
}

/** Whoever has shut the bot out gets no cards until they write to it. */
async function lose(
  people: Pick<PeopleStore, 'setReach' | 'forgetConversation'>,
  { official, activityId, reference }: KeptCard,
  reason: string,
): Promise<void> {
  const chat = reference as Reference;
  const { reach, forget } = lossOf(reason, { activityId, reference: chat });
  if (reach !== undefined) await people.setReach(official, reach);
  if (forget) await people.forgetConversation(official, chat.conversation?.id ?? '');
}

/** Null for somebody whom the bot does not know, or who has no role any more. */
async function officialOf(
  { people, rolesOf }: NoticesCardsDependencies['lane'],
  id: string,
): Promise<Official | null> {
  const [person, roles] = await Promise.all([people.find(id), rolesOf(id)]);
  if (person === null || roles.length === 0) return null;
  const { name, locale, timeZone } = person;
  return { id, name: name ?? id, roles, via: 'teams', locale, timeZone };
}
