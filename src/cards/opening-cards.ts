import type { Os } from '../domain/os.ts';
import { allOs } from '../domain/os.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import { buttonsOf, type Kit, withInputs, withoutInputs } from './kit.ts';
import { nameOs } from './os-name.ts';
import { linkText } from './text.ts';

export type OpeningCards = {
  /** Has no buttons: the card that asks for the code follows at once. */
  greeting(about: { readonly group: boolean }): Card;
  code(binding: Binding, about: { readonly codes: readonly string[] }): Card;
  /** `meaning` is our own sentence about the code, null to use the general one. */
  otherCode(binding: Binding, about: OtherCode): Card;
  os(binding: Binding): Card;
  way(binding: Binding, about: { readonly code: string | null; readonly os: Os | null }): Card;
};

export type OtherCode = {
  readonly code: string;
  readonly kind: 'known' | 'unconfirmed';
  readonly meaning: string | null;
  readonly link: string | null;
};

export function createOpeningCards(kit: Kit): OpeningCards {
  return {
    greeting: (about) => greetingCard(kit, about),
    code: (binding, about) => codeCard(kit, binding, about),
    otherCode: (binding, about) => otherCodeCard(kit, binding, about),
    os: (binding) => osCard(kit, binding),
    way: (binding, about) => wayCard(kit, binding, about),
  };
}

function greetingCard({ wording, draw }: Kit, { group }: { readonly group: boolean }): Card {
  return draw('greeting', {
    eyebrow: wording.text('bot.product'),
    title: wording.text('bot.greeting.title'),
    lines: wording.list(group ? 'bot.greeting.group-lines' : 'bot.greeting.lines'),
  });
}

function codeCard(kit: Kit, binding: Binding, { codes }: { readonly codes: readonly string[] }): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const choices = codes.map((code) => ({ title: describeCode(kit, code), value: code }));
  return draw('choice', {
    title: wording.text('bot.code.title'),
    lines: wording.list('bot.code.lines'),
    label: wording.text('bot.code.label'),
    error: wording.text('bot.code.error'),
    placeholder: wording.text('bot.code.label'),
    style: styleFor(choices.length),
    choices: [...choices, { title: wording.text('bot.code.unknown'), value: 'unknown' }],
    buttons: [withInputs(add('choose-code')), withoutInputs(add('person'))],
  });
}

function describeCode({ wording }: Kit, code: string): string {
  const key = `bot.codes.${code}`;
  return wording.has(key) ? wording.text('bot.code.choice', { code, meaning: wording.text(key) }) : code;
}

function otherCodeCard(kit: Kit, binding: Binding, { code, kind, meaning, link }: OtherCode): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const links = link === null ? [] : [linkText(wording.text('bot.other-code.link', { code }), link)];
  return draw('other-code', {
    title: wording.text('bot.other-code.title', { code }),
    lines: [...(meaning === null ? [] : [meaning]), wording.text(`bot.other-code.${kind}`)],
    links: links.length === 0 ? null : links.join(' '),
    buttons: [add('person'), add('back', { label: 'choose-another' })],
  });
}

function osCard(kit: Kit, binding: Binding): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  return draw('choice', {
    title: wording.text('bot.os-question.title'),
    lines: wording.list('bot.os-question.lines'),
    label: wording.text('bot.os-question.label'),
    error: wording.text('bot.os-question.error'),
    placeholder: wording.text('bot.os-question.placeholder'),
    style: styleFor(allOs.length),
    choices: allOs.map((os) => ({ title: nameOs(wording, os), value: os })),
    buttons: [withInputs(add('choose-os')), withoutInputs(add('back')), withoutInputs(add('person'))],
  });
}

/** A long list of choices is a menu: as radio buttons it would fill a phone's screen. */
export function styleFor(choices: number): 'expanded' | 'compact' {
  return choices > 6 ? 'compact' : 'expanded';
}

function wayCard(
  kit: Kit,
  binding: Binding,
  { code, os }: { readonly code: string | null; readonly os: Os | null },
): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const known = [
    ...(code === null || code === 'unknown' ? [] : [code]),
    ...(os === null || os === 'unknown' ? [] : [nameOs(wording, os)]),
  ];
  return draw('ways', {
    eyebrow: known.length === 0 ? null : known.join(' · '),
    title: wording.text('bot.way.title'),
    ways: ['check', 'guide'].map((way) => ({
      name: wording.text(`bot.way.${way}.title`),
      lines: wording.list(`bot.way.${way}.lines`),
    })),
    closing: [wording.text('bot.way.closing')],
    buttons: [add('choose-check'), add('choose-guide'), add('back'), add('person')],
  });
}
