import { findingCodes } from '../domain/diagnosis.ts';
import {
  type Audience,
  type ImpactClass,
  impactClasses,
  type Notice,
  type NoticeText,
  type NoticeTexts,
} from '../domain/notice.ts';
import { placeholders } from '../domain/notice-text.ts';
import { type OsFamily, osFamilies } from '../domain/os.ts';
import type { PolicyChange } from '../domain/policy.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import { joinWords } from './node-words.ts';
import {
  choiceField,
  type DeskGroup,
  type DeskInputField,
  drawDesk,
  sayDesk,
  textField,
} from './notice-desk-kit.ts';
import {
  audienceHeading,
  dryRunLines,
  figureLines,
  nameCause,
  nameOf,
  type ShownDryRun,
  type ShownFigures,
} from './notice-figures.ts';
import { draftTexts, type Lost } from './notice-templates.ts';
import { nameOs } from './os-name.ts';
import type { ReaderWordings } from './reader-wording.ts';
import type { Wording } from './wording.ts';

/** `remark` says what came of the last press. */
export type EditShowing = {
  readonly notice: Notice;
  readonly figures: ShownFigures;
  readonly dryRun: ShownDryRun | null;
  readonly remark: string | null;
  readonly binding: Binding;
};

export type NoticeFormCards = {
  /** `changes` are offered as `DAY`, beside `own` and `announcement`. */
  chooseChange(
    changes: readonly PolicyChange[],
    about: { readonly remark: string | null; readonly binding: Binding },
  ): Card;
  editNotice(showing: EditShowing): Card;
  /** The texts to begin with, in each language; `lost` is null for an announcement. */
  draftTexts(lost: Lost): NoticeTexts;
};

const mostChanges = 20;

export function createNoticeFormCards(kit: Kit, readers: ReaderWordings): NoticeFormCards {
  const languages = readers.map(({ language }) => language);
  return {
    chooseChange: (changes, about) => chooseChange(kit, changes, about),
    editNotice: (showing) => editNotice(kit, languages, showing),
    draftTexts: (lost) => draftTexts(readers, lost),
  };
}

function chooseChange(
  kit: Kit,
  changes: readonly PolicyChange[],
  { remark, binding }: { readonly remark: string | null; readonly binding: Binding },
): Card {
  const say = sayDesk(kit.wording);
  const days = [...new Set(changes.map(({ day }) => day))].slice(0, mostChanges);
  const choices = [
    ...days.map((day) => ({
      title: say('choose.row', { day, names: namesOn(changes, day) }).slice(0, 200),
      value: day,
    })),
    { title: say('choose.own'), value: 'own' },
    { title: say('choose.announcement'), value: 'announcement' },
  ];
  const inputs = [
    textField('name', say('choose.name'), '', { hint: say('choose.name-hint'), most: 100 }),
    choiceField('change', say('choose.change'), choices, { hint: say('choose.change-hint') }),
    textField('day', say('choose.day'), '', { most: 10 }),
    textField('lost', say('choose.lost'), '', { isLong: true, most: 1_000 }),
    textField('source', say('choose.source'), ''),
  ];
  const lines = [...(remark === null ? [] : [remark]), say('choose.line')];
  return drawDesk(kit, { title: say('choose.title'), lines, inputs, buttons: ['begin', 'list'] }, binding);
}

function namesOn(changes: readonly PolicyChange[], day: string): string {
  return changes
    .filter((change) => change.day === day)
    .map(({ name }) => name)
    .join(', ');
}

function editNotice(
  kit: Kit,
  languages: readonly string[],
  { notice, figures, dryRun, remark, binding }: EditShowing,
): Card {
  const { wording } = kit;
  const say = sayDesk(wording);
  const known = joinWords(
    wording,
    placeholders.map((name) => `{${name}}`),
  );
  return drawDesk(
    kit,
    {
      title: say('edit.title', { name: notice.name }),
      lines: [...(remark === null ? [] : [remark]), say('edit.placeholders', { list: known })],
      sections: [
        { heading: say('edit.figures'), lines: figureLines(wording, figures) },
        {
          heading: audienceHeading(wording, dryRun),
          lines: [...dryRunLines(wording, dryRun), ...listedLines(wording, notice.audience)],
        },
      ],
      inputs: audienceInputs(wording, notice),
      more: [
        ...textGroups(wording, languages, notice.texts),
        { id: 'more.schedule', title: say('edit.schedule'), inputs: scheduleInputs(wording, notice) },
      ],
      buttons: ['save', 'preview', 'submit', 'cancel'],
    },
    binding,
  );
}

/** Room for about a hundred ids. */
const inLines = { isLong: true, most: 4_000 } as const;

/** A longer list is not shown, so that it is neither cut nor makes the card too big. */
function isShort({ people }: Audience): boolean {
  return people.join('\n').length <= inLines.most;
}

function listedLines(wording: Wording, audience: Audience): readonly string[] {
  const count = audience.people.length;
  return isShort(audience) ? [] : [sayDesk(wording)('edit.listed', { count })];
}

function audienceInputs(wording: Wording, { audience }: Notice): readonly DeskInputField[] {
  const say = (key: string) => sayDesk(wording)(`edit.inputs.${key}`);
  const many = (
    id: string,
    values: readonly string[],
    name: (value: string) => string,
    chosen: readonly string[],
  ) =>
    choiceField(
      id,
      say(id),
      values.map((value) => ({ title: name(value), value })),
      { value: chosen.join(','), hint: say('any'), isMulti: true },
    );
  const sites = audience.sites.join(', ');
  return [
    many('impact', impactClasses, (value) => nameOf(wording, value as ImpactClass), audience.impact),
    many('findings', findingCodes, (value) => nameCause(wording, value), audience.findings),
    many('os', osFamilies, (value) => nameOs(wording, value as OsFamily), audience.os),
    textField('sites', say('sites'), sites, { most: Math.max(500, sites.length) }),
    textField('languages', say('languages'), audience.languages.join(', ')),
    ...(isShort(audience) ? [textField('people', say('people'), audience.people.join('\n'), inLines)] : []),
    choiceField('everyone', say('everyone'), yesNo(wording), { value: audience.everyone ? 'yes' : 'no' }),
  ];
}

function yesNo(wording: Wording) {
  return ['no', 'yes'].map((value) => ({ title: sayDesk(wording)(`edit.inputs.${value}`), value }));
}

/** One group for each class; its title says whether it has a text, so that a short card hides nothing. */
function textGroups(
  wording: Wording,
  languages: readonly string[],
  texts: NoticeTexts,
): readonly DeskGroup[] {
  return ([...impactClasses, 'all'] as const).map((impact) => {
    const isWritten = (texts[impact]?.en?.body ?? '').trim() !== '';
    return {
      id: `more.${impact}`,
      title: sayDesk(wording)(isWritten ? 'edit.text' : 'edit.no-text', { impact: nameOf(wording, impact) }),
      inputs: languages.flatMap((language) => textInputs(wording, language, impact, texts[impact])),
    };
  });
}

/** Long enough for a text that is read, and short enough for a card with all of them to be sent. */
const longestBody = 800;

function textInputs(
  wording: Wording,
  language: string,
  impact: ImpactClass | 'all',
  texts: Readonly<Record<string, NoticeText>> = {},
): readonly DeskInputField[] {
  const { title = '', body = '' } = texts[language] ?? {};
  const about = { language: nameOfLanguage(wording, language), impact: nameOf(wording, impact) };
  const label = (part: 'title' | 'body') => sayDesk(wording)(`edit.inputs.${part}`, about);
  return [
    textField(`title.${language}.${impact}`, label('title'), title, { most: 200 }),
    textField(`body.${language}.${impact}`, label('body'), body, {
      isLong: true,
      most: Math.max(longestBody, body.length),
    }),
  ];
}

function nameOfLanguage({ language: own }: Wording, language: string): string {
  return new Intl.DisplayNames([own], { type: 'language' }).of(language) ?? language;
}

function scheduleInputs(wording: Wording, { schedule, mandatory }: Notice): readonly DeskInputField[] {
  const say = (key: string) => sayDesk(wording)(`edit.inputs.${key}`);
  return [
    textField('start', say('start'), schedule.startAt ?? '', { most: 40 }),
    textField('from', say('from'), schedule.window?.from ?? '', { most: 5 }),
    textField('to', say('to'), schedule.window?.to ?? '', { most: 5 }),
    textField('remind', say('remind'), schedule.remindAfterDays?.toString() ?? '', { most: 2 }),
    textField('mandatory', say('mandatory'), mandatory?.reason ?? ''),
  ];
}
