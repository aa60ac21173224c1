import { findingCodes } from '../domain/diagnosis.ts';
import {
  type Audience,
  type ImpactClass,
  impactClasses,
  type Notice,
  type NoticeText,
  type NoticeTexts,
} from '../domain/notice.ts';
import { type OsFamily, osFamilies } from '../domain/os.ts';
import { joinWords } from './node-words.ts';
import {
  choiceField,
  type DeskGroup,
  type DeskInputField,
  firstOf,
  sayDesk,
  textField,
} from './notice-desk-kit.ts';
import { nameCause, nameOf } from './notice-figures.ts';
import { nameOs } from './os-name.ts';
import { sayWeekdays } from './time-words.ts';
import type { Wording } from './wording.ts';

/** `languages` have inputs for their texts; `shown` names the lists and texts that the card has room for. */
export type FormRoom = { readonly languages: readonly string[]; readonly shown: ReadonlySet<string> };

type TextPlace = readonly [ImpactClass | 'all', language: string, NoticeText];

const textKeys = [...impactClasses, 'all'] as const;
const nothing: NoticeText = { title: '', body: '' };
const mostLeft = 10;
/** A list of about a hundred ids, or a text that nobody edits in a chat any more. */
const longestInput = 4_000;

/** The short ones first, so that as many as possible have an input. */
export function roomIn({ audience, texts }: Notice, languages: readonly string[], bytes: number): FormRoom {
  const sized = (key: string, text: string) => ({ key, size: Buffer.byteLength(JSON.stringify(text)) });
  const inputs = [
    ...typedLists.map((list) => sized(list, listText(audience, list))),
    ...placesOf(texts).map(([impact, language, { title, body }]) =>
      sized(`${language}.${impact}`, title + body),
    ),
  ];
  let left = bytes;
  const shown = new Set<string>();
  for (const { key, size } of inputs.sort((a, b) => a.size - b.size)) {
    if (size > Math.min(left, longestInput)) break;
    left -= size;
    shown.add(key);
  }
  return { languages, shown };
}

/** What the draft has and the form does not show, so that nobody takes the form for all of it. */
export function leftLines(wording: Wording, notice: Notice, room: FormRoom): readonly string[] {
  const say = (key: string, values = {}) => sayDesk(wording)(`edit.left.${key}`, values);
  const { audience, texts, schedule } = notice;
  const lists = (['people', 'sites', 'languages', 'groups'] as const)
    .filter((list) => audience[list].length > 0 && !room.shown.has(list))
    .map((list) => say(list, { count: audience[list].length }));
  const left = [
    ...lists,
    ...(schedule.weekdays.length === 0
      ? []
      : [say('weekdays', { list: sayWeekdays(schedule.weekdays, wording.language) })]),
    ...placesOf(texts)
      .filter(([impact, language]) => !isShown(room, language, impact))
      .map(([impact, language]) => say('text', aboutText(wording, language, impact))),
  ];
  return left.length === 0
    ? []
    : [say('line', { list: joinWords(wording, firstOf(wording, left, mostLeft)) })];
}

function placesOf(texts: NoticeTexts): readonly TextPlace[] {
  return textKeys.flatMap((impact) =>
    Object.entries(texts[impact] ?? {}).map(([language, text]) => [impact, language, text] as const),
  );
}

function isShown({ languages, shown }: FormRoom, language: string, impact: string): boolean {
  return languages.includes(language) && shown.has(`${language}.${impact}`);
}

const typedLists = ['sites', 'languages', 'people'] as const;
type TypedList = (typeof typedLists)[number];

function listText(audience: Audience, list: TypedList): string {
  return audience[list].join(list === 'people' ? '\n' : ', ');
}

export function audienceInputs(
  wording: Wording,
  { audience }: Notice,
  room: FormRoom,
): readonly DeskInputField[] {
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
  const typed = (list: TypedList, most: number) => {
    const text = listText(audience, list);
    const size = { isLong: list === 'people', most: Math.max(most, text.length) };
    return room.shown.has(list) ? [textField(list, say(list), text, size)] : [];
  };
  return [
    many('impact', impactClasses, (value) => nameOf(wording, value as ImpactClass), audience.impact),
    many('findings', findingCodes, (value) => nameCause(wording, value), audience.findings),
    many('os', osFamilies, (value) => nameOs(wording, value as OsFamily), audience.os),
    ...typed('sites', 500),
    ...typed('languages', 500),
    ...typed('people', longestInput),
    choiceField('everyone', say('everyone'), yesNo(wording), { value: audience.everyone ? 'yes' : 'no' }),
  ];
}

function yesNo(wording: Wording) {
  return ['no', 'yes'].map((value) => ({ title: sayDesk(wording)(`edit.inputs.${value}`), value }));
}

/** One group for each class; its title says whether it has a text, so that a short card hides nothing. */
export function textGroups(wording: Wording, { texts }: Notice, room: FormRoom): readonly DeskGroup[] {
  return textKeys.map((impact) => {
    const isWritten = (texts[impact]?.en?.body ?? '').trim() !== '';
    return {
      id: `more.${impact}`,
      title: sayDesk(wording)(isWritten ? 'edit.text' : 'edit.no-text', { impact: nameOf(wording, impact) }),
      inputs: room.languages.flatMap((language) => {
        const text = texts[impact]?.[language];
        const hasInput = text === undefined || isShown(room, language, impact);
        return hasInput ? textInputs(wording, [impact, language, text ?? nothing]) : [];
      }),
    };
  });
}

/** Long enough for a text that is read. */
const longestBody = 800;

function textInputs(
  wording: Wording,
  [impact, language, { title, body }]: TextPlace,
): readonly DeskInputField[] {
  const label = (part: 'title' | 'body') =>
    sayDesk(wording)(`edit.inputs.${part}`, aboutText(wording, language, impact));
  return [
    textField(`title.${language}.${impact}`, label('title'), title, { most: 200 }),
    textField(`body.${language}.${impact}`, label('body'), body, {
      isLong: true,
      most: Math.max(longestBody, body.length),
    }),
  ];
}

function aboutText(wording: Wording, language: string, impact: ImpactClass | 'all') {
  return { language: nameOfLanguage(wording, language), impact: nameOf(wording, impact) };
}

function nameOfLanguage({ language: own }: Wording, language: string): string {
  try {
    return new Intl.DisplayNames([own], { type: 'language' }).of(language) ?? language;
  } catch {
    // Not every code that a program may send has the form of a language.
    return language;
  }
}

export function scheduleInputs(wording: Wording, { schedule, mandatory }: Notice): readonly DeskInputField[] {
  const say = (key: string) => sayDesk(wording)(`edit.inputs.${key}`);
  return [
    textField('start', say('start'), schedule.startAt ?? '', { most: 40 }),
    textField('from', say('from'), schedule.window?.from ?? '', { most: 5 }),
    textField('to', say('to'), schedule.window?.to ?? '', { most: 5 }),
    textField('remind', say('remind'), schedule.remindAfterDays?.toString() ?? '', { most: 2 }),
    textField('mandatory', say('mandatory'), mandatory?.reason ?? ''),
  ];
}
