import { deliveryStates, type Notice, type NoticeProgress } from '../domain/notice.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import {
  drawDesk,
  haltText,
  nameOfNotice,
  type OfficePress,
  reasonText,
  sayDesk,
  stateOf,
  type Viewer,
} from './notice-desk-kit.ts';
import { scheduleLines } from './notice-schedule.ts';
import { sayMoment } from './time-words.ts';
import type { Wording } from './wording.ts';

/** What comes after the end: the address of the report, for a short time, and a reminder that is still ahead. */
export type NoticeEnd = { readonly csv: string | null; readonly remindsAt: Date | null };

export function progressCard(
  kit: Kit,
  notice: Notice,
  progress: NoticeProgress,
  { csv, remindsAt }: NoticeEnd,
  { roles, timeZone, binding }: Viewer,
): Card {
  const { wording } = kit;
  const say = sayDesk(wording);
  const { status, approver, subject } = notice;
  const name = nameOfNotice(wording, notice);
  const end = progress.expectedEnd;
  const inZone = { language: wording.language, timeZone };
  return drawDesk(
    kit,
    {
      title: say('progress.title', { name, state: stateOf(wording, notice) }),
      lines: [
        ...(status.at === 'halted' ? [say('progress.halted', { why: haltText(wording, status.why) })] : []),
        ...(approver === null ? [] : [say('progress.approved', { name: approver.name })]),
        ...(remindsAt === null
          ? []
          : [say(`progress.reminder.${subject.kind}`, { at: sayMoment(remindsAt, inZone) })]),
        say('progress.total', { total: progress.total }),
      ],
      sections: [
        {
          heading: say('awaiting.schedule'),
          lines: status.at === 'scheduled' ? scheduleLines(wording, notice, { timeZone }) : [],
        },
        { heading: say('progress.heading'), lines: statesOf(wording, progress) },
        { heading: say('progress.reasons'), lines: reasonsOf(wording, progress) },
        {
          heading: say('progress.readers'),
          lines: (['acknowledged', 'checked', 'fixed'] as const).map((each) =>
            say(`progress.${each}`, { count: progress[each] }),
          ),
        },
        {
          heading: stateOf(wording, notice),
          lines:
            status.at === 'sending'
              ? [
                  say('progress.rate', { rate: progress.rate }),
                  ...(end === null ? [] : [say('progress.end', { end: sayMoment(new Date(end), inZone) })]),
                ]
              : [],
        },
      ],
      buttons: roles.includes('author') ? buttonsOf(notice, progress, remindsAt !== null) : ['refresh'],
      links: csv === null ? [] : [{ title: say('progress.csv'), url: csv }],
    },
    binding,
  );
}

/** Every state by its name, also where nobody is in it: the counts add up before the reader's eyes. */
function statesOf(wording: Wording, { states }: NoticeProgress): readonly string[] {
  return deliveryStates.map((state) => wording.text(`notices.deliveries.${state}`, { count: states[state] }));
}

function reasonsOf(wording: Wording, { reasons }: NoticeProgress): readonly string[] {
  return reasons
    .slice(0, 20)
    .map(({ state, reason, count }) =>
      sayDesk(wording)('progress.reason', { state, reason: reasonText(wording, reason), count }),
    );
}

function buttonsOf(
  { status, remindsOf }: Notice,
  { states }: NoticeProgress,
  isReminded: boolean,
): readonly OfficePress[] {
  const resend = states.failed > 0 ? (['resend-failed'] as const) : [];
  switch (status.at) {
    case 'sending':
      return ['pause', 'cancel', ...resend, 'refresh'];
    case 'paused':
    case 'halted':
      return ['resume', 'cancel', ...resend, 'refresh'];
    case 'scheduled':
      return remindsOf === null ? ['withdraw', 'cancel', 'refresh'] : ['cancel', 'refresh'];
    case 'done':
      return [...resend, ...(isReminded ? (['no-reminder'] as const) : []), 'refresh'];
    case 'draft':
    case 'awaiting-approval':
    case 'cancelled':
      return ['refresh'];
  }
}
