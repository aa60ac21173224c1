import type { Activity } from 'botbuilder';
import type { ReadersDelivery } from '../../cards/notice-card.ts';
import type { Notice } from '../../domain/notice.ts';
import { textFor } from '../../domain/notice-text.ts';
import type { NoticeDesk } from '../../notices/notice-desk.ts';
import type { AskedByNotice } from '../asked-by-notice.ts';
import type { Binder } from '../binding.ts';
import { type ComposeParts, drawNotice, noticeShowing } from './compose.ts';
import type { NoticeInput } from './read.ts';

export type KeptDelivery = ReadersDelivery & { readonly personId: string };

export type ReaderParts = Omit<ComposeParts, 'binder'> & {
  readonly binder: Binder;
  readonly desk: Pick<NoticeDesk, 'find' | 'acknowledge' | 'record'>;
  /** Null where the notice was never meant for them. */
  readonly findDelivery: (noticeId: string, personId: string) => Promise<KeptDelivery | null>;
  /** False where nobody has that id. */
  readonly setOptOut: (personId: string, optedOut: boolean) => Promise<boolean>;
  readonly isOptedOut: (personId: string) => Promise<boolean>;
};

/** `locale` is that of their Teams; null where it is not known. */
export type Presser = {
  readonly ids: readonly string[];
  readonly name: string;
  readonly locale: string | null;
};

/** What follows from a press: words, the card as it is now, or a turn of the dialogs. */
export type ReadersAnswer = {
  readonly text: string | null;
  readonly card: Partial<Activity> | null;
  readonly asked: AskedByNotice | null;
};

const silence: ReadersAnswer = { text: null, card: null, asked: null };

/** A press on a notice counts for the one whom it was sent to; from anybody else it changes nothing. */
export async function pressNotice(
  parts: ReaderParts,
  { press, noticeId, binding }: Extract<NoticeInput, { kind: 'reader' }>,
  by: Presser,
): Promise<ReadersAnswer> {
  if (by.ids.some((id) => parts.binder.matches(binding, previewShowing(noticeId, id)))) {
    return { ...silence, text: parts.cards.noticeAnswer('previewed', by.locale) };
  }
  const personId = by.ids.find((id) => parts.binder.matches(binding, noticeShowing(noticeId, id)));
  const notice = personId === undefined ? null : await parts.desk.find(noticeId);
  if (personId === undefined || notice === null) {
    return { ...silence, text: parts.cards.noticeAnswer('stale', by.locale) };
  }
  switch (press) {
    case 'check':
      return { ...silence, asked: 'choose-check' };
    case 'person':
      return { ...silence, asked: 'person' };
    case 'acknowledge':
      await parts.desk.acknowledge(noticeId, personId);
      break;
    case 'stop':
      await optOut(parts, personId, by.name, true, noticeId);
  }
  const delivery = await parts.findDelivery(noticeId, personId);
  const language = delivery === null ? by.locale : languageOf(notice, delivery);
  const text = press === 'stop' ? parts.cards.noticeAnswer('stopped', language) : null;
  if (delivery === null) return { ...silence, text };
  const stopped = await parts.isOptedOut(personId);
  return { text, card: drawNotice(parts, notice, delivery, stopped), asked: null };
}

/** What is said to a press is in the language of its card. */
function languageOf({ texts }: Notice, { impact, locale }: KeptDelivery): string | null {
  return textFor(texts, impact, locale)?.language ?? null;
}

/** By words, from anybody. Null where the bot does not know them, and the dialogs answer. */
export async function optByWords(
  parts: ReaderParts,
  { out, language }: Extract<NoticeInput, { kind: 'opt' }>,
  by: Presser,
): Promise<string | null> {
  for (const id of by.ids) {
    if (await optOut(parts, id, by.name, out, '')) {
      return parts.cards.noticeAnswer(out ? 'stopped' : 'started', language);
    }
  }
  return null;
}

async function optOut(
  { setOptOut, desk }: ReaderParts,
  personId: string,
  name: string,
  out: boolean,
  noticeId: string,
): Promise<boolean> {
  if (!(await setOptOut(personId, out))) return false;
  const by = { id: personId, name, roles: [], via: 'teams' } as const;
  await desk.record({ noticeId, by, what: out ? 'opt-out' : 'opt-in', data: {} });
  return true;
}

/** A preview looks like the notice, and its buttons do nothing. */
export function previewShowing(noticeId: string, personId: string) {
  return { ...noticeShowing(noticeId, personId), serial: 1 };
}
