import type { Notice } from '../domain/notice.ts';
import { clockActor } from './clock.ts';
import type { NoticeStore } from './notice-store.ts';
import type { AudienceFinder, Recipient } from './people.ts';

export type FollowUpParts = {
  readonly store: NoticeStore;
  readonly finder: Pick<AudienceFinder, 'judge'>;
  readonly newId: () => string;
  readonly now: () => Date;
};

/** People judged at once. */
const pageSize = 1_000;
/** A report so long after a notice was over tells nothing about it. */
const followedDays = 120;
const dayMs = 86_400_000;

/**
 * Looks at reports that came after a notice: who got it has checked, or is fixed; who still waits for it and is fine by
 * now gets nothing any more. Returns how many were looked at.
 */
export async function followReports({ store, finder, now }: FollowUpParts): Promise<number> {
  let looked = 0;
  for (const { id, subject } of await store.listFollowed(new Date(now().getTime() - followedDays * dayMs))) {
    for await (const personIds of pagesOf((after) => store.listReported(id, after, pageSize))) {
      const judged = await finder.judge(subject, personIds);
      await store.keepJudged(id, judged.flatMap(toJudged), now());
      looked += judged.length;
    }
  }
  return looked;
}

function toJudged({ person, impact, reportedAt }: Recipient) {
  if (reportedAt === null) return [];
  return [{ personId: person.id, reportedAt: new Date(reportedAt), isFine: impact === 'fine' }];
}

/**
 * Makes the reminders that are due: a notice of its own each, for those who got the first one and are not fixed (or,
 * where nothing can be fixed, have not acknowledged it). Approving the first approved its reminder too. However many
 * processes see that it is time, one comes of it.
 */
export async function remind({ store, finder, newId, now }: FollowUpParts): Promise<readonly Notice[]> {
  const made: Notice[] = [];
  for (const first of await store.listToRemindOf(now())) {
    const recipients = await gatherUnfixed({ store, finder }, first);
    if (recipients.length === 0) {
      await store.forgetReminder(first.id);
      continue;
    }
    const notice = reminderOf(first, newId(), recipients.length, now().toISOString());
    const data = { remindsOf: first.id, total: recipients.length };
    const saved = await store.save({
      ...{ notice, by: clockActor, what: 'create', data, deliveries: 'fix', recipients },
    });
    await store.forgetReminder(first.id);
    if (saved === 'saved') made.push(notice);
  }
  return made;
}

async function gatherUnfixed(
  { store, finder }: Pick<FollowUpParts, 'store' | 'finder'>,
  { id, subject }: Notice,
): Promise<readonly Recipient[]> {
  const recipients: Recipient[] = [];
  for await (const personIds of pagesOf((after) => store.listUnfixed(id, after, pageSize))) {
    const judged = await finder.judge(subject, personIds);
    recipients.push(...judged.filter(({ impact }) => subject.kind !== 'policy' || impact !== 'fine'));
  }
  return recipients;
}

function reminderOf(first: Notice, id: string, total: number, at: string): Notice {
  return {
    ...first,
    id,
    version: 0,
    status: { at: 'scheduled' },
    schedule: { ...first.schedule, startAt: null, remindAfterDays: null },
    total,
    createdAt: at,
    since: at,
    remindsOf: first.id,
  };
}

async function* pagesOf(
  list: (after: string) => Promise<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  let after = '';
  for (;;) {
    const page = await list(after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last;
  }
}
