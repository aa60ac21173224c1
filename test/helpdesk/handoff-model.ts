import type { TurnContext } from 'botbuilder';
import type { Deliver } from '../../src/bot/deliver.ts';
import { sweepOutbox } from '../../src/bot/sweeper.ts';
import { createTurn, type Turn, TurnConflict } from '../../src/bot/turn.ts';
import type { LoadedTurn, Reply, ReplyOutcome, TurnChange, TurnStore } from '../../src/bot/turn-store.ts';
import type { Agent, HandoffCommand, HandoffEffect } from '../../src/domain/handoff.ts';
import { type CardsParts, refreshCards } from '../../src/helpdesk/cards.ts';
import {
  type Changed,
  type ChangeParts,
  changeTicket,
  composeChange,
  TicketConflict,
} from '../../src/helpdesk/change.ts';
import { windClock } from '../../src/helpdesk/clock.ts';
import { composeOpening } from '../../src/helpdesk/open.ts';
import { createMemoryDesk, type MemoryDesk } from '../doubles/memory-desk.ts';
import { ada, details, event } from '../storage/ticket-builders.ts';
import type { Choose } from './every-choice.ts';

export const agents: Readonly<Record<'ana' | 'bo', Agent>> = {
  ana: { id: 'ana', name: 'Ana' },
  bo: { id: 'bo', name: 'Bo' },
};

/** Somebody does something in Teams, which tells the bot again and again until it was heard. */
export type Deed = {
  readonly id: string;
  readonly who: 'ada' | 'ana' | 'bo';
  readonly command: HandoffCommand | { readonly do: 'open' };
};

export type Play = {
  /** Each person does one thing after the other, all of them at the same time; `ada` opens the ticket first. */
  readonly deeds: readonly Deed[];
  /** How often three hours pass. */
  readonly ticks: number;
  /** At most so many things go wrong. */
  readonly faults: number;
  /** Where choices begin: with the first word, or when the ticket stands in the queue. */
  readonly from: 'opening' | 'queue';
};

type World = Play & {
  readonly choose: Choose;
  readonly desk: MemoryDesk;
  now: number;
  readonly told: Map<string, Changed['kind']>;
  /** Texts in the order in which they arrived, for each conversation. */
  readonly shown: Map<string, string[]>;
  /** How often a text may have come once more: its answer was lost, or the bot died before that was written down. */
  readonly doubts: Map<string, number>;
  /** Texts that arrived, which is not written down yet. */
  readonly unsettled: Set<string>;
  readonly roots: { readonly id: string; readonly mayStandTwice: boolean }[];
  /** Whether choices have begun. */
  isFree: boolean;
  ticksLeft: number;
  faultsLeft: number;
  crashes: number;
  steps: number;
  words: number;
  life: Life;
};

/** What a play has come to, after everything has settled. */
export type Played = Pick<World, 'desk' | 'told' | 'shown' | 'doubts' | 'roots' | 'crashes' | 'steps'>;

type End = 'well' | 'lost-answer' | 'lost-request' | 'busy' | 'crash';
type Gate = { readonly at: 'store' | 'send'; readonly go: (end: End) => Promise<void> };

/** One life of the bot's process. Nothing that it began goes on after it. */
type Life = { readonly gates: Gate[]; readonly underWay: Set<string>; readonly turn: Turn };

const faultsAt = {
  store: ['lost-answer', 'crash'],
  send: ['lost-answer', 'lost-request', 'busy', 'crash'],
} as const;

const ticketId = 'HS-1';
export const chat = details.conversation;
const mostSteps = 3_000;

/**
 * Plays people, the bot and the clock against each other. Everything that leaves the process, for the database or
 * for Teams, is a step; `choose` picks which step comes next and how it ends.
 */
export async function playOut(play: Play, choose: Choose): Promise<Played> {
  const world = createWorld(play, choose);
  for (; world.steps < mostSteps; world.steps++) {
    begin(world);
    await allCalm();
    const option = pick(world);
    if (option !== null) await carryOut(world, option);
    else if (!letTimePass(world)) break;
    await allCalm();
  }
  return world;
}

/** Until everything that runs waits for a step. */
async function allCalm(): Promise<void> {
  await new Promise(setImmediate);
}

function createWorld(play: Play, choose: Choose): World {
  const world: World = {
    ...play,
    choose,
    desk: createMemoryDesk(() => world.now),
    now: Date.parse('2026-11-24T12:00:00Z'),
    ...{ told: new Map(), shown: new Map(), doubts: new Map(), unsettled: new Set(), roots: [] },
    isFree: play.from === 'opening',
    ...{ ticksLeft: play.ticks, faultsLeft: play.faults, crashes: 0, steps: 0, words: 0 },
    life: { gates: [], underWay: new Set(), turn: async () => undefined },
  };
  world.life = startLife(world);
  return world;
}

type Option = { readonly gate: Gate; readonly end: End };

function pick(world: World): Option | null {
  const { gates } = world.life;
  const well = gates.map((gate): Option => ({ gate, end: 'well' }));
  if (!world.isFree) return well[0] ?? null;
  const wrong = gates.flatMap((gate) => faultsAt[gate.at].map((end): Option => ({ gate, end })));
  const options = world.faultsLeft > 0 ? [...well, ...wrong] : well;
  return options.length === 0 ? null : (options[world.choose(options.length, well.length)] ?? null);
}

async function carryOut(world: World, { gate, end }: Option): Promise<void> {
  const { life } = world;
  life.gates.splice(life.gates.indexOf(gate), 1);
  if (end !== 'well') world.faultsLeft -= 1;
  await gate.go(end);
  if (end !== 'crash') return;
  for (const text of world.unsettled) doubt(world, text);
  world.unsettled.clear();
  world.crashes += 1;
  world.life = startLife(world);
}

/** When nobody can do anything, it is because something is not due yet. */
function letTimePass(world: World): boolean {
  const due = world.desk.dueAt();
  if (due === null || due <= world.now) return false;
  world.now = due;
  return true;
}

/** Begins everything that can begin: each person's next deed, the bot's work, a stroke of the clock. */
function begin(world: World): void {
  const { desk, life } = world;
  const due = desk.dueAt();
  if (due !== null && due <= world.now) run(world, 'work', () => work(world, life));
  const isPosted = desk.changes.some(({ command }) => command === 'post');
  world.isFree ||= isPosted && due === null && life.underWay.size === 0;
  for (const who of ['ada', 'ana', 'bo'] as const) {
    const deed = world.deeds.find((one) => one.who === who && !world.told.has(one.id));
    if (deed === undefined || !canBegin(world, deed)) continue;
    run(world, who, () => (who === 'ada' ? say(world, life, deed) : act(world, life, deed)));
  }
  // A claim lasts longer than any sending: hours pass between sendings, not within one.
  const sends = life.underWay.has('work') || life.underWay.has('ada');
  if (world.ticksLeft > 0 && world.isFree && world.roots.length > 0 && !sends) {
    run(world, 'clock', () => strike(world, life));
  }
}

/** Agents act in the thread; nobody does before it is there, except who opens the ticket. */
function canBegin({ isFree, roots }: World, { who, command }: Deed): boolean {
  return command.do === 'open' || (isFree && (who === 'ada' || roots.length > 0));
}

/** A task that fails is begun again: Teams repeats what it got no answer to, and the bot has its rounds. */
function run({ life }: World, name: string, task: () => Promise<unknown>): void {
  if (life.underWay.has(name)) return;
  life.underWay.add(name);
  task()
    .catch((error: unknown) => {
      if (error !== lost && !(error instanceof TurnConflict || error instanceof TicketConflict)) throw error;
    })
    .finally(() => life.underWay.delete(name));
}

const lost = new Error('the connection was lost');

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

function doubt({ doubts }: World, text: string): void {
  doubts.set(text, (doubts.get(text) ?? 0) + 1);
}

function startLife(world: World): Life {
  const life: Life = { gates: [], underWay: new Set(), turn: (context) => turn(context) };
  const turn = createTurn({
    store: turnsOf(world, life),
    receive: async () => ({ kind: 'arrived' }),
    conduct: async ({ activity }, _key, _received, loaded) => ({
      ...{ state: null, cases: [], events: [], report: null, checkCodes: [] },
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

async function say(world: World, life: Life, { id }: Deed): Promise<void> {
  const [channelId = '', conversation = ''] = chat.split('/');
  const activity = { type: 'message', id, channelId, conversation: { id: conversation } };
  await life.turn({ activity, turnState: new Map() } as unknown as TurnContext);
  world.told.set(id, 'changed');
}

async function act(world: World, life: Life, { id, who, command }: Deed): Promise<void> {
  if (who === 'ada' || command.do === 'open') throw new Error('only agents act here');
  const source = { conversation: 'msteams/19:helpdesk', activityId: id };
  const parts = { ...partsOf(world), store: ticketsOf(world, life) };
  const { kind } = await changeTicket(parts, ticketId, command, { side: 'helpdesk', ...agents[who] }, source);
  world.told.set(id, kind);
}

async function strike(world: World, life: Life): Promise<void> {
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
async function work(world: World, life: Life): Promise<void> {
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
