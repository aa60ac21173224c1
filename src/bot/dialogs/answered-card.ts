import { nameOs } from '../../cards/os-name.ts';
import type { Wording } from '../../cards/wording.ts';
import type { Answered } from '../../domain/decision.ts';
import { isOs } from '../../domain/os.ts';
import type { Press } from '../../domain/press.ts';
import type { Presentation, PresentationParts } from './presentation.ts';

/** Draws the answered form of a card: its heading, and what the person chose. */
export function createAnsweredCard({ cards, wording }: PresentationParts): Presentation['answeredCard'] {
  return (title, { answered, case: current }) =>
    cards.answered({
      title,
      answer: answered === null ? null : wordAnswer(wording, current.article, answered),
    });
}

function wordAnswer(wording: Wording, article: string, answered: Answered): string {
  switch (answered.by) {
    case 'code':
      return answered.code === 'unknown' ? wording.text('bot.code.unknown') : answered.code;
    case 'os':
      return nameOs(wording, answered.os);
    case 'option':
      return wording.text(`${article}.${answered.node}.options.${answered.option}`);
    case 'press':
      return wordPress(wording, article, answered.press);
    case 'words':
      return wording.text('bot.answered.words');
    case 'report':
      return wording.text('bot.answered.report');
  }
}

function wordPress(wording: Wording, article: string, { name, value }: Press): string {
  if (name === 'choose-os' && isOs(value)) return nameOs(wording, value);
  const chosen = name === 'helped' ? `${article}.${value}.title` : '';
  return wording.text(wording.has(chosen) ? chosen : `bot.buttons.${name}`);
}
