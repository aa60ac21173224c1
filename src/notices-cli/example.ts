import { draftTexts } from '../cards/notice-templates.ts';
import { loadReaderWordings } from '../cards/reader-wording.ts';
import type { Wording } from '../cards/wording.ts';
import { findingCodes } from '../domain/diagnosis.ts';
import { impactClasses, type NoticeDraft } from '../domain/notice.ts';
import { startingAudience } from '../domain/notice-start.ts';
import { placeholders } from '../domain/notice-text.ts';
import { osFamilies } from '../domain/os.ts';
import { type PolicyChange, type PolicyHistory, policyChanges, policyKinds } from '../domain/policy.ts';
import { writeYaml } from '../yaml-text.ts';

/** What a notice can begin with: the days on which something is lost, oldest first, or an announcement. */
export const announcement = 'announcement';

export function knownLosses(history: PolicyHistory): readonly PolicyChange[] {
  return policyChanges(history, '0000-00-00', '9999-99-99').filter(({ change }) => change === 'lost');
}

/** The draft to begin with for the change of a day, or for an announcement; null where nothing is lost on that day. */
export function exampleDraft(history: PolicyHistory, change: string, wording: Wording): NoticeDraft | null {
  const lost = knownLosses(history).filter(({ day }) => day === change);
  const [first] = lost;
  if (change === announcement) return draftOf(wording, { kind: 'announcement' }, null);
  if (first === undefined) return null;
  const { source } = first;
  return draftOf(
    wording,
    { kind: 'policy', before: dayBefore(change), after: change, lost: [], source },
    lost,
  );
}

function draftOf(
  wording: Wording,
  subject: NoticeDraft['subject'],
  lost: readonly PolicyChange[] | null,
): NoticeDraft {
  const day = subject.kind === 'policy' ? subject.after : announcement;
  return {
    name: wording.text('notice-commands.example.name', { day }),
    subject,
    audience: startingAudience(lost),
    texts: draftTexts(loadReaderWordings(wording), lost),
    schedule: { startAt: null, window: { from: '08:00', to: '18:00' }, weekdays: [], remindAfterDays: null },
    mandatory: null,
  };
}

const commented = [
  ...['name', 'subject', 'subject.before', 'subject.lost', 'subject.source'],
  ...['audience', 'audience.everyone', 'audience.impact', 'audience.findings', 'audience.os'],
  ...['audience.sites', 'audience.languages', 'audience.people', 'audience.groups'],
  ...['texts', 'schedule', 'schedule.startAt', 'schedule.window', 'schedule.weekdays'],
  ...['schedule.remindAfterDays', 'mandatory'],
];

const choices = {
  kinds: policyKinds.join(', '),
  impact: impactClasses.join(', '),
  findings: findingCodes.join(', '),
  os: osFamilies.join(', '),
  placeholders: placeholders.map((name) => `{${name}}`).join(', '),
};

/** A draft as a file to edit and send back; comments say what each part takes. */
export function draftYaml(draft: NoticeDraft, head: string, { text }: Pick<Wording, 'text'>): string {
  const { name, subject, audience, texts, schedule, mandatory } = draft;
  const comments = commented.map(
    (path) => [path, text(`notice-commands.comments.${path}`, choices)] as const,
  );
  return writeYaml(
    { name, subject, audience, texts, schedule, mandatory },
    { '': head, ...Object.fromEntries(comments) },
  );
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
