import type { Notice } from '../domain/notice.ts';
import { sayDesk, type Viewer } from './notice-desk-kit.ts';
import { sayMoment, sayWeekdays } from './time-words.ts';
import type { Wording } from './wording.ts';

/** When it goes out and reminds, in the time zone of whoever looks; all of it is approved with the notice. */
export function scheduleLines(
  wording: Wording,
  { schedule, subject, status }: Notice,
  { timeZone }: Pick<Viewer, 'timeZone'>,
): readonly string[] {
  const say = sayDesk(wording);
  const { startAt, window, weekdays, remindAfterDays: days } = schedule;
  const start =
    startAt === null
      ? say(status.at === 'scheduled' ? 'awaiting.now' : 'awaiting.at-once')
      : sayMoment(new Date(startAt), { language: wording.language, timeZone });
  return [
    say('awaiting.start', { start }),
    ...(window === null ? [] : [say('awaiting.window', window)]),
    ...(weekdays.length === 0
      ? []
      : [say('awaiting.weekdays', { list: sayWeekdays(weekdays, wording.language) })]),
    ...(days === null ? [] : [say(`awaiting.remind.${subject.kind}`, { days })]),
  ];
}
