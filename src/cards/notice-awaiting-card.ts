import type { Notice } from '../domain/notice.ts';
import { isOwn } from '../domain/notice-change.ts';
import { classesMeant } from '../domain/notice-check.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import type { Kit } from './kit.ts';
import { joinWords } from './node-words.ts';
import { drawDesk, firstOf, haltText, sayDesk, stateOf, textField, type Viewer } from './notice-desk-kit.ts';
import { judgedLines, nameOf, type ShownFigures } from './notice-figures.ts';
import { scheduleLines } from './notice-schedule.ts';
import { nameOs } from './os-name.ts';
import { clip } from './text.ts';
import type { Wording } from './wording.ts';

/** Characters of each text, as many as the card has room for. */
const lengths = [4_000, 2_000, 1_000, 500, 250, 100] as const;
const mostTexts = 12;
const mostNames = 20;

/** The whole texts where they fit, else as much of each as does, and how to read the rest. */
export function awaitingCard(
  kit: Kit,
  notice: Notice,
  figures: ShownFigures,
  asked: readonly string[],
  viewer: Viewer,
): Card {
  return fitCard(lengths, (length) => drawAwaiting(kit, notice, figures, asked, viewer, length));
}

function drawAwaiting(
  kit: Kit,
  notice: Notice,
  figures: ShownFigures,
  asked: readonly string[],
  viewer: Viewer,
  length: number,
): Card {
  const { wording } = kit;
  const say = sayDesk(wording);
  const { author, submitter, mandatory, total } = notice;
  const isTheirs = isOwn(notice, viewer);
  const isOpen = notice.status.at === 'awaiting-approval';
  const decides = isOpen && viewer.roles.includes('approver') && !isTheirs;
  return drawDesk(
    kit,
    {
      title: isOpen ? say('awaiting.title', { name: notice.name }) : stateTitle(wording, notice),
      lines: [
        ...(isOpen ? [say('awaiting.line', { author: (submitter ?? author).name, total: total ?? 0 })] : []),
        ...(mandatory === null ? [] : [say('awaiting.mandatory', { reason: mandatory.reason })]),
        ...(isOpen && isTheirs ? [say('awaiting.own'), askedLine(wording, asked)] : []),
      ],
      sections: [
        { heading: say('awaiting.subject'), lines: subjectOf(wording, notice) },
        { heading: say('awaiting.audience'), lines: audienceOf(wording, notice) },
        { heading: say('awaiting.schedule'), lines: scheduleLines(wording, notice, viewer) },
        { heading: say('edit.figures'), lines: judgedLines(wording, notice, figures) },
        ...textsOf(wording, notice, length),
      ],
      inputs: decides ? [textField('reason', say('awaiting.reason'), '', { isLong: true, most: 1_000 })] : [],
      buttons: [
        ...(decides ? (['approve', 'reject'] as const) : []),
        ...(isOpen ? (['preview'] as const) : []),
        ...(viewer.roles.includes('author')
          ? [...(isOpen ? (['withdraw'] as const) : []), 'cancel' as const]
          : []),
        'refresh',
      ],
    },
    viewer.binding,
  );
}

/** Nobody was asked where nobody who may approve has a chat with the bot yet. */
function askedLine(wording: Wording, asked: readonly string[]): string {
  const say = sayDesk(wording);
  return asked.length === 0
    ? say('awaiting.nobody')
    : say('awaiting.asked', { list: joinWords(wording, asked) });
}

/** Who did what to a notice that waited; `reason` is that of a rejection. */
export type DecidedBy = { readonly what: string; readonly name: string; readonly reason: string };

export function decidedCard(
  kit: Kit,
  notice: Notice,
  { what, name, reason }: DecidedBy,
  viewer: Viewer,
): Card {
  const { wording } = kit;
  const key = `notices.desk.decided.${what}`;
  const line = wording.text(wording.has(key) ? key : 'notices.desk.decided.other', { name, reason });
  return drawDesk(
    kit,
    { title: stateTitle(wording, notice), lines: [line], buttons: ['refresh', 'list'] },
    viewer.binding,
  );
}

/** What an author hears at once: who rejected their notice and why, or that it stopped by itself. */
export function newsCard(
  kit: Kit,
  notice: Notice,
  { name, reason }: Omit<DecidedBy, 'what'>,
  viewer: Viewer,
): Card {
  const { wording } = kit;
  const { status } = notice;
  const say = sayDesk(wording);
  const [what, line] =
    status.at === 'halted'
      ? (['halt', say('news.halt.line', { why: haltText(wording, status.why) })] as const)
      : (['reject', say('news.reject.line', { reason })] as const);
  return drawDesk(
    kit,
    {
      title: say(`news.${what}.title`, { notice: notice.name, name }),
      lines: [line],
      buttons: ['refresh', 'list'],
    },
    viewer.binding,
  );
}

function stateTitle(wording: Wording, notice: Notice): string {
  return sayDesk(wording)('progress.title', { name: notice.name, state: stateOf(wording, notice) });
}

function subjectOf(wording: Wording, { subject }: Notice): readonly string[] {
  const say = sayDesk(wording);
  if (subject.kind === 'announcement') return [say('awaiting.announcement')];
  const { before, after, lost, source } = subject;
  const names = firstOf(
    wording,
    lost.map(({ kind, name }) => `${kind} ${name}`),
    mostNames,
  );
  return [
    say('awaiting.change', { before, after, source }),
    ...(lost.length === 0 ? [] : [say('awaiting.lost', { list: joinWords(wording, names) })]),
  ];
}

function audienceOf(wording: Wording, { audience }: Notice): readonly string[] {
  const say = sayDesk(wording);
  const { impact, findings, os, sites, languages, people, groups } = audience;
  const limit = (what: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [
          say('awaiting.limit', {
            what: say(`edit.inputs.${what}`),
            list: firstOf(
              wording,
              names.map((name) => clip(name, 80)),
              mostNames,
            ).join(', '),
          }),
        ];
  return [
    ...(audience.everyone ? [say('awaiting.everyone')] : []),
    ...limit(
      'impact',
      impact.map((each) => nameOf(wording, each)),
    ),
    ...limit(
      'findings',
      findings.map((each) => wording.text(`bot.checks.${each}`)),
    ),
    ...limit(
      'os',
      os.map((each) => nameOs(wording, each)),
    ),
    ...limit('sites', sites),
    ...limit('languages', languages),
    ...limit('people', [...people, ...groups]),
  ];
}

/** Of the classes that it goes to. */
function textsOf(wording: Wording, { texts, audience }: Notice, length: number) {
  const say = sayDesk(wording);
  const written = ([...classesMeant(audience), 'all'] as const).flatMap((impact) =>
    Object.entries(texts[impact] ?? {}).map(([language, text]) => ({ impact, language, ...text })),
  );
  const isCut = written.length > mostTexts || written.some(({ body }) => body.length > length);
  const shown = written.slice(0, mostTexts).map(({ impact, language, title, body }) => ({
    heading: `${say('awaiting.text', { impact: nameOf(wording, impact) })} (${language})`,
    lines: [title, ...cutAt(length, body).split('\n')].filter((line) => line.trim() !== ''),
  }));
  if (!isCut) return shown;
  const how = say('awaiting.cut', { button: say('buttons.preview') });
  return [
    ...shown,
    { heading: say('awaiting.rest', { count: written.length - shown.length }), lines: [how] },
  ];
}

function cutAt(length: number, body: string): string {
  return body.length > length ? `${body.slice(0, length).trimEnd()} …` : body;
}
