import type { Notice } from './notice.ts';

const dayMs = 86_400_000;

/** When those who are not ready are reminded; null where nobody is, or before the notice is done. */
export function remindsAt({ status, schedule, remindsOf, since }: Notice): Date | null {
  const { remindAfterDays: days } = schedule;
  const isReminded = status.at === 'done' && days !== null && remindsOf === null;
  return isReminded ? new Date(Date.parse(since) + days * dayMs) : null;
}

/** A reminder that is still to come can be called off. */
export function hasReminderAhead(notice: Notice, now: Date): boolean {
  return (remindsAt(notice) ?? now) > now;
}

export function withoutReminder(notice: Notice): Notice {
  return { ...notice, schedule: { ...notice.schedule, remindAfterDays: null } };
}
