import { type Activity, ActivityTypes } from 'botbuilder';
import { z } from 'zod';
import { type NoticePress, noticePresses } from '../../cards/notice-card.ts';
import { type OfficePress, officePresses } from '../../cards/notice-desk-kit.ts';
import { isGroup } from '../conversation.ts';

/** Inputs of a card, as they came. */
export type Fields = Readonly<Record<string, string>>;

/** What somebody did that concerns notices; `nothing` is everything else. */
export type NoticeInput =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'reader';
      readonly press: NoticePress;
      readonly noticeId: string;
      readonly binding: string;
    }
  | {
      readonly kind: 'office';
      readonly press: OfficePress;
      /** Of the notice and its version that the card showed. */
      readonly noticeId: string;
      readonly version: number;
      readonly binding: string;
      readonly fields: Fields;
    }
  | { readonly kind: 'words'; readonly words: 'list' | 'new' | 'help' }
  /** `language` is that of the words. */
  | { readonly kind: 'opt'; readonly out: boolean; readonly language: string };

const nothing: NoticeInput = { kind: 'nothing' };
const binding = z.string().max(200);
const readersPress = z.object({ notice: z.enum(noticePresses), binding });
const officePress = z.object({ office: z.enum(officePresses), binding }).catchall(z.unknown());
const longestField = 8_000;

const said: Readonly<Record<string, NoticeInput>> = {
  notices: { kind: 'words', words: 'list' },
  'new notice': { kind: 'words', words: 'new' },
  'notice help': { kind: 'words', words: 'help' },
  'stop notices': { kind: 'opt', out: true, language: 'en' },
  'no more notices': { kind: 'opt', out: true, language: 'en' },
  'start notices': { kind: 'opt', out: false, language: 'en' },
  'mitteilungen stoppen': { kind: 'opt', out: true, language: 'de' },
  'keine mitteilungen mehr': { kind: 'opt', out: true, language: 'de' },
  'mitteilungen starten': { kind: 'opt', out: false, language: 'de' },
};

/** Reads an activity of a personal chat. Nothing about it is believed before its binding was checked. */
export function readNoticeInput(activity: Activity): NoticeInput {
  if (activity.type !== ActivityTypes.Message || isGroup(activity)) return nothing;
  const { value } = activity;
  if (value === undefined || value === null) {
    const words = (activity.text ?? '').slice(0, 100).trim().toLowerCase().replaceAll(/[.!]/g, '');
    return Object.hasOwn(said, words) ? (said[words] ?? nothing) : nothing;
  }
  const reader = readersPress.safeParse(value);
  if (reader.success) {
    const { notice: press, binding } = reader.data;
    return { kind: 'reader', press, noticeId: idOf(binding), binding };
  }
  const office = officePress.safeParse(value);
  return office.success ? readOffice(office.data) : nothing;
}

function readOffice({ office, binding, ...rest }: z.infer<typeof officePress>): NoticeInput {
  const fields = Object.entries(rest).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= longestField,
  );
  const version = Number(binding.split('.')[1] ?? '');
  return {
    ...{ kind: 'office', press: office, noticeId: idOf(binding), binding },
    version: Number.isSafeInteger(version) ? version : -1,
    fields: Object.fromEntries(fields),
  };
}

function idOf(binding: string): string {
  return binding.split('.')[0] ?? '';
}
