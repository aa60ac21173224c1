import {
  deliveryStates,
  impactClasses,
  type Notice,
  type NoticeProgress,
  type NoticeRole,
} from '../domain/notice.ts';
import { isOwn } from '../domain/notice-change.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import { choiceField, drawDesk, type OfficePress, sayDesk, textField } from './notice-desk-kit.ts';
import {
  createNoticeFormCards,
  figureLines,
  type NoticeFormCards,
  nameOf,
  type ShownFigures,
} from './notice-form-cards.ts';
import { nameOs } from './os-name.ts';
import { sayMoment } from './time-words.ts';
import type { Wording } from './wording.ts';

/** Who looks at a card. */
export type Viewer = {
  readonly id: string;
  readonly roles: readonly NoticeRole[];
  readonly timeZone: string | null;
  readonly binding: Binding;
};

export type LogLine = {
  readonly at: string;
  readonly name: string;
  readonly what: string;
  readonly noticeId: string;
};

export type NoticeDeskCards = NoticeFormCards & {
  noticeHelp(viewer: Viewer): Card;
  noticeList(notices: readonly Notice[], viewer: Viewer): Card;
  /** The text, the audience and the figures, with the buttons of whoever may decide. */
  awaitingCard(notice: Notice, figures: ShownFigures, viewer: Viewer): Card;
  /** How a notice goes on, and its report at the end; `csv` is an address for a short time. */
  progressCard(notice: Notice, progress: NoticeProgress, csv: string | null, viewer: Viewer): Card;
  noticeLog(entries: readonly LogLine[], viewer: Viewer): Card;
};

const mostNotices = 30;

export function createNoticeDeskCards(kit: Kit): NoticeDeskCards {
  return {
    ...createNoticeFormCards(kit),
    noticeHelp: (viewer) => noticeHelp(kit, viewer),
    noticeList: (notices, viewer) => noticeList(kit, notices, viewer),
    awaitingCard: (notice, figures, viewer) => awaitingCard(kit, notice, figures, viewer),
    progressCard: (notice, progress, csv, viewer) => progressCard(kit, notice, progress, csv, viewer),
    noticeLog: (entries, viewer) => noticeLog(kit, entries, viewer),
  };
}

function noticeHelp(kit: Kit, { roles, binding }: Viewer): Card {
  const { wording } = kit;
  const lines = wording.list('notices.desk.help.lines');
  return drawDesk(
    kit,
    { title: sayDesk(wording)('help.title'), lines, buttons: startButtons(roles) },
    binding,
  );
}

function startButtons(roles: readonly NoticeRole[]): readonly OfficePress[] {
  return [...(roles.includes('author') ? (['new'] as const) : []), 'list', 'log'];
}

function noticeList(kit: Kit, notices: readonly Notice[], { roles, binding }: Viewer): Card {
  const { wording } = kit;
  const say = sayDesk(wording);
  const shown = notices.slice(0, mostNotices);
  const row = (notice: Notice) =>
    say('list.row', {
      ...{ name: notice.name, state: stateOf(wording, notice), author: notice.author.name },
      total: notice.total ?? 0,
    });
  const choices = shown.map((notice) => ({ title: row(notice).slice(0, 200), value: notice.id }));
  const hint = say('list.hint');
  const buttons: readonly OfficePress[] = [
    ...(shown.length === 0 ? [] : (['open'] as const)),
    ...(roles.includes('author') ? (['new'] as const) : []),
    'log',
  ];
  return drawDesk(
    kit,
    {
      title: say('list.title'),
      lines: shown.length === 0 ? [say('list.none')] : [],
      inputs: shown.length === 0 ? [] : [choiceField('id', say('list.choose'), choices, { hint })],
      buttons,
    },
    binding,
  );
}

function stateOf(wording: Wording, { status }: Notice): string {
  return wording.text(`notices.states.${status.at}`);
}

function awaitingCard(kit: Kit, notice: Notice, figures: ShownFigures, viewer: Viewer): Card {
  const { wording } = kit;
  const say = sayDesk(wording);
  const { author, submitter, mandatory, total } = notice;
  const isTheirs = isOwn(notice, viewer);
  const decides = viewer.roles.includes('approver') && !isTheirs;
  return drawDesk(
    kit,
    {
      title: say('awaiting.title', { name: notice.name }),
      lines: [
        say('awaiting.line', { author: (submitter ?? author).name, total: total ?? 0 }),
        ...(mandatory === null ? [] : [say('awaiting.mandatory', { reason: mandatory.reason })]),
        ...(isTheirs ? [say('awaiting.own')] : []),
      ],
      sections: [
        { heading: say('awaiting.subject'), lines: [subjectOf(wording, notice)] },
        { heading: say('awaiting.audience'), lines: audienceOf(wording, notice) },
        { heading: say('edit.figures'), lines: figureLines(wording, figures) },
        ...textsOf(wording, notice),
      ],
      inputs: decides ? [textField('reason', say('awaiting.reason'), '', { isLong: true, most: 1_000 })] : [],
      buttons: [
        ...(decides ? (['approve', 'reject'] as const) : []),
        ...(viewer.roles.includes('author') ? (['cancel'] as const) : []),
        'refresh',
      ],
    },
    viewer.binding,
  );
}

function subjectOf(wording: Wording, { subject }: Notice): string {
  const say = sayDesk(wording);
  return subject.kind === 'policy'
    ? say('awaiting.change', { ...subject, lost: '' })
    : say('awaiting.announcement');
}

function audienceOf(wording: Wording, { audience, schedule }: Notice): readonly string[] {
  const say = sayDesk(wording);
  const { impact, findings, os, sites, languages, people, groups } = audience;
  const limit = (what: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [say('awaiting.limit', { what: say(`edit.inputs.${what}`), list: names.join(', ') })];
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
    ...limit('people', [...people, ...groups].slice(0, 20)),
    say('awaiting.start', { start: schedule.startAt ?? say('awaiting.at-once') }),
  ];
}

function textsOf(wording: Wording, { texts }: Notice) {
  return ([...impactClasses, 'all'] as const).flatMap((impact) => {
    const byLanguage = Object.entries(texts[impact] ?? {});
    return byLanguage.map(([language, { title, body }]) => ({
      heading: `${sayDesk(wording)('awaiting.text', { impact: nameOf(wording, impact) })} (${language})`,
      lines: [title, ...body.split('\n')]
        .filter((line) => line.trim() !== '')
        .map((line) => line.slice(0, 600)),
    }));
  });
}

function progressCard(
  kit: Kit,
  notice: Notice,
  progress: NoticeProgress,
  csv: string | null,
  { roles, timeZone, binding }: Viewer,
): Card {
  const { wording } = kit;
  const say = sayDesk(wording);
  const { name, status } = notice;
  const end = progress.expectedEnd;
  const inZone = { language: wording.language, timeZone };
  return drawDesk(
    kit,
    {
      title: say('progress.title', { name, state: stateOf(wording, notice) }),
      lines: [
        ...(status.at === 'halted' ? [say('progress.halted', { why: status.why })] : []),
        say('progress.total', { total: progress.total }),
      ],
      sections: [
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
      buttons: roles.includes('author') ? buttonsOf(notice, progress) : ['refresh'],
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
  return reasons.slice(0, 20).map((each) => sayDesk(wording)('progress.reason', each));
}

function buttonsOf({ status }: Notice, { states }: NoticeProgress): readonly OfficePress[] {
  const resend = states.failed > 0 ? (['resend-failed'] as const) : [];
  switch (status.at) {
    case 'sending':
      return ['pause', 'cancel', ...resend, 'refresh'];
    case 'paused':
    case 'halted':
      return ['resume', 'cancel', ...resend, 'refresh'];
    case 'scheduled':
      return ['cancel', 'refresh'];
    case 'done':
      return [...resend, 'refresh'];
    case 'draft':
    case 'awaiting-approval':
    case 'cancelled':
      return ['refresh'];
  }
}

function noticeLog(kit: Kit, entries: readonly LogLine[], { roles, timeZone, binding }: Viewer): Card {
  const say = sayDesk(kit.wording);
  const inZone = { language: kit.wording.language, timeZone };
  const lines = entries.map(({ at, name, what, noticeId }) =>
    say('log.row', { at: sayMoment(new Date(at), inZone), name, what, notice: noticeId }),
  );
  const shown = lines.length === 0 ? [say('log.none')] : lines.slice(0, 50);
  return drawDesk(kit, { title: say('log.title'), lines: shown, buttons: startButtons(roles) }, binding);
}
