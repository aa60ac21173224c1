import type { NoticeRefusal } from '../domain/notice.ts';
import type { NoticeFault } from '../domain/notice-check.ts';
import { placeholders } from '../domain/notice-text.ts';
import type { Acted } from './notice-desk.ts';

/** What was expected and what to do, for the API and the command line; `about` is the part that it is about. */
const words: Readonly<Record<NoticeRefusal, (about: string) => string>> = {
  'not-found': (id) => `There is no notice ${id}. List the notices to see their ids.`,
  'role-missing': (role) =>
    role === 'bot'
      ? 'The bot does this by itself; nobody else does.'
      : `This needs the role ${role}. Ask whoever configures the roles of notices.`,
  'own-notice': (name) =>
    `${name} wrote this notice or sent it for approval. Another person with the role approver must approve it.`,
  'out-of-place': (place) =>
    placeWords[place] ?? `A notice that is ${place} does not take this. Look at its state first.`,
  'changed-meanwhile': (version) =>
    `Somebody changed the notice; it is at version ${version} now. Look at it again, then repeat what you want.`,
  'audience-empty': () =>
    'Nobody whom the bot knows is in this audience. Try it with a dry run, then widen it.',
  'audience-unlimited': () =>
    'The audience has no limit, which would be everybody. Narrow it, or set everyone to true if you mean that.',
  'text-missing': (classes) =>
    `People of these classes would get a notice without an English title and body: ${classes}. ` +
    'Write a text for each, or one for all; in each language it needs both title and body.',
  'placeholder-unknown': (found) =>
    `These are no placeholders: ${found}. There are: ${placeholders.map((name) => `{${name}}`).join(', ')}.`,
  'reason-missing': (what) =>
    what === 'mandatory'
      ? 'A mandatory notice overrides opt-outs, so it needs a reason, which is recorded. Give one.'
      : 'Say why the notice is rejected, so that its author knows what to change.',
  'schedule-invalid': (part) => scheduleWords[part] ?? 'The schedule cannot be used.',
  'group-unavailable': (cause) =>
    `Microsoft Graph did not say who is in a group (${cause}), and half a list is not sent to. Try again later.`,
  'nothing-failed': () => 'No delivery has failed, so there is nothing to send again.',
};

const placeWords: Readonly<Record<string, string>> = {
  startAt: 'The start of this notice is still ahead.',
  reminder: 'A reminder keeps the words and the audience of its notice. Cancel it, and write another notice.',
  wave: 'The notice is not in the wave that this is for.',
};

const scheduleWords: Readonly<Record<string, string>> = {
  startAt:
    'startAt must be a moment (ISO, UTC) that is not past and within a year. Leave it out to start at once.',
  window:
    'window must have two different times of day, such as from 08:00 to 18:00. Leave it out to send at any time.',
  weekdays: 'weekdays must be numbers from 1 (Monday) to 7 (Sunday). Leave them out for every day.',
  remindAfterDays: 'remindAfterDays must be a whole number from 1 to 90. Leave it out to remind nobody.',
};

export function refused({ why, about }: NoticeFault): Extract<Acted, { kind: 'refused' }> {
  return { kind: 'refused', why, says: words[why](about) };
}
