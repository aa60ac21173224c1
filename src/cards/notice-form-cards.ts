import type { Notice, NoticeTexts } from '../domain/notice.ts';
import { placeholders } from '../domain/notice-text.ts';
import type { PolicyChange } from '../domain/policy.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import type { Kit } from './kit.ts';
import { joinWords } from './node-words.ts';
import { choiceField, drawDesk, sayDesk, textField } from './notice-desk-kit.ts';
import {
  audienceHeading,
  dryRunLines,
  judgedLines,
  type ShownDryRun,
  type ShownFigures,
} from './notice-figures.ts';
import {
  audienceInputs,
  type FormRoom,
  leftLines,
  roomIn,
  scheduleInputs,
  textGroups,
} from './notice-form-inputs.ts';
import { draftTexts, type Lost } from './notice-templates.ts';
import type { ReaderWordings } from './reader-wording.ts';

/** `remark` says what came of the last press. */
export type EditShowing = {
  readonly notice: Notice;
  readonly figures: ShownFigures;
  readonly dryRun: ShownDryRun | null;
  readonly remark: string | null;
  readonly binding: Binding;
};

/** `typed` is what somebody has filled in already, by the names of the inputs. */
export type ChooseShowing = {
  readonly remark: string | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly binding: Binding;
};

export type NoticeFormCards = {
  /** `changes` are offered as `DAY`, beside `own` and `announcement`. */
  chooseChange(changes: readonly PolicyChange[], about: ChooseShowing): Card;
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
  { remark, typed, binding }: ChooseShowing,
): Card {
  const say = sayDesk(kit.wording);
  const value = (input: string) => typed[input] ?? '';
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
    textField('name', say('choose.name'), value('name'), { hint: say('choose.name-hint'), most: 100 }),
    choiceField('change', say('choose.change'), choices, {
      value: value('change'),
      hint: say('choose.change-hint'),
    }),
    textField('day', say('choose.day'), value('day'), { most: 10 }),
    textField('lost', say('choose.lost'), value('lost'), { isLong: true, most: 1_000 }),
    textField('source', say('choose.source'), value('source')),
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

/** Of all that has been typed in, as much as the card has room for. */
const roomBytes = [12_000, 9_000, 6_000, 3_000, 100] as const;

/** What is too long for the card is not in it: it is neither cut nor lost, and the card says what it leaves alone. */
function editNotice(kit: Kit, languages: readonly string[], showing: EditShowing): Card {
  return fitCard(roomBytes, (bytes) => drawForm(kit, roomIn(showing.notice, languages, bytes), showing));
}

function drawForm(kit: Kit, room: FormRoom, { notice, figures, dryRun, remark, binding }: EditShowing): Card {
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
      lines: [
        ...(remark === null ? [] : [remark]),
        say('edit.placeholders', { list: known }),
        ...leftLines(wording, notice, room),
      ],
      sections: [
        { heading: say('edit.figures'), lines: judgedLines(wording, notice, figures) },
        { heading: audienceHeading(wording, dryRun), lines: dryRunLines(wording, dryRun) },
      ],
      inputs: audienceInputs(wording, notice, room),
      more: [
        ...textGroups(wording, notice, room),
        { id: 'more.schedule', title: say('edit.schedule'), inputs: scheduleInputs(wording, notice) },
      ],
      buttons: ['save', 'preview', 'submit', 'cancel'],
    },
    binding,
  );
}
