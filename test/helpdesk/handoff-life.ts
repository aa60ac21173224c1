import type { TurnContext } from 'botbuilder';
import type { Deliver } from '../../src/bot/deliver.ts';
import { sweepOutbox } from '../../src/bot/sweeper.ts';
import { createTurn } from '../../src/bot/turn.ts';
import type { LoadedTurn, Reply, ReplyOutcome, TurnChange, TurnStore } from '../../src/bot/turn-store.ts';
import type { Agent, HandoffEffect } from '../../src/domain/handoff.ts';
import { type CardsParts, refreshCards } from '../../src/helpdesk/cards.ts';
import { type ChangeParts, changeTicket, composeChange } from '../../src/helpdesk/change.ts';
import { windClock } from '../../src/helpdesk/clock.ts';
import { composeOpening } from '../../src/helpdesk/open.ts';
import type { MemoryDesk } from '../doubles/memory-desk.ts';
import { ada, details, event } from '../storage/ticket-builders.ts';
import type { Deed, Life, World } from './handoff-model.ts';

export const agents: Readonly<Record<'ana' | 'bo', Agent>> = {
  ana: { id: 'ana', name: 'Ana' },
  bo: { id: 'bo', name: 'Bo' },
};

const ticketId = 'HS-1';
const chat = details.conversation;

export const lost = new Error('the connection was lost');

/** A crash comes after it was done: before it is the same as after the step before. */
function stored<T>(life: Life, task: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    life.gates.push({
      at: 'store',
      async go(end) {
        const result = await task();
        if (end === 'well') resolve(result);
        if (end === 'lost-answer') reject(lost);
      },
    });
  });
}

function sent(world: World, life: Life, text: string, arrive: () => string): Promise<ReplyOutcome> {
  return new Promise((resolve) => {
    life.gates.push({
      at: 'send',
      async go(end) {
        if (end === 'busy') return resolve({ kind: 'later', retryAfterSeconds: 5 });
        const activityId = end === 'lost-request' ? '' : arrive();
        if (end === 'well') return resolve({ kind: 'sent', activityId });
        doubt(world, text);
        if (end !== 'crash') resolve({ kind: 'unknown', reason: 'ETIMEDOUT' });
      },
    });
  });
}

export function doubt({ doubts }: World, text: string): void {
  doubts.set(text, (doubts.get(text) ?? 0) + 1);
}

export function startLife(world: World): Life {
  const life: Life = { gates: [], underWay: new Set(), turn: (context) => turn(context) };
  const turn = createTurn({
    store: turnsOf(world, life),
    receive: async () => ({ kind: 'arrived' }),
    conduct: async ({ activity }, _key, _received, loaded) => ({
      ...{ state: null, cases: [], events: [], report: null, checkCodes: [], learned: null },
      replies: [{ kind: 'send', activity: { type: 'message', text: `heard ${activity.id}` } }],
      tickets: changesOf(world, activity.id ?? '', loaded.tickets[0]),
    }),
    deliver: deliverTo(world, life),
    log: quiet as never,
  });
  return life;
}

const quiet = { warn() {}, error() {}, info() {} };

function turnsOf({ desk, unsettled }: World, life: Life): TurnStore {
  const { turns } = desk;
  return {
    load: (conversation, id) => stored(life, () => turns.load(conversation, id)),
    save: (change: TurnChange) => stored(life, () => turns.save(change)),
    claimPending: (seconds, limit) => stored(life, () => turns.claimPending(seconds, limit)),
    settle: (outcomes) =>
      stored(life, async () => {
        await turns.settle(outcomes);
        for (const { id } of outcomes) unsettled.delete(textOf(desk.outbox[Number(id) - 1]?.reply));
      }),
  };
}

function textOf(reply: Reply | undefined): string {
  return reply?.activity.text ?? '';
}

function ticketsOf({ desk: { tickets }, unsettled }: World, life: Life): MemoryDesk['tickets'] {
  return {
    load: (id) => stored(life, () => tickets.load(id)),
    save: (change) => stored(life, () => tickets.save(change)),
    claimCards: (limit) => stored(life, () => tickets.claimCards(limit)),
    settleCards: (outcomes) =>
      stored(life, async () => {
        await tickets.settleCards(outcomes);
        unsettled.delete('root');
      }),
  };
}

const side = { id: 'handshake', name: 'Handshake', side: 'bot' } as const;

/** Words of effects that are in no other message, so that each can be found again. */
function partsOf(world: World): ChangeParts {
  return {
    word: (effect) => `${++world.words} ${effect.what} ${wordsOf(effect)}`.trim(),
    snapshot: () => event('opened').ticket,
    connectors: [],
    newLineId: () => `line-${++world.words}`,
    now: () => new Date(world.now),
  };
}

function wordsOf(effect: HandoffEffect): string {
  return 'text' in effect ? effect.text : '';
}

/** What the person's turn does; as src/bot/turn-tickets.ts does, on the tickets that the turn was loaded with. */
function changesOf(world: World, id: string, ticket: LoadedTurn['tickets'][number] | undefined) {
  const command = world.deeds.find((deed) => deed.id === id)?.command;
  const source = { conversation: chat, activityId: id };
  if (command?.do === 'open') {
    return [
      composeOpening(partsOf(world), { id: ticketId, caseId: 'case-1', urgency: 'normal', details, source }),
    ];
  }
  if (command === undefined || ticket === undefined) return [];
  const composed = composeChange(partsOf(world), { ticket, details }, command, ada, source);
  return composed.kind === 'changed' ? [composed.change] : [];
}

export async function say(world: World, life: Life, { id }: Deed): Promise<void> {
  const [channelId = '', conversation = ''] = chat.split('/');
  const activity = { type: 'message', id, channelId, conversation: { id: conversation } };
  await life.turn({ activity, turnState: new Map() } as unknown as TurnContext);
  world.told.set(id, 'changed');
}

export async function act(world: World, life: Life, { id, who, command }: Deed): Promise<void> {
  if (who === 'ada' || command.do === 'open') throw new Error('only agents act here');
  const source = { conversation: 'msteams/19:helpdesk', activityId: id };
  const parts = { ...partsOf(world), store: ticketsOf(world, life) };
  const { kind } = await changeTicket(parts, ticketId, command, { side: 'helpdesk', ...agents[who] }, source);
  world.told.set(id, kind);
}

export async function strike(world: World, life: Life): Promise<void> {
  world.ticksLeft -= 1;
  world.now += 3 * 3_600_000;
  await windClock({
    ...partsOf(world),
    store: ticketsOf(world, life),
    listDue: () => stored(life, async () => [...world.desk.cards.values()]),
    patience: { remindAfter: 120, closeAfter: 300 },
  });
}

/** What the app does by itself after every change, and every few seconds. */
export async function work(world: World, life: Life): Promise<void> {
  const stop = new AbortController().signal;
  const outbox = { store: turnsOf(world, life), deliver: deliverTo(world, life), log: quiet };
  await sweepOutbox(outbox, { stop });
  await refreshCards(cardsParts(world, life), stop);
  await sweepOutbox(outbox, { stop });
}

function deliverTo(world: World, life: Life): Deliver {
  return (reference, reply) => {
    const text = textOf(reply);
    return sent(world, life, text, () => {
      if (text !== '') show(world, reference.conversation?.id ?? '', text);
      return String(world.steps);
    });
  };
}

function show({ shown, unsettled }: World, conversation: string, text: string): void {
  shown.set(conversation, [...(shown.get(conversation) ?? []), text]);
  unsettled.add(text);
}

function cardsParts(world: World, life: Life): CardsParts {
  const deliver = deliverTo(world, life);
  const bot = { id: '28:bot', name: 'Handshake' };
  const place = { channelId: '19:helpdesk', serviceUrl: '', tenantId: null, bot, groupId: null };
  return {
    store: ticketsOf(world, life),
    channel: {
      place: async () => place,
      placement: 'conversation',
      draw: async (_cards, mayStandTwice) => ({ mayStandTwice }),
      open: (_place, { mayStandTwice }) =>
        sent(world, life, 'root', () => {
          const id = `root-${world.steps}`;
          world.unsettled.add('root');
          world.roots.push({ id, mayStandTwice: mayStandTwice === true });
          return id;
        }),
      edit: (thread, activity) => deliver(thread, { kind: 'update', activity }),
    },
    drawStatus: async () => ({}),
    toPerson: (reference, { kind, activity }) => deliver(reference, { kind, activity }),
    posted: (id) => {
      const parts = { ...partsOf(world), store: ticketsOf(world, life) };
      return changeTicket(parts, id, { do: 'post' }, side, null);
    },
    hasConnectors: false,
    log: quiet,
  };
}
