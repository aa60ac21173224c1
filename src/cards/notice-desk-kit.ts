import type { HaltReason, Notice, NoticeRole } from '../domain/notice.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import { clip, headingText, unmarked } from './text.ts';
import type { Wording } from './wording.ts';

/** What administrators press; inputs of the card come along under their own names. */
export const officePresses = [
  'new',
  'list',
  'log',
  'open',
  'begin',
  'save',
  'preview',
  'submit',
  'withdraw',
  'approve',
  'reject',
  'pause',
  'resume',
  'cancel',
  'resend-failed',
  'no-reminder',
  'refresh',
] as const;
export type OfficePress = (typeof officePresses)[number];

/** Who looks at a card. */
export type Viewer = {
  readonly id: string;
  readonly roles: readonly NoticeRole[];
  readonly timeZone: string | null;
  readonly binding: Binding;
};

export type Choice = { readonly title: string; readonly value: string };

export type DeskInputField = {
  readonly kind: 'text' | 'choice';
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly isLong: boolean;
  readonly most: number;
  readonly isMulti: boolean;
  readonly choices: readonly Choice[];
};

export type DeskSection = { readonly heading: string; readonly lines: readonly string[] };

/** Inputs that are hidden until somebody opens them; they are sent along all the same. */
export type DeskGroup = {
  readonly id: string;
  readonly title: string;
  readonly inputs: readonly DeskInputField[];
};

export type DeskCardData = {
  readonly title: string;
  readonly lines: readonly string[];
  readonly sections?: readonly DeskSection[];
  readonly inputs?: readonly DeskInputField[];
  readonly more?: readonly DeskGroup[];
  readonly buttons: readonly OfficePress[];
  readonly links?: readonly { readonly title: string; readonly url: string }[];
};

/** Draws a card of administrators: one template for all of them. */
export function drawDesk({ wording, draw }: Kit, data: DeskCardData, binding: Binding): Card {
  const { title, lines, sections = [], inputs = [], more = [], buttons, links = [] } = data;
  const shown = (each: readonly string[]) => each.map((line) => unmarked(clip(line, 4_000)));
  return draw('notice-desk', {
    title: headingText(clip(title, 200)),
    lines: shown(lines),
    sections: sections
      .filter((section) => section.lines.length > 0)
      .map((section) => ({ heading: unmarked(section.heading), lines: shown(section.lines) })),
    inputs,
    more,
    buttons: buttons.map((press) => ({
      title: wording.text(`notices.desk.buttons.${press}`),
      data: { office: press, binding },
    })),
    links,
  });
}

/** So many names, and how many more there are. */
export function firstOf(wording: Wording, names: readonly string[], most: number): readonly string[] {
  const more = names.length - most;
  return more > 0 ? [...names.slice(0, most), sayDesk(wording)('more', { count: more })] : names;
}

export function textField(
  id: string,
  label: string,
  value: string,
  { hint = '', isLong = false, most = 500 } = {},
): DeskInputField {
  return { kind: 'text', id, label, value, hint, isLong, most, isMulti: false, choices: [] };
}

export function choiceField(
  id: string,
  label: string,
  choices: readonly Choice[],
  { value = '', hint = '', isMulti = false } = {},
): DeskInputField {
  return { kind: 'choice', id, label, value, hint, isLong: false, most: 0, isMulti, choices };
}

export function sayDesk(wording: Wording) {
  return (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    wording.text(`notices.desk.${key}`, values);
}

/** Why a notice stopped by itself, in words. */
export function haltText(wording: Wording, { code, bad, settled }: HaltReason): string {
  return wording.text(`notices.halts.${code}`, { bad, settled });
}

/** Why somebody got nothing, in words; what nobody foresaw is shown as it came. */
export function reasonText(wording: Wording, reason: string): string {
  const key = `notices.reasons.${reason}`;
  return wording.has(key) ? wording.text(key) : reason;
}

/** A reminder has the name of its notice, and says that it is one. */
export function nameOfNotice(wording: Wording, { name, remindsOf }: Notice): string {
  return remindsOf === null ? name : sayDesk(wording)('reminder', { name });
}

export function stateOf(wording: Wording, { status }: Notice): string {
  return wording.text(`notices.states.${status.at}`);
}
