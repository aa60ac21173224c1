import type { Case, Outcome } from '../domain/case.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import { buttonsOf, type Kit, withInputs, withoutInputs } from './kit.ts';
import { styleFor } from './opening-cards.ts';
import { nameOs } from './os-name.ts';
import type { Wording } from './wording.ts';

export type EndingCards = {
  /** `contact` is the helpdesk's own text on how to reach it at once, null where there is none. */
  person(binding: Binding, about: { readonly case: Case; readonly contact: string | null }): Card;
  ticket(about: { readonly id: string; readonly contact: string | null }): Card;
  /** The choices are what may have helped; "something else" and "I don't know" are added as `other`, `unknown`. */
  solved(binding: Binding, about: { readonly choices: readonly HelpedChoice[] }): Card;
  closed(binding: Binding, about: { readonly outcome: Outcome }): Card;
};

export type HelpedChoice = { readonly value: string; readonly title: string };

export function createEndingCards(kit: Kit): EndingCards {
  return {
    person: (binding, about) => personCard(kit, binding, about),
    ticket: (about) => ticketCard(kit, about),
    solved: (binding, about) => solvedCard(kit, binding, about),
    closed: (binding, about) => closedCard(kit, binding, about),
  };
}

function personCard(
  kit: Kit,
  binding: Binding,
  { case: current, contact }: { readonly case: Case; readonly contact: string | null },
): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  return draw('person', {
    title: wording.text('bot.person.title'),
    lines: wording.list('bot.person.lines'),
    sharedHeading: wording.text('bot.person.shared'),
    shared: sharedOf(wording, current),
    label: wording.text('bot.person.label'),
    placeholder: wording.text('bot.person.placeholder'),
    contact: contactLine(wording, contact),
    buttons: [withInputs(add('send-ticket')), withoutInputs(add('back'))],
  });
}

function sharedOf(wording: Wording, { code, os, tried, examined }: Case): readonly string[] {
  const say = (key: string, values?: Readonly<Record<string, string | number>>) =>
    wording.text(`bot.person.items.${key}`, values);
  return [
    ...(code === null || code === 'unknown' ? [] : [say('code', { code })]),
    ...(os === null || os === 'unknown' ? [] : [say('os', { os: nameOs(wording, os) })]),
    say('tried', { count: tried.length }),
    say(examined === null ? 'no-report' : 'report'),
    say('note'),
  ];
}

function contactLine(wording: Wording, contact: string | null): readonly string[] {
  return contact === null ? [] : [wording.text('bot.person.contact', { contact })];
}

function ticketCard(
  { wording, draw }: Kit,
  { id, contact }: { readonly id: string; readonly contact: string | null },
): Card {
  return draw('ticket', {
    title: wording.text('bot.ticket.title'),
    number: { label: wording.text('bot.ticket.number'), text: id },
    lines: [...wording.list('bot.ticket.lines'), ...contactLine(wording, contact)],
  });
}

function solvedCard(
  kit: Kit,
  binding: Binding,
  { choices }: { readonly choices: readonly HelpedChoice[] },
): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const all = [
    ...choices,
    { value: 'other', title: wording.text('bot.solved.other') },
    { value: 'unknown', title: wording.text('bot.solved.unknown') },
  ];
  return draw('choice', {
    title: wording.text('bot.solved.title'),
    lines: wording.list('bot.solved.lines'),
    label: wording.text('bot.solved.label'),
    error: wording.text('bot.solved.error'),
    placeholder: wording.text('bot.solved.label'),
    style: styleFor(all.length),
    choices: all,
    buttons: [withInputs(add('helped')), withoutInputs(add('back')), withoutInputs(add('person'))],
  });
}

function closedCard(kit: Kit, binding: Binding, { outcome }: { readonly outcome: Outcome }): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const reopen = add('reopen', { label: outcome.kind === 'solved' ? 'reopen' : 'go-on' });
  return draw('closed', {
    title: wording.text(`bot.closed.${outcome.kind}.title`),
    lines: wording.list(`bot.closed.${outcome.kind}.lines`),
    buttons: [reopen, add('start-over'), add('person')],
  });
}
