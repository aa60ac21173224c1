import type { Node, Source } from '../domain/article.ts';
import type { Need } from '../domain/diagnosis.ts';
import { hostOf, linkText } from './text.ts';
import type { Wording } from './wording.ts';

/** A line that begins with a bold word. */
export type LabelledLine = { readonly label: string; readonly text: string };
export type NamedText = { readonly name: string; readonly text: string };

export function titleOf(wording: Wording, article: string, node: string): string {
  const key = `${article}.${node}.title`;
  return wording.has(key) ? wording.text(key) : node;
}

/** The sentence, in a list that is empty when the node has no such sentence. */
export function optionalText(wording: Wording, key: string): readonly string[] {
  return wording.has(key) ? [wording.text(key)] : [];
}

export function optionTitle(wording: Wording, article: string, node: string, option: string): string {
  const key = `${article}.${node}.options.${option}`;
  return wording.has(key) ? wording.text(key) : option;
}

/** What the published article says, and what corrects it: both stay visible, so that nobody is surprised. */
export function sidesOf(wording: Wording, article: string, node: string): readonly NamedText[] {
  return [
    ...optionalText(wording, `${article}.${node}.articleSays`).map((text) => ({
      name: wording.text('bot.step.says'),
      text,
    })),
    ...optionalText(wording, `${article}.${node}.today`).map((text) => ({
      name: wording.text('bot.step.today'),
      text,
    })),
  ];
}

/** The commands as people copy them; several are counted, because the steps speak of "the second command". */
export function commandsOf(wording: Wording, commands: readonly string[]): readonly LabelledLine[] {
  return commands.map((text, index) => ({
    label:
      commands.length === 1
        ? wording.text('bot.step.command')
        : wording.text('bot.step.command-number', { number: index + 1 }),
    text,
  }));
}

export function needsLine(wording: Wording, needs: readonly Need[]): readonly LabelledLine[] {
  if (needs.length === 0) return [];
  return [{ label: wording.text('bot.step.needs'), text: joinNeeds(wording, needs) }];
}

export function joinNeeds(wording: Wording, needs: readonly Need[]): string {
  return joinWords(
    wording,
    needs.map((need) => wording.text(`bot.needs.${need}`)),
  );
}

export function linksOf(wording: Wording, article: string, node: Node): readonly string[] {
  return node.sources.map((source) => linkText(nameSource(wording, article, source), source.url));
}

/** One line of links, null when there is none. */
export function linkLine(wording: Wording, article: string, node: Node): string | null {
  const links = linksOf(wording, article, node);
  return links.length === 0 ? null : wording.text('bot.step.sources', { links: links.join(' · ') });
}

function nameSource(wording: Wording, article: string, { url, as }: Source): string {
  const key = `${article}.sources.${url}`;
  if (wording.has(key)) return wording.text(key);
  return as === 'article'
    ? wording.text('bot.step.article')
    : wording.text('bot.step.newer', { host: hostOf(url) });
}

/** "a, b and c" in the language's own way. */
export function joinWords(wording: Wording, words: readonly string[]): string {
  return new Intl.ListFormat(wording.language, { type: 'conjunction' }).format(words);
}
