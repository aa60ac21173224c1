import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import type { NoticeRole } from '../../domain/notice.ts';
import { askByNotice } from '../asked-by-notice.ts';
import type { Deliver } from '../deliver.ts';
import { referenceOf } from '../say-outside.ts';
import type { Turn } from '../turn.ts';
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
        return answer(parts, activity, { text, card, extra: [] });
      }
      case 'opt': {
        const text = await optByWords(parts.reader, input, presserOf(activity));
        if (text === null) return turn(context, onSaved);
        onSaved();
        return answer(parts, activity, { text, card: null, extra: [] });
      }
      case 'words':
      case 'office': {
        const by = await officialOf(parts, activity);
        if (by === null) return turn(context, onSaved);
        const answered = await askOffice(parts.office, input, by);
        onSaved();
        const card = answered.card === null ? null : messageWith(answered.card);
        return answer(parts, activity, { ...answered, card });
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
function presserOf({ from }: Activity): Presser {
  const entraId = from.aadObjectId ?? '';
  const ids = [entraId, entraId.toLowerCase(), from.id].filter((id) => id !== '');
  return { ids: [...new Set(ids)], name: from.name ?? '' };
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
  { deliver, log }: NoticesParts,
  activity: Activity,
  { text, card, extra }: Omit<OfficeAnswer, 'card'> & { readonly card: Partial<Activity> | null },
): Promise<void> {
  const to = referenceOf(activity);
  const pressed = activity.value === undefined || activity.value === null ? undefined : activity.replyToId;
  const replies = [
    ...(card === null
      ? []
      : [
          pressed === undefined
            ? send(card)
            : { kind: 'update' as const, activity: { ...card, id: pressed } },
        ]),
    ...(text === null ? [] : [send({ type: 'message', text, textFormat: 'plain' })]),
    ...extra.map(send),
  ];
  for (const reply of replies) {
    const outcome = await deliver(to, reply);
    if (outcome.kind !== 'sent') log.warn({ outcome }, 'an answer about notices was lost');
  }
}

function send(activity: Partial<Activity>) {
  return { kind: 'send' as const, activity };
}
