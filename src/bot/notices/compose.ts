import type { Activity } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import type { NoticeCards, ReadersDelivery } from '../../cards/notice-card.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Binder, Showing } from '../binding.ts';

export type ComposeParts = {
  readonly cards: NoticeCards;
  readonly binder: Pick<Binder, 'sign'>;
  /** Who sends notices, and whom to ask; null where the settings do not say. */
  readonly organisation: string | null;
  readonly contact: string | null;
};

/** A delivery as the sender has it: nothing has been pressed yet. */
export type ComposedDelivery = Omit<ReadersDelivery, 'acknowledgedAt' | 'checkedAt' | 'fixedAt'> & {
  readonly personId: string;
};

/** A notice stays good as long as it is there, for the one person whom it was sent to. */
export function noticeShowing(noticeId: string, personId: string): Showing {
  return { conversation: `notice/${personId}`, caseId: noticeId, serial: 0 };
}

/** The activity that a reader gets: a card, and a summary for the notification. */
export type ComposeNotice = (notice: Notice, delivery: ComposedDelivery) => Partial<Activity>;

export function createComposeNotice(parts: ComposeParts): ComposeNotice {
  const untouched = { acknowledgedAt: null, checkedAt: null, fixedAt: null };
  return (notice, delivery) => drawNotice(parts, notice, { ...delivery, ...untouched }, false);
}

export function drawNotice(
  { cards, binder, organisation, contact }: ComposeParts,
  notice: Notice,
  delivery: ReadersDelivery & { readonly personId: string },
  stopped: boolean,
): Partial<Activity> {
  const binding = binder.sign(noticeShowing(notice.id, delivery.personId));
  return messageWith(cards.noticeCard({ notice, delivery, binding, stopped, organisation, contact }));
}

export function messageWith({ contentType, content, title }: Card): Partial<Activity> {
  return { type: 'message', summary: title, attachments: [{ contentType, content }] };
}
