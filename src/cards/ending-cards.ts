import type { Step } from '../domain/article.ts';
import type { Outcome } from '../domain/case.ts';
import type { Finding } from '../domain/diagnosis.ts';
import { urgencies } from '../domain/handoff.ts';
import type { Binding } from '../domain/press.ts';
import type { QueueNow } from '../domain/queue-now.ts';
import type { Form } from '../domain/share.ts';
import type { Card } from './card.ts';
import { nameFinding } from './finding-words.ts';
import { queueLines } from './handoff-cards.ts';
import { buttonsOf, type Kit, withInputs, withoutInputs } from './kit.ts';
import { joinNeeds, titleOf } from './node-words.ts';
import { styleFor } from './opening-cards.ts';
import type { Wording } from './wording.ts';

export type EndingCards = {
  /** The form for the helpdesk, filled with what was written before. */
  person(binding: Binding, about: ShownForm): Card;
  /** Saved under the number; nobody was told. */
  ticket(about: Reach & { readonly id: string }): Card;
  /** The report calls for a step that the person cannot do. */
  cannot(binding: Binding, about: ShownObstacle): Card;
  /** The choices are what may have helped; "something else" and "I don't know" are added as `other`, `unknown`. */
  solved(binding: Binding, about: ShownSolved): Card;
  closed(binding: Binding, about: { readonly outcome: Outcome }): Card;
};

/** `contact` is the helpdesk's own text on how to reach it, null where there is none. */
type Reach = { readonly contact: string | null };

export type ShownForm = Reach & {
  readonly form: Form;
  /** Null where tickets reach nobody by themselves. */
  readonly queue: QueueNow | null;
  readonly timeZone: string | null;
};

export type ShownObstacle = {
  readonly article: string;
  readonly step: Step;
  /** The failures that the step would mend. */
  readonly failures: readonly Finding[];
};

export type ShownSolved = {
  readonly choices: readonly HelpedChoice[];
  /** True when a new report would show whether it is really mended. */
  readonly checkFirst: boolean;
};

export type HelpedChoice = { readonly value: string; readonly title: string };

export function createEndingCards(kit: Kit): EndingCards {
  return {
    person: (binding, about) => personCard(kit, binding, about),
    ticket: (about) => ticketCard(kit, about),
    cannot: (binding, about) => cannotCard(kit, binding, about),
    solved: (binding, about) => solvedCard(kit, binding, about),
    closed: (binding, about) => closedCard(kit, binding, about),
  };
}

function personCard(kit: Kit, binding: Binding, about: ShownForm): Card {
  const { wording, draw } = kit;
  const { form } = about;
  const add = buttonsOf(kit, binding);
  return draw('person', {
    title: wording.text('bot.person.title'),
    lines: wording.list('bot.person.lines'),
    note: inputOf(wording, 'label', 'placeholder', form.note),
    urgency: {
      label: wording.text('bot.person.urgency'),
      value: form.urgency,
      choices: urgencies.map((value) => ({ value, title: wording.text(`bot.person.urgencies.${value}`) })),
    },
    contact: inputOf(wording, 'contact', 'contact-placeholder', form.contact),
    time: inputOf(wording, 'time', 'time-placeholder', form.bestTime),
    reach: reachLines(wording, about),
    buttons: [withInputs(add('send-ticket')), withoutInputs(add('back'))],
  });
}

/** One text input with what it holds already. */
function inputOf(wording: Wording, label: string, placeholder: string, text: string) {
  return {
    label: wording.text(`bot.person.${label}`),
    placeholder: wording.text(`bot.person.${placeholder}`),
    value: text,
  };
}

function reachLines(wording: Wording, { queue, contact, timeZone }: ShownForm): readonly string[] {
  if (queue !== null) return queueLines(wording, queue, { language: wording.language, timeZone });
  return [`${wording.text('bot.person.reach')} ${reachLine(wording, contact)}`];
}

function reachLine(wording: Wording, contact: string | null): string {
  return contact === null
    ? wording.text('bot.reach.nobody-named')
    : wording.text('bot.reach.helpdesk', { contact });
}

function ticketCard({ wording, draw }: Kit, { id, contact }: Reach & { readonly id: string }): Card {
  return draw('ticket', {
    title: wording.text('bot.ticket.title'),
    number: { label: wording.text('bot.ticket.number'), text: id },
    lines: [
      wording.text('bot.ticket.saved'),
      reachLine(wording, contact),
      wording.text('bot.ticket.meanwhile'),
    ],
  });
}

function cannotCard(kit: Kit, binding: Binding, { article, step, failures }: ShownObstacle): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const title = titleOf(wording, article, step.id);
  return draw('confirm', {
    eyebrow: null,
    title: wording.text('bot.cannot.title'),
    why: [wording.text('bot.cannot.why', { step: title })],
    riskHeading: wording.text('bot.cannot.heading'),
    risk: failures.map((finding) => nameFinding(wording, finding)),
    facts: [
      { label: wording.text('bot.cannot.mended-by'), text: title },
      ...(step.needs.length === 0
        ? []
        : [{ label: wording.text('bot.cannot.needs'), text: joinNeeds(wording, step.needs) }]),
    ],
    ask: [wording.text('bot.cannot.ask')],
    links: null,
    buttons: [add('person', { label: 'ask-helpdesk' }), add('go-on'), add('back')],
  });
}

function solvedCard(kit: Kit, binding: Binding, { choices, checkFirst }: ShownSolved): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const all = [
    ...choices,
    { value: 'other', title: wording.text('bot.solved.other') },
    { value: 'unknown', title: wording.text('bot.solved.unknown') },
  ];
  return draw('choice', {
    title: wording.text('bot.solved.title'),
    lines: [
      ...wording.list('bot.solved.lines'),
      ...(checkFirst ? [wording.text('bot.solved.check-first')] : []),
    ],
    label: wording.text('bot.solved.label'),
    error: wording.text('bot.solved.error'),
    placeholder: wording.text('bot.solved.label'),
    style: styleFor(all.length),
    choices: all,
    buttons: [
      withInputs(add('helped')),
      ...(checkFirst ? [withoutInputs(add('check-again'))] : []),
      withoutInputs(add('back')),
      withoutInputs(add('person')),
    ],
  });
}

function closedCard(kit: Kit, binding: Binding, { outcome }: { readonly outcome: Outcome }): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const reopen = add('reopen', { label: outcome.kind === 'solved' ? 'reopen' : 'resume' });
  return draw('closed', {
    title: wording.text(`bot.closed.${outcome.kind}.title`),
    lines: [
      ...(outcome.kind === 'solved' ? [wording.text(`bot.closed.solved.proof.${outcome.proof}`)] : []),
      ...wording.list(`bot.closed.${outcome.kind}.lines`),
    ],
    buttons: [reopen, add('start-over'), add('person')],
  });
}
