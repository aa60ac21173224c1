import type { Activity } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import type { Cards } from '../../cards/cards.ts';
import type { Viewer } from '../../cards/notice-desk-cards.ts';
import {
  type ImpactClass,
  impactClasses,
  type Notice,
  type NoticeActor,
  type NoticeCommand,
} from '../../domain/notice.ts';
import { isLimited } from '../../domain/notice-check.ts';
import { textFor } from '../../domain/notice-text.ts';
import type { PolicyChange } from '../../domain/policy.ts';
import type { Acted, NoticeDesk } from '../../notices/notice-desk.ts';
import type { Binder, Showing } from '../binding.ts';
import { type ComposeParts, messageWith } from './compose.ts';
import { readDraft, readSubject } from './office-form.ts';
import type { Fields, NoticeInput } from './read.ts';
import { previewShowing } from './reader.ts';

export type OfficeParts = Omit<ComposeParts, 'cards' | 'binder'> & {
  readonly cards: Cards;
  readonly binder: Binder;
  readonly desk: NoticeDesk;
  /** What begins or ends to be accepted in the last and the coming year. */
  readonly changes: () => readonly PolicyChange[];
  /** The address of a notice's report, good for a short time. */
  readonly csvLink: (noticeId: string, officialId: string) => string;
  /** Asks everybody who may approve it, as far as the bot knows them. */
  readonly askApprovers: (notice: Notice) => Promise<void>;
  /** A sentence under `notices.desk.texts`. */
  readonly say: (name: string, values?: Readonly<Record<string, string>>) => string;
};

/** Whoever has a role, with their zone and language as Teams tells them. */
export type Official = NoticeActor & { readonly timeZone: string | null; readonly locale: string | null };

/** Words and a card; `extra` is sent besides, such as a preview. */
export type OfficeAnswer = {
  readonly text: string | null;
  readonly card: Card | null;
  readonly extra: readonly Partial<Activity>[];
};

type OfficeInput = Extract<NoticeInput, { kind: 'office' }>;

/** A card of the desk belongs to one administrator, and to one version of its notice. */
export function officeShowing(officialId: string, noticeId: string, version: number): Showing {
  return { conversation: `notice-desk/${officialId}`, caseId: noticeId, serial: version };
}

/** For cards that are about no notice. */
const noNotice = 'desk';

export async function hearOffice(
  parts: OfficeParts,
  words: 'list' | 'new' | 'help',
  by: Official,
): Promise<OfficeAnswer> {
  switch (words) {
    case 'help':
      return shown(parts.cards.noticeHelp(viewerOf(parts, by, null)));
    case 'list':
      return shown(parts.cards.noticeList(await parts.desk.list(30), viewerOf(parts, by, null)));
    case 'new':
      return choose(parts, by, null);
  }
}

export async function pressOffice(
  parts: OfficeParts,
  input: OfficeInput,
  by: Official,
): Promise<OfficeAnswer> {
  const { press, noticeId, version, binding, fields } = input;
  if (!parts.binder.matches(binding, officeShowing(by.id, noticeId, version))) {
    return said(parts.say('stale'));
  }
  switch (press) {
    case 'list':
      return hearOffice(parts, 'list', by);
    case 'new':
      return hearOffice(parts, 'new', by);
    case 'log':
      return log(parts, by);
    case 'open':
      return open(parts, fields.id ?? '', by, null);
    case 'refresh':
      return open(parts, noticeId, by, null);
    case 'begin':
      return begin(parts, fields, by);
    case 'save':
    case 'preview':
    case 'submit':
      return saveAnd(parts, input, press, by);
    case 'reject':
      return command(parts, input, { do: 'reject', reason: (fields.reason ?? '').trim() }, by);
    case 'approve':
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'resend-failed':
      return command(parts, input, { do: press }, by);
  }
}

function choose(
  { cards, changes, ...parts }: OfficeParts,
  by: Official,
  remark: string | null,
): OfficeAnswer {
  if (!by.roles.includes('author')) return said(parts.say('role-missing'));
  const lost = changes().filter(({ change }) => change === 'lost');
  return shown(cards.chooseChange(lost, { remark, binding: signed(parts, by, null) }));
}

async function begin(parts: OfficeParts, fields: Fields, by: Official): Promise<OfficeAnswer> {
  const changes = parts.changes().filter(({ change }) => change === 'lost');
  const subject = readSubject(fields, (day) => changes.find((each) => each.day === day)?.source ?? '');
  if (subject === null) return choose(parts, by, parts.say('subject-invalid'));
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
      audience: {
        ...{ everyone: false, findings: [], os: [], sites: [], languages: [], people: [], groups: [] },
        impact: subject.kind === 'policy' ? ['will-break', 'at-risk'] : [],
      },
      texts: parts.cards.draftTexts(lost),
      schedule: { startAt: null, window: null, weekdays: [], remindAfterDays: null },
      mandatory: null,
    },
    by,
  );
  return acted.kind === 'refused' ? said(refusal(parts, acted)) : draw(parts, acted.notice, by, null);
}

/** The form is kept first, whatever it was sent for: nothing typed is lost, and what is submitted is what is seen. */
async function saveAnd(
  parts: OfficeParts,
  { noticeId, version, fields }: OfficeInput,
  then: 'save' | 'preview' | 'submit',
  by: Official,
): Promise<OfficeAnswer> {
  const before = await parts.desk.find(noticeId);
  if (before === null) return said(parts.say('not-found'));
  const draft = readDraft(before, fields);
  const saved = await parts.desk.act(noticeId, { do: 'edit', draft }, by, version);
  if (saved.kind === 'refused') return draw(parts, { ...before, ...draft }, by, refusal(parts, saved));
  if (then === 'save') return draw(parts, saved.notice, by, parts.say('saved'));
  if (then === 'preview') return preview(parts, saved.notice, by);
  const sent = await parts.desk.act(noticeId, { do: 'submit' }, by, saved.notice.version);
  if (sent.kind === 'refused') return draw(parts, saved.notice, by, refusal(parts, sent));
  if (sent.notice.status.at === 'awaiting-approval') await parts.askApprovers(sent.notice);
  return draw(parts, sent.notice, by, null);
}

async function command(
  parts: OfficeParts,
  { noticeId, version }: OfficeInput,
  given: NoticeCommand,
  by: Official,
): Promise<OfficeAnswer> {
  // What is being sent changes by the clock, too; stopping it must not wait for a fresh card.
  const seen = given.do === 'approve' || given.do === 'reject' ? version : null;
  const acted = await parts.desk.act(noticeId, given, by, seen);
  return open(parts, noticeId, by, acted.kind === 'refused' ? refusal(parts, acted) : null);
}

/** One card for each class that has a text, exactly as its readers will see it. */
async function preview(parts: OfficeParts, notice: Notice, by: Official): Promise<OfficeAnswer> {
  const { cards, binder, organisation, contact, desk } = parts;
  const classes = impactClasses.filter((impact) => textFor(notice.texts, impact, by.locale) !== null);
  const wanted =
    notice.audience.impact.length === 0
      ? classes
      : classes.filter((each) => notice.audience.impact.includes(each));
  const binding = binder.sign(previewShowing(notice.id, by.id));
  await desk.record({ noticeId: notice.id, by, what: 'preview', data: { classes: wanted } });
  const extra = wanted.map((impact) =>
    messageWith(
      cards.noticeCard({
        notice,
        delivery: sampleDelivery(impact, by),
        binding,
        stopped: false,
        organisation,
        contact,
      }),
    ),
  );
  return { ...(await draw(parts, notice, by, parts.say('previewed'))), extra };
}

function sampleDelivery(impact: ImpactClass, { name, locale, timeZone }: Official) {
  const isHit = impact === 'will-break' || impact === 'at-risk';
  return {
    ...{ impact, name, locale, timeZone, device: null, acknowledgedAt: null, checkedAt: null, fixedAt: null },
    cause: isHit ? 'cipher-suites' : null,
    os: impact === 'unknown' ? null : 'windows-10',
  };
}

async function log(parts: OfficeParts, by: Official): Promise<OfficeAnswer> {
  const entries = await parts.desk.audit(null, 50);
  const lines = entries.map(({ at, by: { name }, what, noticeId }) => ({ at, name, what, noticeId }));
  return shown(parts.cards.noticeLog(lines, viewerOf(parts, by, null)));
}

async function open(
  parts: OfficeParts,
  id: string,
  by: Official,
  remark: string | null,
): Promise<OfficeAnswer> {
  const notice = await parts.desk.find(id);
  return notice === null ? said(parts.say('not-found')) : draw(parts, notice, by, remark);
}

/** The card that fits where the notice stands and who looks at it. */
export async function draw(
  parts: OfficeParts,
  notice: Notice,
  by: Official,
  remark: string | null,
): Promise<OfficeAnswer> {
  const { cards, desk } = parts;
  const viewer = viewerOf(parts, by, notice);
  const { at } = notice.status;
  if (at === 'draft' && by.roles.includes('author')) {
    const { subject, audience, mandatory } = notice;
    const isMeant = audience.everyone || isLimited(audience);
    const found = isMeant ? await desk.dryRun(subject, audience, mandatory !== null) : null;
    const sample = found?.sample.map(({ person, impact }) => ({ name: person.name, impact })) ?? [];
    const dryRun = found === null ? null : { ...found, sample };
    const figures = await desk.figures(subject);
    return shown(cards.editNotice({ notice, figures, dryRun, remark, binding: viewer.binding }));
  }
  if (at === 'draft' || at === 'awaiting-approval') {
    return { ...shown(cards.awaitingCard(notice, await desk.figures(notice.subject), viewer)), text: remark };
  }
  const csv = at === 'done' || at === 'cancelled' ? parts.csvLink(notice.id, by.id) : null;
  const progress = await desk.progress(notice.id);
  return { ...shown(cards.progressCard(notice, progress, csv, viewer)), text: remark };
}

function viewerOf(parts: OfficeParts, by: Official, notice: Notice | null): Viewer {
  return { id: by.id, roles: by.roles, timeZone: by.timeZone, binding: signed(parts, by, notice) };
}

function signed({ binder }: Pick<OfficeParts, 'binder'>, { id }: Official, notice: Notice | null) {
  return binder.sign(officeShowing(id, notice?.id ?? noNotice, notice?.version ?? 0));
}

function refusal({ say }: OfficeParts, { why, says }: Extract<Acted, { kind: 'refused' }>): string {
  return say(why, { about: says });
}

function shown(card: Card): OfficeAnswer {
  return { text: null, card, extra: [] };
}

function said(text: string): OfficeAnswer {
  return { text, card: null, extra: [] };
}
