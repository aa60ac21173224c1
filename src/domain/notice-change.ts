import type {
  ImpactClass,
  Notice,
  NoticeActor,
  NoticeCommand,
  NoticeRefusal,
  NoticeRole,
  NoticeStatus,
  Wave,
} from './notice.ts';
import { checkDraft, checkSubmission, type NoticeFault } from './notice-check.ts';
import { hasReminderAhead, withoutReminder } from './notice-reminder.ts';

/** What is known when a command comes in. */
export type NoticeFacts = {
  readonly now: Date;
  /** To more people than this, a second person approves; 0 is always. */
  readonly approvalAbove: number;
  /** Of the recipients when it is submitted; else not looked at. */
  readonly total: number;
  readonly classes: readonly ImpactClass[];
  /** Deliveries that failed, when they are sent again; else not looked at. */
  readonly failed: number;
};

/**
 * What follows for the deliveries. `fix`: the recipients become rows. `drop`: the rows go, none was sent. `stop`: what
 * waits is skipped. `requeue-failed`: what failed waits again. `wake`: workers have something to do.
 */
export type DeliveriesChange = 'none' | 'fix' | 'drop' | 'stop' | 'requeue-failed' | 'wake';

export type NoticeOutcome =
  | { readonly kind: 'changed'; readonly notice: Notice; readonly deliveries: DeliveriesChange }
  | ({ readonly kind: 'refused' } & NoticeFault);

/** So few go out at once: a hundredth of them would be nobody. */
const fewestInWaves = 20;

/**
 * The life of a notice as one pure function: a notice and what somebody does give the notice after it and what follows
 * for its deliveries, or why it does not apply.
 */
export function changeNotice(
  notice: Notice,
  command: NoticeCommand,
  by: NoticeActor,
  facts: NoticeFacts,
): NoticeOutcome {
  const fault = refusalOf(notice, command, by, facts.now);
  if (fault !== null) return { kind: 'refused', ...fault };
  switch (command.do) {
    case 'edit':
      return edit(notice, command, by, facts.now);
    case 'submit':
      return submit(notice, by, facts);
    case 'approve':
      return moved({ ...notice, approver: nameOf(by) }, { at: 'scheduled' }, facts);
    case 'reject':
      return moved({ ...notice, total: null }, { at: 'draft' }, facts, 'drop');
    case 'pause':
      return moved(notice, { at: 'paused', wave: waveOf(notice) }, facts);
    case 'resume':
      return moved(notice, { at: 'sending', wave: waveOf(notice) }, facts, 'wake');
    case 'cancel':
      if (notice.status.at === 'done') return moved(withoutReminder(notice), notice.status, facts);
      return moved(notice, { at: 'cancelled' }, facts, notice.total === null ? 'none' : 'stop');
    case 'resend-failed':
      return resendFailed(notice, facts);
    case 'start': {
      const wave = (notice.total ?? 0) < fewestInWaves ? 2 : 0;
      return moved(notice, { at: 'sending', wave }, facts, 'wake');
    }
    case 'next-wave':
      return moved(notice, { at: 'sending', wave: waveOf(notice) === 0 ? 1 : 2 }, facts, 'wake');
    case 'halt':
      return moved(notice, { at: 'halted', wave: waveOf(notice), why: command.why }, facts);
    case 'finish':
      return moved(notice, { at: 'done' }, facts);
  }
}

/** Who may do it, and in which states; what comes of it is not asked yet. Null where it applies. */
export function refusalOf(
  notice: Notice,
  command: NoticeCommand,
  by: NoticeActor,
  now: Date,
): NoticeFault | null {
  const role = roleFor(command);
  if (role === 'bot' ? by.via !== 'bot' : !by.roles.includes(role)) return refusal('role-missing', role);
  const { at } = notice.status;
  if (!placesOf[command.do].includes(at)) return refusal('out-of-place', at);
  switch (command.do) {
    case 'edit':
      // Sent for approval anew, it would go to all of the audience.
      return notice.remindsOf === null ? checkDraft(command.draft, now) : refusal('out-of-place', 'reminder');
    case 'submit':
      return checkDraft(notice, now);
    case 'approve':
      return isOwn(notice, by) ? refusal('own-notice', by.name) : null;
    case 'reject':
      return command.reason.trim() === '' ? refusal('reason-missing', 'reject') : null;
    case 'start':
      return Date.parse(notice.schedule.startAt ?? notice.since) > now.getTime()
        ? refusal('out-of-place', 'startAt')
        : null;
    case 'next-wave':
      return waveOf(notice) === 2 ? refusal('out-of-place', 'wave') : null;
    case 'finish':
      return waveOf(notice) === 2 ? null : refusal('out-of-place', 'wave');
    case 'cancel':
      return at === 'done' && !hasReminderAhead(notice, now) ? refusal('out-of-place', at) : null;
    case 'pause':
    case 'resume':
    case 'resend-failed':
    case 'halt':
      return null;
  }
}

export function roleFor({ do: what }: NoticeCommand): NoticeRole | 'bot' {
  switch (what) {
    case 'edit':
    case 'submit':
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'resend-failed':
      return 'author';
    case 'approve':
    case 'reject':
      return 'approver';
    case 'start':
    case 'next-wave':
    case 'halt':
    case 'finish':
      return 'bot';
  }
}

const placesOf: Readonly<Record<NoticeCommand['do'], readonly NoticeStatus['at'][]>> = {
  // What went out to some must not read otherwise for the rest.
  edit: ['draft', 'awaiting-approval', 'scheduled'],
  submit: ['draft'],
  approve: ['awaiting-approval'],
  reject: ['awaiting-approval'],
  pause: ['sending'],
  resume: ['paused', 'halted'],
  // What is done may have a reminder ahead.
  cancel: ['draft', 'awaiting-approval', 'scheduled', 'sending', 'paused', 'halted', 'done'],
  'resend-failed': ['sending', 'paused', 'halted', 'done'],
  start: ['scheduled'],
  'next-wave': ['sending'],
  halt: ['sending'],
  finish: ['sending'],
};

/** Who writes it last is its author, so that nobody approves words of their own. */
function edit(
  notice: Notice,
  { draft }: Extract<NoticeCommand, { do: 'edit' }>,
  by: NoticeActor,
  now: Date,
): NoticeOutcome {
  const edited: Notice = {
    ...notice,
    ...draft,
    author: nameOf(by),
    submitter: null,
    approver: null,
    total: null,
  };
  return moved(edited, { at: 'draft' }, { now }, notice.total === null ? 'none' : 'drop');
}

function submit(notice: Notice, by: NoticeActor, facts: NoticeFacts): NoticeOutcome {
  const { now, total, classes, approvalAbove } = facts;
  const fault = checkSubmission(notice, classes);
  if (fault !== null) return { kind: 'refused', ...fault };
  const at = needsApproval(notice, total, approvalAbove) ? 'awaiting-approval' : 'scheduled';
  return moved({ ...notice, submitter: nameOf(by), total }, { at }, { now }, 'fix');
}

export function needsApproval(
  { mandatory }: Pick<Notice, 'mandatory'>,
  total: number,
  approvalAbove: number,
): boolean {
  return mandatory !== null || total > approvalAbove;
}

/** One that is done goes back to work; one that is paused or halted stays so until it is resumed. */
function resendFailed(notice: Notice, facts: NoticeFacts): NoticeOutcome {
  if (facts.failed === 0) return { kind: 'refused', ...refusal('nothing-failed', 'failed') };
  const { status } = notice;
  const next: NoticeStatus = status.at === 'done' ? { at: 'sending', wave: 2 } : status;
  return moved(notice, next, facts, 'requeue-failed');
}

function waveOf({ status }: Notice): Wave {
  return 'wave' in status ? status.wave : 2;
}

function moved(
  notice: Notice,
  status: NoticeStatus,
  { now }: Pick<NoticeFacts, 'now'>,
  deliveries: DeliveriesChange = 'none',
): NoticeOutcome {
  const after = { ...notice, status, version: notice.version + 1, since: now.toISOString() };
  return { kind: 'changed', notice: after, deliveries };
}

/** Whoever sends the words of a program or of the bot for approval stands for them, like their author. */
export function isOwn({ author, submitter }: Notice, by: Pick<NoticeActor, 'id'>): boolean {
  return isSame(by, author) || (submitter !== null && isSame(by, submitter));
}

/** Entra object ids are written in either case. */
function isSame(a: Pick<NoticeActor, 'id'>, b: Pick<NoticeActor, 'id'>): boolean {
  return a.id.toLowerCase() === b.id.toLowerCase();
}

function nameOf({ id, name }: NoticeActor): Notice['author'] {
  return { id, name };
}

function refusal(why: NoticeRefusal, about: string): NoticeFault {
  return { why, about };
}
