import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import { buttonsOf, type Kit } from './kit.ts';
import { commandsOf } from './node-words.ts';

export type ByHandCards = {
  /** For a PC on which nothing can be downloaded or run: commands whose output is pasted into the chat. */
  byHand(binding: Binding, about: { readonly commands: readonly string[] }): Card;
};

/** What people meet when Windows stops a script. */
const obstacles = ['policy', 'mark', 'organisation'];

export function createByHandCard(kit: Kit): ByHandCards {
  return { byHand: (binding, about) => byHandCard(kit, binding, about) };
}

function byHandCard(
  kit: Kit,
  binding: Binding,
  { commands }: { readonly commands: readonly string[] },
): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  return draw('step', {
    eyebrow: wording.text('bot.by-hand.eyebrow'),
    title: wording.text('bot.by-hand.title'),
    why: wording.list('bot.by-hand.lines'),
    facts: [],
    doHeading: wording.text('bot.step.do'),
    do: wording.list('bot.by-hand.do'),
    commands: commandsOf(wording, commands),
    sides: obstacles.map((obstacle) => ({
      name: wording.text(`bot.by-hand.obstacles.${obstacle}.title`),
      text: wording.text(`bot.by-hand.obstacles.${obstacle}.text`),
    })),
    links: null,
    buttons: [add('choose-guide'), add('back'), add('person')],
  });
}
