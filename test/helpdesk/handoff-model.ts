import { type Turn, TurnConflict } from '../../src/bot/turn.ts';
import type { HandoffCommand } from '../../src/domain/handoff.ts';
import { type Changed, TicketConflict } from '../../src/helpdesk/change.ts';
import { createMemoryDesk, type MemoryDesk } from '../doubles/memory-desk.ts';
import type { Choose } from './every-choice.ts';
import { act, doubt, lost, say, startLife, strike, work } from './handoff-life.ts';

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

export type World = Play & {
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
export type Life = { readonly gates: Gate[]; readonly underWay: Set<string>; readonly turn: Turn };

const faultsAt = {
  store: ['lost-answer', 'crash'],
  send: ['lost-answer', 'lost-request', 'busy', 'crash'],
} as const;

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
