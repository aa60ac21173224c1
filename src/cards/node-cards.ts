import type { Account } from '../domain/account.ts';
import type { End, Question, Step } from '../domain/article.ts';
import type { Os } from '../domain/os.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import { buttonsOf, type InputButton, type Kit, withInputs, withoutInputs } from './kit.ts';
import {
  commandsOf,
  type LabelledLine,
  linkLine,
  linksOf,
  needsLine,
  optionalText,
  optionTitle,
  sidesOf,
  titleOf,
} from './node-words.ts';
import { nameOs } from './os-name.ts';
import { linkText } from './text.ts';
import type { Wording } from './wording.ts';

export type NodeCards = {
  step(binding: Binding, about: ShownStep): Card;
  /** A drastic step before it was agreed to. */
  confirm(binding: Binding, about: ShownStep): Card;
  question(binding: Binding, about: { readonly article: string; readonly question: Question }): Card;
  end(binding: Binding, about: ShownEnd): Card;
};

export type ShownEnd = {
  readonly article: string;
  readonly end: End;
  /** True when the case was saved for a person already. */
  readonly ticket: boolean;
  readonly account: Account;
};

export type ShownStep = {
  readonly article: string;
  readonly step: Step;
  readonly os: Os | null;
  /** True when a report came in already, so that another one would show what changed. */
  readonly checked: boolean;
  /** Counts from 1; `total` is how many steps the way can have in all from the first to the last. */
  readonly position: number;
  readonly total: number;
};

export function createNodeCards(kit: Kit): NodeCards {
  return {
    step: (binding, about) => stepCard(kit, binding, about),
    confirm: (binding, about) => confirmCard(kit, binding, about),
    question: (binding, about) => questionCard(kit, binding, about),
    end: (binding, about) => endCard(kit, binding, about),
  };
}

function stepCard(kit: Kit, binding: Binding, about: ShownStep): Card {
  const { wording, draw } = kit;
  const { article, step, checked } = about;
  const add = buttonsOf(kit, binding);
  return draw('step', {
    eyebrow: placeOf(kit, about),
    title: titleOf(wording, article, step.id),
    why: optionalText(wording, `${article}.${step.id}.why`),
    facts: [
      ...needsLine(wording, step.needs),
      { label: wording.text('bot.step.impact'), text: wording.text(`bot.impact.${step.impact}`) },
    ],
    doHeading: wording.text('bot.step.do'),
    do: wording.list(`${article}.${step.id}.do`),
    commands: commandsOf(wording, step.commands),
    sides: sidesOf(wording, article, step.id),
    links: linkLine(wording, article, step),
    buttons: [
      add('works'),
      add('broken'),
      add('cannot'),
      checked ? add('check-again') : add('choose-check', { label: 'check-instead' }),
      add('back'),
      add('person'),
    ],
  });
}

function placeOf({ wording }: Kit, { position, total, os }: ShownStep): string {
  if (os === null || os === 'unknown' || os === 'other') {
    return wording.text('bot.step.position', { position, total });
  }
  return wording.text('bot.step.position-on', { position, total, os: nameOs(wording, os) });
}

function confirmCard(kit: Kit, binding: Binding, about: ShownStep): Card {
  const { wording, draw } = kit;
  const { article, step } = about;
  const add = buttonsOf(kit, binding);
  return draw('confirm', {
    eyebrow: placeOf(kit, about),
    title: titleOf(wording, article, step.id),
    why: optionalText(wording, `${article}.${step.id}.why`),
    riskHeading: wording.text('bot.confirm.risk'),
    risk: optionalText(wording, `${article}.${step.id}.risk`),
    facts: needsLine(wording, step.needs),
    ask: optionalText(wording, `${article}.${step.id}.askAgain`),
    links: linkLine(wording, article, step),
    buttons: [add('agree'), add('cannot', { label: 'skip-step' }), add('back'), add('person')],
  });
}

/** Up to four answers are buttons; more would crowd out "back" and "talk to a person". */
const mostOptionButtons = 4;

function questionCard(
  kit: Kit,
  binding: Binding,
  { article, question }: { readonly article: string; readonly question: Question },
): Card {
  const { wording, draw } = kit;
  const choices = question.options.map(({ id }) => ({
    title: optionTitle(wording, article, question.id, id),
    value: id,
  }));
  const asButtons = choices.length <= mostOptionButtons;
  return draw('question', {
    eyebrow: wording.text('bot.question.eyebrow'),
    title: titleOf(wording, article, question.id),
    why: optionalText(wording, `${article}.${question.id}.why`),
    do: wording.list(`${article}.${question.id}.do`),
    commands: commandsOf(wording, question.commands),
    sides: sidesOf(wording, article, question.id),
    links: linkLine(wording, article, question),
    label: wording.text('bot.question.label'),
    error: wording.text('bot.question.error'),
    placeholder: wording.text('bot.question.label'),
    choices: asButtons ? [] : choices,
    buttons: questionButtons(kit, binding, asButtons ? choices : []),
  });
}

function questionButtons(
  kit: Kit,
  binding: Binding,
  options: readonly { readonly title: string; readonly value: string }[],
): readonly InputButton[] {
  const add = buttonsOf(kit, binding);
  const answers =
    options.length === 0
      ? [withInputs(add('option'))]
      : options.map((option) => withInputs(add('option', option)));
  return [...answers, withoutInputs(add('back')), withoutInputs(add('person'))];
}

function endCard(kit: Kit, binding: Binding, { article, end, ticket, account }: ShownEnd): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const isLeft = account.left.length > 0;
  return draw('end', {
    eyebrow: wording.text('bot.end.eyebrow'),
    title: titleOf(wording, article, end.id),
    lines: [
      ...optionalText(wording, `${article}.${end.id}.text`),
      ...optionalText(wording, `${article}.${end.id}.today`),
      ...(ticket ? [wording.text('bot.end.ticket')] : []),
    ],
    account: accountLines(wording, article, account),
    meanwhile: linkText(wording.text('bot.end.meanwhile-link'), wording.text('bot.end.meanwhile-url')),
    referencesHeading: wording.text('bot.end.references'),
    references: linksOf(wording, article, end),
    buttons: [
      add('person'),
      ...(isLeft ? [add('choose-guide', { label: 'guide-rest' })] : []),
      add('choose-check', { label: 'check-instead' }),
      add('works'),
      add('back'),
      add('start-over'),
    ],
  });
}

/** What was done and what was not, so that nobody believes that everything was. */
function accountLines(wording: Wording, article: string, account: Account): readonly LabelledLine[] {
  return (['tried', 'refused', 'needless', 'held', 'left'] as const)
    .filter((lot) => account[lot].length > 0)
    .map((lot) => ({
      label: wording.text(`bot.end.account.${lot}`),
      text: account[lot].map((id) => titleOf(wording, article, id)).join(' · '),
    }));
}
