import { isDeepStrictEqual } from 'node:util';
import { localeIn } from '../../cards/notice-day.ts';
import type { ImpactClass, Notice, NoticeDraft } from '../../domain/notice.ts';
import { classesMeant } from '../../domain/notice-check.ts';
import { startingAudience } from '../../domain/notice-start.ts';
import { languagesFor } from '../../domain/notice-text.ts';
import type { Acted } from '../../notices/notice-desk.ts';
import { messageWith } from './compose.ts';
import { readDraft, readSubject } from './office-form.ts';
import {
  draw,
  type OfficeAnswer,
  type OfficeParts,
  type Official,
  refusal,
  type SampleReader,
  said,
  shown,
  signed,
} from './office-show.ts';
import type { Fields, NoticeInput } from './read.ts';
import { previewShowing } from './reader.ts';

type OfficeInput = Extract<NoticeInput, { kind: 'office' }>;

export function choose(
  { cards, changes, ...parts }: OfficeParts,
  by: Official,
  remark: string | null,
  typed: Fields = {},
): OfficeAnswer {
  if (!by.roles.includes('author')) return said(parts.say('role-missing'));
  const lost = changes().filter(({ change }) => change === 'lost');
  return shown(cards.chooseChange(lost, { remark, typed, binding: signed(parts, by, null) }));
}

export async function begin(parts: OfficeParts, fields: Fields, by: Official): Promise<OfficeAnswer> {
  const changes = parts.changes().filter(({ change }) => change === 'lost');
  const subject = readSubject(fields, (day) => changes.find((each) => each.day === day)?.source ?? '');
  if (subject === null) return choose(parts, by, parts.say('subject-invalid'), fields);
  const lost =
    subject.kind === 'announcement'
      ? null
      : [...subject.lost, ...changes.filter(({ day }) => day === subject.after)];
  const name = (fields.name ?? '').trim().slice(0, 100);
  const acted = await parts.desk.create(
    {
      name:
        name === ''
          ? parts.say('untitled', { day: subject.kind === 'policy' ? subject.after : '' }).trim()
          : name,
      subject,
      audience: startingAudience(lost),
      texts: parts.cards.draftTexts(lost),
      schedule: { startAt: null, window: null, weekdays: [], remindAfterDays: null },
      mandatory: null,
    },
    by,
  );
  return acted.kind === 'refused' ? said(refusal(parts, acted)) : draw(parts, acted.notice, by, null);
}

/** The form is kept first, whatever it was sent for: nothing typed is lost, and what is submitted is what is seen. */
export async function saveAnd(
  parts: OfficeParts,
  { noticeId, version, fields }: OfficeInput,
  then: 'save' | 'preview' | 'submit',
  by: Official,
): Promise<OfficeAnswer> {
  const before = await parts.desk.find(noticeId);
  if (before === null) return said(parts.say('not-found'));
  // Whoever approves reads what is no draft any more, and changes nothing.
  if (then === 'preview' && before.status.at === 'awaiting-approval') return preview(parts, before, by);
  const draft = readDraft(before, fields);
  const saved = await parts.desk.act(noticeId, { do: 'edit', draft }, by, version);
  if (saved.kind === 'refused') return drawUnsaved(parts, before, draft, saved, by);
  if (then === 'save') return draw(parts, saved.notice, by, parts.say('saved'));
  if (then === 'preview') return preview(parts, saved.notice, by);
  const sent = await parts.desk.act(noticeId, { do: 'submit' }, by, saved.notice.version);
  if (sent.kind === 'refused') return draw(parts, saved.notice, by, refusal(parts, sent));
  if (sent.notice.status.at === 'awaiting-approval') await parts.askApprovers();
  return draw(parts, sent.notice, by, null);
}

/** To be edited, it leaves those who decide on it. A start that is over by then has to be set anew. */
export async function withdraw(
  parts: OfficeParts,
  { noticeId, version }: OfficeInput,
  by: Official,
): Promise<OfficeAnswer> {
  const notice = await parts.desk.find(noticeId);
  if (notice === null) return said(parts.say('not-found'));
  const { name, subject, audience, texts, schedule, mandatory } = notice;
  const isOver = schedule.startAt !== null && Date.parse(schedule.startAt) < parts.now().getTime();
  const ahead = isOver ? { ...schedule, startAt: null } : schedule;
  const draft = { name, subject, audience, texts, schedule: ahead, mandatory };
  const acted = await parts.desk.act(noticeId, { do: 'edit', draft }, by, version);
  if (acted.kind === 'refused') return draw(parts, notice, by, refusal(parts, acted));
  const form = await draw(parts, acted.notice, by, parts.say('withdrawn'));
  // The message waited for a decision until now: nothing may be written over what is typed in it.
  return { ...form, follows: { noticeId, official: by.id, kind: 'news', version: acted.notice.version } };
}

/** What was typed stays on the form. Where the notice is a draft no more, nobody may take it for what is kept. */
function drawUnsaved(
  parts: OfficeParts,
  before: Notice,
  draft: NoticeDraft,
  refused: Extract<Acted, { kind: 'refused' }>,
  by: Official,
): Promise<OfficeAnswer> {
  const typed = { ...before, ...draft };
  if (before.status.at !== 'draft') return draw(parts, before, by, refusal(parts, refused));
  if (refused.why !== 'changed-meanwhile') return draw(parts, typed, by, refusal(parts, refused));
  // The same button twice, or what somebody else has written.
  const isKept = isDeepStrictEqual(typed, before);
  return draw(parts, typed, by, parts.say(isKept ? 'saved' : 'typed-over'));
}

/** A chat takes about one message a second. */
const mostPreviews = 12;

/** One card for each class and language that has a text, exactly as its readers will see it. */
async function preview(parts: OfficeParts, notice: Notice, by: Official): Promise<OfficeAnswer> {
  const { cards, binder, organisation, contact, desk } = parts;
  const wanted = classesToShow(notice);
  const all = wanted.flatMap((impact) =>
    languagesFor(notice.texts, impact).map((language) => ({ impact, locale: localeIn(language, by.locale) })),
  );
  const few = all.slice(0, mostPreviews);
  const binding = binder.sign(previewShowing(notice.id, by.id));
  const classes = [...new Set(all.map(({ impact }) => impact))];
  await desk.record({ noticeId: notice.id, by, what: 'preview', data: { classes } });
  const readers = await parts.sampleReaders(notice);
  const about = { notice, binding, stopped: false, organisation, contact };
  const extra = few.map(({ impact, locale }) =>
    messageWith(cards.noticeCard({ ...about, delivery: ownDelivery(readers[impact], { ...by, locale }) })),
  );
  const counts = { count: `${few.length}`, total: `${all.length}` };
  const remark = parts.say(few.length < all.length ? 'previewed-some' : 'previewed', counts);
  return { ...(await draw(parts, notice, by, remark)), extra };
}

/** An announcement says nothing of a PC, so what is written for all is the same card for each class. */
function classesToShow({ texts, audience, subject }: Notice): readonly ImpactClass[] {
  const meant = classesMeant(audience);
  if (subject.kind === 'policy') return meant;
  const alike = meant.filter((each) => texts[each] === undefined);
  return meant.filter((each) => texts[each] !== undefined || each === alike[0]);
}

/** It comes to whoever asks for it, with the PC of somebody of the class. */
function ownDelivery({ impact, cause, os }: SampleReader, { name, locale, timeZone }: Official) {
  const untouched = { acknowledgedAt: null, checkedAt: null, fixedAt: null };
  return { impact, cause, os, evidenceAt: null, name, locale, timeZone, ...untouched };
}
