import type { NoticeCommand } from '../../domain/notice.ts';
import { begin, choose, saveAnd, withdraw } from './office-draft.ts';
import {
  draw,
  type OfficeAnswer,
  type OfficeParts,
  type Official,
  officeShowing,
  refusal,
  said,
  shown,
  viewerOf,
} from './office-show.ts';
import type { NoticeInput } from './read.ts';

type OfficeInput = Extract<NoticeInput, { kind: 'office' }>;

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
    case 'withdraw':
      return withdraw(parts, input, by);
    case 'reject':
      return command(parts, input, { do: 'reject', reason: (fields.reason ?? '').trim() }, by);
    case 'no-reminder':
      return command(parts, input, { do: 'cancel' }, by);
    case 'approve':
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'resend-failed':
      return command(parts, input, { do: press }, by);
  }
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
  // Whoever rejects has decided: the draft is its author's again.
  if (acted.kind === 'done' && given.do === 'reject') {
    const event = { what: given.do, name: by.name, reason: given.reason };
    return shown(parts.cards.decidedCard(acted.notice, event, viewerOf(parts, by, acted.notice)));
  }
  if (acted.kind === 'done') return open(parts, noticeId, by, null);
  const overtaken =
    seen === null || acted.why !== 'changed-meanwhile' ? null : await sayOvertaken(parts, noticeId, seen, by);
  return overtaken ?? open(parts, noticeId, by, refusal(parts, acted));
}

/** Whoever decides on a version that is there no more sees what became of it; the new one comes on a card of its own. */
async function sayOvertaken(
  parts: OfficeParts,
  noticeId: string,
  seen: number,
  by: Official,
): Promise<OfficeAnswer | null> {
  const [notice, event] = [await parts.desk.find(noticeId), await parts.eventAt(noticeId, seen + 1)];
  if (notice === null || event === null) return null;
  return shown(parts.cards.decidedCard(notice, event, viewerOf(parts, by, notice)));
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
