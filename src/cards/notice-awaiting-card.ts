import { impactClasses, type Notice } from '../domain/notice.ts';
import { isOwn } from '../domain/notice-change.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import { drawDesk, sayDesk, textField, type Viewer } from './notice-desk-kit.ts';
import { figureLines, nameOf, type ShownFigures } from './notice-figures.ts';
import { nameOs } from './os-name.ts';
import type { Wording } from './wording.ts';

export function awaitingCard(kit: Kit, notice: Notice, figures: ShownFigures, viewer: Viewer): Card {
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
