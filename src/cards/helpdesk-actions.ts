import { type Agent, isOver, ownerOf, type Ticket } from '../domain/handoff.ts';
import { clip } from './text.ts';
import type { Wording } from './wording.ts';

/** What an agent can do from the card. Inputs: `reply`, `solve`, `to` (an agent), `reason`. */
export const deskActions = [
  'take',
  'reply',
  'ask-check',
  'solve',
  'assign',
  'hand-back',
  'reject',
  'transcript',
] as const;
export type DeskAction = (typeof deskActions)[number];

/** What a press carries. The version says what the presser saw; the ticket is decided on as it is then. */
export type DeskPress = {
  readonly agent: DeskAction;
  readonly ticket: string;
  readonly version: number;
  readonly seal: string;
};

/** The buttons of a ticket: those that its state allows, and always a way to all that is known. */
export function actionsFor(wording: Wording, ticket: Ticket, seal: string, people: readonly Agent[]) {
  const say = (key: string) => wording.text(`helpdesk.card.buttons.${key}`);
  const button = (agent: DeskAction) => ({
    title: say(agent),
    data: { agent, ticket: ticket.id, version: ticket.version, seal } satisfies DeskPress,
  });
  const form = (id: 'reply' | 'solve') => ({
    ...button(id),
    id,
    label: say(`${id}-label`),
    hint: say(`${id}-hint`),
    missing: say('missing'),
    send: say(`${id}-send`),
  });
  if (isOver(ticket)) return { first: [button('transcript')], forms: [], rest: [], more: [] };
  const isFree = ownerOf(ticket) === null || ticket.status.at === 'solved';
  return {
    first: isFree ? [button('take')] : [],
    forms: ticket.status.at === 'solved' ? [form('reply')] : [form('reply'), form('solve')],
    rest: [button('ask-check'), button('transcript')],
    more: [moreOf(say, button, people)],
  };
}

type Button = { readonly title: string; readonly data: DeskPress };

function moreOf(
  say: (key: string) => string,
  button: (agent: DeskAction) => Button,
  people: readonly Agent[],
) {
  const { title: assign, data: assignData } = button('assign');
  return {
    title: say('more'),
    people: people.map(({ id, name }) => ({ title: clip(name, 60), value: id })),
    toLabel: say('to-label'),
    toHint: say('to-hint'),
    toName: say('to-name'),
    assign,
    assignData,
    reasonLabel: say('reason-label'),
    reasonHint: say('reason-hint'),
    buttons: [button('hand-back'), button('reject')],
  };
}
