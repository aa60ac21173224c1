import type { Activity, ConversationReference } from 'botbuilder';
import type { Logger } from 'pino';
import type { NoticeRole } from '../../domain/notice.ts';
import type { PlannedCard } from '../../notices/card-store.ts';
import { askByNotice } from '../asked-by-notice.ts';
import type { Deliver } from '../deliver.ts';
import { type LearnedPerson, learnedOf } from '../learned.ts';
import { referenceOf } from '../say-outside.ts';
import type { Turn } from '../turn.ts';
import type { Reply } from '../turn-store.ts';
import { timeZoneOf } from '../turn-tickets.ts';
import { messageWith } from './compose.ts';
import { hearOffice, pressOffice } from './office.ts';
import type { OfficeAnswer, OfficeParts, Official } from './office-show.ts';
import { type NoticeInput, readNoticeInput } from './read.ts';
import { optByWords, type Presser, pressNotice, type ReaderParts } from './reader.ts';

export type NoticesParts = {
  readonly reader: ReaderParts;
  readonly office: OfficeParts;
  readonly rolesOf: (entraId: string) => Promise<readonly NoticeRole[]>;
  readonly deliver: Deliver;
  /** Keeps where somebody with a role can be written to: no turn of the dialogs sees what they say here. */
  readonly meet: (person: LearnedPerson, reference: Partial<ConversationReference>) => Promise<void>;
  /** From now on the message is edited when what it shows goes on. */
  readonly keepCard: (card: PlannedCard & { readonly activityId: string }) => Promise<void>;
  /** Edits the cards of others to what has become of the notice. */
  readonly nudgeCards: () => void;
  readonly log: Pick<Logger, 'warn'>;
};

/**
 * The way in for notices in a personal chat: presses on a notice, and what administrators say and press. All else goes
 * to the turn, and so do administrators' words from somebody without a role, who gets no hint that there is more.
 */
export function withNotices(turn: Turn, parts: NoticesParts): Turn {
  return async (context, onSaved = () => undefined) => {
    const { activity } = context;
    const input = readNoticeInput(activity);
    switch (input.kind) {
      case 'nothing':
        return turn(context, onSaved);
      case 'reader': {
        const { text, card, asked } = await pressNotice(parts.reader, input, presserOf(activity));
        if (asked !== null) {
          askByNotice(context, asked);
          return turn(context, onSaved);
        }
        onSaved();
        return answer(parts, activity, { text, card, extra: [], follows: null });
      }
      case 'opt': {
        const text = await optByWords(parts.reader, input, presserOf(activity));
        if (text === null) return turn(context, onSaved);
        onSaved();
        return answer(parts, activity, { text, card: null, extra: [], follows: null });
      }
      case 'words':
      case 'office': {
        const by = await officialOf(parts, activity);
        if (by === null) return turn(context, onSaved);
        const learned = learnedOf(activity, null);
        if (learned !== null) await parts.meet(learned.person, referenceOf(activity));
        const answered = await askOffice(parts.office, input, by);
        onSaved();
        const card = answered.card === null ? null : messageWith(answered.card);
        await answer(parts, activity, { ...answered, card });
        return parts.nudgeCards();
      }
    }
  };
}

function askOffice(
  office: OfficeParts,
  input: Extract<NoticeInput, { kind: 'words' | 'office' }>,
  by: Official,
): Promise<OfficeAnswer> {
  return input.kind === 'words' ? hearOffice(office, input.words, by) : pressOffice(office, input, by);
}

/** Ids under which a person may be known: the Entra object id, or the channel's own. */
function presserOf({ from, locale }: Activity): Presser {
  const entraId = from.aadObjectId ?? '';
  const ids = [entraId, entraId.toLowerCase(), from.id].filter((id) => id !== '');
  return { ids: [...new Set(ids)], name: from.name ?? '', locale: locale ?? null };
}

/** Null for anybody without a role; asked at each action. */
async function officialOf({ rolesOf }: NoticesParts, activity: Activity): Promise<Official | null> {
  const id = activity.from.aadObjectId?.toLowerCase() ?? '';
  const roles = id === '' ? [] : await rolesOf(id);
  if (roles.length === 0) return null;
  const { locale } = activity;
  return {
    ...{ id, roles, name: activity.from.name || id, via: 'teams' },
    ...{ timeZone: timeZoneOf(activity), locale: locale ?? null },
  };
}

/** A press changes its card in place; words are answered below. */
async function answer(
  parts: NoticesParts,
  activity: Activity,
  { text, card, extra, follows }: Omit<OfficeAnswer, 'card'> & { readonly card: Partial<Activity> | null },
): Promise<void> {
  const to = referenceOf(activity);
  const pressed = activity.value === undefined || activity.value === null ? undefined : activity.replyToId;
  if (card !== null) {
    const reply =
      pressed === undefined ? send(card) : { kind: 'update' as const, activity: { ...card, id: pressed } };
    const activityId = await tell(parts, to, reply);
    if (follows !== null && activityId !== null) {
      await parts.keepCard({ ...follows, reference: to, activityId });
    }
  }
  const words = text === null ? [] : [{ type: 'message', text, textFormat: 'plain' }];
  for (const message of [...words, ...extra]) await tell(parts, to, send(message));
}

/** The id of the message; null where it was lost, or may have been. */
async function tell(
  { deliver, log }: NoticesParts,
  to: Partial<ConversationReference>,
  reply: Reply,
): Promise<string | null> {
  const outcome = await deliver(to, reply);
  if (outcome.kind === 'sent') return reply.activity.id ?? outcome.activityId;
  log.warn({ outcome }, 'an answer about notices was lost');
  return null;
}

function send(activity: Partial<Activity>): Reply {
  return { kind: 'send', activity };
}
