import type { Notice, NoticeProgress, NoticeRole } from '../domain/notice.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import { awaitingCard, type DecidedBy, decidedCard, newsCard } from './notice-awaiting-card.ts';
import {
  choiceField,
  drawDesk,
  nameOfNotice,
  type OfficePress,
  sayDesk,
  stateOf,
  type Viewer,
} from './notice-desk-kit.ts';
import type { ShownFigures } from './notice-figures.ts';
import { createNoticeFormCards, type NoticeFormCards } from './notice-form-cards.ts';
import { type NoticeEnd, progressCard } from './notice-progress-card.ts';
import type { ReaderWordings } from './reader-wording.ts';
import { sayMoment } from './time-words.ts';

export type LogLine = {
  readonly at: string;
  readonly name: string;
  readonly what: string;
  readonly noticeId: string;
};

export type NoticeDeskCards = NoticeFormCards & {
  noticeHelp(viewer: Viewer): Card;
  noticeList(notices: readonly Notice[], viewer: Viewer): Card;
  /** The text, the audience and the figures, with the buttons of whoever may decide, and who was asked by name. */
  awaitingCard(notice: Notice, figures: ShownFigures, asked: readonly string[], viewer: Viewer): Card;
  /** What became of a notice that waited; nothing is left to decide. */
  decidedCard(notice: Notice, event: DecidedBy, viewer: Viewer): Card;
  /** What an author hears at once: that their notice was rejected, or stopped by itself. */
  newsCard(notice: Notice, event: Omit<DecidedBy, 'what'>, viewer: Viewer): Card;
  /** How a notice goes on, and its report at the end. */
  progressCard(notice: Notice, progress: NoticeProgress, end: NoticeEnd, viewer: Viewer): Card;
  noticeLog(entries: readonly LogLine[], viewer: Viewer): Card;
};

const mostNotices = 30;

export function createNoticeDeskCards(kit: Kit, readers: ReaderWordings): NoticeDeskCards {
  return {
    ...createNoticeFormCards(kit, readers),
    noticeHelp: (viewer) => noticeHelp(kit, viewer),
    noticeList: (notices, viewer) => noticeList(kit, notices, viewer),
    awaitingCard: (notice, figures, asked, viewer) => awaitingCard(kit, notice, figures, asked, viewer),
    decidedCard: (notice, event, viewer) => decidedCard(kit, notice, event, viewer),
    newsCard: (notice, event, viewer) => newsCard(kit, notice, event, viewer),
    progressCard: (notice, progress, end, viewer) => progressCard(kit, notice, progress, end, viewer),
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
      ...{ name: nameOfNotice(wording, notice), state: stateOf(wording, notice), author: notice.author.name },
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

function noticeLog(kit: Kit, entries: readonly LogLine[], { roles, timeZone, binding }: Viewer): Card {
  const say = sayDesk(kit.wording);
  const inZone = { language: kit.wording.language, timeZone };
  const lines = entries.map(({ at, name, what, noticeId }) =>
    say('log.row', {
      ...{ at: sayMoment(new Date(at), inZone), what, name: name === '' ? say('log.bot') : name },
      notice: noticeId === '' ? 'none' : noticeId,
    }),
  );
  const shown = lines.length === 0 ? [say('log.none')] : lines.slice(0, 50);
  return drawDesk(kit, { title: say('log.title'), lines: shown, buttons: startButtons(roles) }, binding);
}
