import type { Case, Place } from '../domain/case.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import { type ListedTicket, ticketRow } from './handoff-cards.ts';
import { buttonsOf, type Kit } from './kit.ts';
import { type LabelledLine, titleOf } from './node-words.ts';
import { nameOs } from './os-name.ts';
import { clip } from './text.ts';
import { triedLines } from './tried-words.ts';
import type { Wording } from './wording.ts';

/** Cards that say where we are, and cards that take the place of others. */
export type OrientationCards = {
  help(binding: Binding): Card;
  status(binding: Binding, about: ShownStatus): Card;
  /** What is left of a card after its press. `answer` null: it was answered in some other way. */
  answered(about: { readonly title: string; readonly answer: string | null }): Card;
};

export type ShownStatus = {
  readonly case: Case;
  readonly place: Place | null;
  /** The newest tickets, newest first. */
  readonly tickets: readonly ListedTicket[];
  readonly now: Date;
};

export function createOrientationCards(kit: Kit): OrientationCards {
  return {
    help: (binding) => helpCard(kit, binding),
    status: (binding, about) => statusCard(kit, binding, about),
    answered: (about) => answeredCard(kit, about),
  };
}

function helpCard(kit: Kit, binding: Binding): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  return draw('help', {
    title: wording.text('bot.help.title'),
    lines: wording.list('bot.help.lines'),
    words: wording.list('bot.help.words'),
    closing: [wording.text('bot.help.closing')],
    buttons: [add('continue'), add('back'), add('start-over'), add('status'), add('person')],
  });
}

function statusCard(kit: Kit, binding: Binding, { case: current, place, tickets, now }: ShownStatus): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  return draw('status', {
    title: wording.text('bot.status.title'),
    facts: statusFacts(wording, tickets.length === 0 ? current : { ...current, ticketIds: [] }, place),
    triedHeading: wording.text('bot.status.tried'),
    tried: triedLines(wording, current.article, current.tried),
    ticketsHeading: wording.text('bot.status.tickets'),
    tickets: tickets.map((listed) => ticketRow(kit, listed, now)),
    buttons: [add('continue'), add('back'), add('start-over'), add('cancel'), add('person')],
  });
}

function statusFacts(wording: Wording, current: Case, place: Place | null): readonly LabelledLine[] {
  const { code, os, examined, ticketIds } = current;
  const fact = (name: string, text: string) => ({ label: wording.text(`bot.status.labels.${name}`), text });
  const notKnown = wording.text('bot.status.not-known');
  const verdict = examined?.diagnosis.verdict ?? 'none';
  return [
    fact('code', code === null || code === 'unknown' ? notKnown : code),
    fact('os', os === null || os === 'unknown' ? notKnown : nameOs(wording, os)),
    fact('report', wording.text(`bot.status.reports.${verdict}`)),
    ...(place === null ? [] : [fact('place', namePlace(wording, current.article, place))]),
    ...(ticketIds.length === 0 ? [] : [fact('tickets', ticketIds.join(', '))]),
  ];
}

function namePlace(wording: Wording, article: string, place: Place): string {
  const node = place.at === 'node' || place.at === 'cannot' ? titleOf(wording, article, place.node) : '';
  return wording.text(`bot.places.${place.at}`, { node });
}

/** The answer can be the person's own words: it is shown as they are, cut to a line or two. */
function answeredCard(
  { wording, draw }: Kit,
  { title, answer }: { readonly title: string; readonly answer: string | null },
): Card {
  if (answer === null)
    return draw('answered', { title, mark: wording.text('bot.answered.moved-on'), answer: [] });
  return draw('answered', {
    title,
    mark: wording.text('bot.answered.answer'),
    answer: [` ${clip(answer, 200)}`],
  });
}
