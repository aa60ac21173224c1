import type { Agent, Ticket } from '../domain/handoff.ts';
import { ownerOf } from '../domain/handoff.ts';
import type { Remedy } from '../domain/remedy.ts';
import type { Shared } from '../domain/share.ts';
import type { Card } from './card.ts';
import { otherFindings, showFinding, tellingFindings } from './finding-words.ts';
import { fitCard } from './fit-card.ts';
import { actionsFor } from './helpdesk-actions.ts';
import type { Kit } from './kit.ts';
import type { LabelledLine } from './node-words.ts';
import { nameOs } from './os-name.ts';
import { nextStep } from './preview-card.ts';
import { partsOf, type RemedyPart } from './remediation-text.ts';
import { clip } from './text.ts';
import { saySpan } from './time-words.ts';
import { triedLines } from './tried-words.ts';
import type { Wording } from './wording.ts';

export type HelpdeskCards = {
  /** The root of a ticket's thread: everything that is known, and what an agent can do. Under 25 KB. */
  rootCard(stored: DeskTicket, about: AboutDesk): Card;
};

/** A stored ticket; of its details what the helpdesk sees. */
export type DeskTicket = {
  readonly ticket: Ticket;
  readonly details: {
    readonly person: {
      readonly name: string;
      readonly locale: string | null;
      readonly timeZone: string | null;
    };
    readonly title: string;
    readonly contact: string;
    readonly bestTime: string;
    readonly article: string;
    readonly shared: Shared;
  };
};

export type AboutDesk = {
  /** Proves that a press comes from this ticket's card. */
  readonly seal: string;
  /** Whom a ticket can be given to; empty: a name is typed. */
  readonly people: readonly Agent[];
  /** When it should be solved. */
  readonly target: Date;
  readonly remedies: readonly Remedy[];
  /** An earlier try may have posted the same card. */
  readonly mayStandTwice: boolean;
  readonly now: Date;
};

/** What is shown of findings, remedies and lists of people, until it fits. */
const sizes = [
  { findings: 6, remedies: 2, people: 100 },
  { findings: 6, remedies: 1, people: 60 },
  { findings: 4, remedies: 0, people: 40 },
  { findings: 2, remedies: 0, people: 0 },
  { findings: 0, remedies: 0, people: 0 },
] as const;
type Size = (typeof sizes)[number];

export function createHelpdeskCards(kit: Kit): HelpdeskCards {
  return {
    rootCard(stored, about) {
      return fitCard<Size>(sizes, (size) => kit.draw('helpdesk-ticket', wordsOf(kit, stored, about, size)));
    },
  };
}

function wordsOf({ wording }: Kit, { ticket, details }: DeskTicket, about: AboutDesk, size: Size) {
  const say = (key: string) => wording.text(`helpdesk.card.${key}`);
  const { shared, article } = details;
  const findings = shared.diagnosis?.findings ?? [];
  const telling = tellingFindings(findings);
  return {
    title: wording.text('helpdesk.card.title', { ticket: ticket.id }),
    state: stateOf(wording, ticket),
    remarks: about.mayStandTwice ? [say('twice')] : [],
    facts: factsOf(wording, ticket, details, about.now),
    times: timesOf(wording, ticket, about.target),
    next: nextOf(wording, details),
    foundHeading: say('found'),
    findings: telling.slice(0, size.findings).map((finding) => showFinding(wording, finding)),
    others: otherFindings(wording, findings, telling.length - Math.min(size.findings, telling.length)),
    triedHeading: say('tried'),
    tried: triedLines(wording, article, shared.tried),
    remedies: about.remedies.slice(0, size.remedies).map((remedy) => remedyOf(wording, remedy)),
    ...actionsFor(wording, ticket, about.seal, about.people.length > size.people ? [] : about.people),
  };
}

type Color = 'Attention' | 'Warning' | 'Good' | 'Accent' | 'Default';

/** A sign and words say what the colour says too. */
export function stateOf(wording: Wording, ticket: Ticket): { readonly words: string; readonly color: Color } {
  const { status } = ticket;
  const by = clip(ownerOf(ticket)?.name ?? '', 80);
  const name = status.at === 'closed' ? `closed-${status.how}` : status.at;
  return { words: wording.text(`helpdesk.card.states.${name}`, { by }), color: colors[status.at] };
}

const colors: Readonly<Record<Ticket['status']['at'], Color>> = {
  new: 'Warning',
  queued: 'Warning',
  assigned: 'Accent',
  'waiting-for-user': 'Accent',
  solved: 'Good',
  closed: 'Default',
  withdrawn: 'Default',
};

function factsOf(
  wording: Wording,
  ticket: Ticket,
  { person, title, contact, bestTime, shared }: DeskTicket['details'],
  now: Date,
): readonly LabelledLine[] {
  const fact = (name: string, text: string) => ({
    label: wording.text(`helpdesk.card.labels.${name}`),
    text: clip(text, 400),
  });
  const given = (name: string, text: string) => (text === '' ? [] : [fact(name, text)]);
  const { note, os, report, diagnosis } = shared;
  const rating = ticket.rating === null ? '' : wording.text('helpdesk.card.stars', { stars: ticket.rating });
  return [
    fact('who', whoOf(wording, person, now)),
    fact('trouble', title),
    ...given('note', note),
    ...given('contact', contact),
    ...given('best-time', bestTime),
    fact('urgency', wording.text(`helpdesk.card.urgencies.${ticket.urgency}`)),
    ...given('os', os === null || os === 'unknown' ? '' : nameOs(wording, os)),
    fact('verdict', wording.text(`helpdesk.card.verdicts.${diagnosis?.verdict ?? 'none'}`)),
    ...(report === null && diagnosis !== null
      ? [fact('report', wording.text('helpdesk.card.report-kept'))]
      : []),
    ...given('parent', ticket.parentId ?? ''),
    ...given('rating', rating),
  ];
}

function whoOf(
  { text, language }: Wording,
  { name, locale, timeZone }: DeskTicket['details']['person'],
  now: Date,
): string {
  const speaks = locale === null ? null : languageName(language, locale);
  const time = timeZone === null ? null : localTime(language, timeZone, now);
  const clock = time === null ? [] : [text('helpdesk.card.local-time', { time, zone: timeZone ?? '' })];
  return [name, ...(speaks === null ? [] : [speaks]), ...clock].join(' · ');
}

/** What a client calls its language or zone need not be one that this machine knows. */
function languageName(language: string, locale: string): string | null {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(locale) ?? null;
  } catch {
    return null;
  }
}

function localTime(language: string, timeZone: string, now: Date): string | null {
  try {
    const format = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat(language, format).format(now);
  } catch {
    return null;
  }
}

/** Teams shows these in the time zone of whoever looks. */
function timesOf(wording: Wording, { openedAt }: Ticket, target: Date): readonly string[] {
  const minutes = Math.round((target.getTime() - Date.parse(openedAt)) / 60_000);
  const within = saySpan(minutes, wording.language);
  return [wording.text('helpdesk.card.times', { opened: moment(openedAt), target: moment(target), within })];
}

/** Date and time as Adaptive Cards write them; they take no fractions of a second. */
function moment(at: Date | string): string {
  const iso = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return `{{DATE(${iso}, SHORT)}} {{TIME(${iso})}}`;
}

function nextOf(wording: Wording, { shared, article }: DeskTicket['details']) {
  if (shared.diagnosis === null) return [];
  const label = wording.text('helpdesk.card.next');
  return [{ label, lines: [nextStep(wording, article, shared.diagnosis)] }];
}

/** Lines of one part, and characters of a line; a policy's list of suites may have 1,023. */
const mostLines = 8;
const longestLine = 1_300;

/** One command a line: they are copied one by one. Whole or not at all: a part of a command or script is a trap. */
function remedyOf(wording: Wording, remedy: Remedy) {
  const kind = wording.text(`remediation.kinds.${remedy.kind}`);
  const button = wording.text('bot.buttons.remedies');
  const rest = {
    label: wording.text('helpdesk.card.files'),
    lines: [wording.text('helpdesk.card.where-files', { button })],
    code: false,
  };
  const whole = partsOf(wording, remedy).slice(0, 4).filter(isShort);
  return {
    heading: wording.text('helpdesk.card.remedy', { kind }),
    parts: [...whole, rest].flatMap(({ label, lines, code }) =>
      lines.map((line, index) => ({
        label: index === 0 ? `${label} ` : ' ',
        text: line,
        font: code ? 'Monospace' : 'Default',
      })),
    ),
  };
}

function isShort({ lines }: RemedyPart): boolean {
  return lines.length <= mostLines && lines.every((line) => line.length <= longestLine);
}
