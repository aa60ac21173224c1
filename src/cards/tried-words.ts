import type { Tried } from '../domain/case.ts';
import { optionTitle, titleOf } from './node-words.ts';
import type { Wording } from './wording.ts';

const mostTried = 12;

/** The last steps with their answers, one line each, and first how many came before them. */
export function triedLines(wording: Wording, article: string, tried: readonly Tried[]): readonly string[] {
  const latest = tried.slice(-mostTried);
  const left = tried.length - latest.length;
  return [
    ...(left > 0 ? [wording.text('bot.status.earlier', { count: left })] : []),
    ...latest.map((each) => nameTried(wording, article, each)),
  ];
}

function nameTried(wording: Wording, article: string, { node, answer }: Tried): string {
  const key = `bot.answers.${answer}`;
  const words = wording.has(key) ? wording.text(key) : optionTitle(wording, article, node, answer);
  return wording.text('bot.status.tried-line', { step: titleOf(wording, article, node), answer: words });
}
