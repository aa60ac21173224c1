import { isDeepStrictEqual } from 'node:util';
import { findingCodes } from '../../domain/diagnosis.ts';
import {
  type Audience,
  impactClasses,
  type NoticeDraft,
  type NoticeSchedule,
  type NoticeSubject,
  type NoticeTexts,
  type PolicyLoss,
} from '../../domain/notice.ts';
import { osFamilies } from '../../domain/os.ts';
import { isDay, policyKinds } from '../../domain/policy.ts';
import type { Fields } from './read.ts';

const dayMs = 86_400_000;

/** What the form says of the change; null where something is missing. `lost` is one a line: `suite NAME`. */
export function readSubject(
  { change = '', day = '', lost = '', source = '' }: Fields,
  sourceOf: (day: string) => string,
): NoticeSubject | null {
  if (change === 'announcement') return { kind: 'announcement' };
  if (change === 'own') {
    const losses = linesOf(lost).map(readLoss);
    const isWhole = isDay(day) && losses.length > 0 && !losses.includes(null) && /^https:\/\//.test(source);
    if (!isWhole) return null;
    const names = losses.filter((each) => each !== null);
    return { kind: 'policy', before: dayBefore(day), after: day, lost: names, source };
  }
  if (!isDay(change)) return null;
  return { kind: 'policy', before: dayBefore(change), after: change, lost: [], source: sourceOf(change) };
}

function readLoss(line: string): PolicyLoss | null {
  const [word = '', ...rest] = line.split(' ');
  const kind = policyKinds.find((known) => known === word.toLowerCase());
  const name = rest.join(' ').trim();
  return kind === undefined || name === '' ? null : { kind, name: name.slice(0, 100) };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
}

/** The draft with what the form says; what the form does not show, such as other languages, stays. */
export function readDraft(draft: NoticeDraft, fields: Fields): NoticeDraft {
  const reason = (fields.mandatory ?? draft.mandatory?.reason ?? '').trim();
  return {
    ...{ name: draft.name, subject: draft.subject },
    audience: readAudience(draft.audience, fields),
    texts: readTexts(draft.texts, fields),
    schedule: readSchedule(draft.schedule, fields),
    mandatory: reason === '' ? null : { reason },
  };
}

/**
 * A text that was not sent was not shown. Of choices nothing is sent where nothing is chosen, so they are empty if the
 * others beside them came, of which `everyone` is on each form.
 */
function readAudience(before: Audience, fields: Fields): Audience {
  const isSent = (fields.everyone ?? fields.sites) !== undefined;
  const known = <T extends string>(all: readonly T[], chosen: readonly T[], text?: string) =>
    text === undefined && !isSent ? chosen : all.filter((each) => listOf(text ?? '').includes(each));
  return {
    everyone: fields.everyone === undefined && !isSent ? before.everyone : fields.everyone === 'yes',
    impact: known(impactClasses, before.impact, fields.impact),
    findings: known(findingCodes, before.findings, fields.findings),
    os: known(osFamilies, before.os, fields.os),
    sites: readList(before.sites, fields.sites),
    languages: readList(before.languages, fields.languages?.toLowerCase()),
    people: readList(before.people, fields.people?.toLowerCase()),
    groups: before.groups,
  };
}

/** Names with commas of their own stay whole as long as nobody changes the list. */
function readList(before: readonly string[], text?: string): readonly string[] {
  if (text === undefined) return before;
  const read = listOf(text);
  return isDeepStrictEqual(read, before.flatMap(listOf)) ? before : read;
}

function listOf(text: string): readonly string[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A client that does not send what it hides must not empty it. */
function readTexts(texts: NoticeTexts, fields: Fields): NoticeTexts {
  const read = ([...impactClasses, 'all'] as const).flatMap((impact) => {
    const before = texts[impact] ?? {};
    const languages = new Set([...Object.keys(before), ...languagesOf(fields, impact)]);
    const written = [...languages].flatMap((language) => {
      const part = (name: 'title' | 'body') =>
        (fields[`${name}.${language}.${impact}`] ?? before[language]?.[name] ?? '').trim();
      const text = { title: part('title'), body: part('body') };
      return text.title === '' && text.body === '' ? [] : [[language, text] as const];
    });
    return written.length === 0 ? [] : [[impact, Object.fromEntries(written)] as const];
  });
  return Object.fromEntries(read);
}

/** Those that the form has inputs for, such as `title.de.fine`. */
function languagesOf(fields: Fields, impact: string): readonly string[] {
  return Object.keys(fields).flatMap((id) => {
    const [part = '', language = '', of, ...rest] = id.split('.');
    const isText = (part === 'title' || part === 'body') && of === impact && rest.length === 0;
    return isText && /^[a-z-]{2,35}$/.test(language) ? [language] : [];
  });
}

function readSchedule(before: NoticeSchedule, fields: Fields): NoticeSchedule {
  const read = (name: string, kept: string | undefined) => (fields[name] ?? kept ?? '').trim();
  const start = read('start', before.startAt ?? '');
  const [from, to] = [read('from', before.window?.from), read('to', before.window?.to)];
  const remind = read('remind', before.remindAfterDays?.toString());
  const at = Date.parse(start);
  return {
    startAt: start === '' ? null : Number.isNaN(at) ? start : new Date(at).toISOString(),
    window: from === '' && to === '' ? null : { from, to },
    weekdays: before.weekdays,
    remindAfterDays: remind === '' ? null : Number(remind),
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
