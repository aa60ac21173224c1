import assert from 'node:assert/strict';
import fc from 'fast-check';
import sinon from 'sinon';
import { type HandoffCommand, isOver, ownerOf } from '../../src/domain/handoff.ts';
import { handOff } from '../../src/domain/handoff-change.ts';
import { withEveryChoice, withEveryFault } from './every-choice.ts';
import { agents } from './handoff-life.ts';
import { type Deed, type Played, playOut } from './handoff-model.ts';

const { ana, bo } = agents;
/** Choices that are tried in all combinations; what comes after them goes in order. */
const depth = Number(process.env.MODEL_DEPTH ?? 3);
const randomRuns = Number(process.env.MODEL_RUNS ?? 150);

describe('A handoff, whatever comes between', function () {
  this.timeout(60_000);
  // The real one leaves a timer behind for every sending, and these are many thousands.
  before(() => {
    sinon.stub(AbortSignal, 'timeout').callsFake(() => new AbortController().signal);
  });
  after(() => sinon.restore());

  const open = deed('ada', { do: 'open' });
  const opening = [open, deed('ada', { do: 'say', text: 'l1' }), deed('ana', { do: 'take', by: ana })];
  const talk = [
    open,
    deed('ana', { do: 'take', by: ana }),
    deed('bo', { do: 'take', by: bo }),
    deed('ada', { do: 'say', text: 'l1' }),
    deed('ana', { do: 'ask', by: ana, text: 'l2' }),
    deed('bo', { do: 'reply', by: bo, text: 'l3' }),
    deed('ada', { do: 'say', text: 'l4' }),
    deed('bo', { do: 'solve', by: bo, text: 'l5' }),
  ];
  const plays = [
    { name: 'while it is opened', play: { deeds: opening, ticks: 0, from: 'opening' } },
    { name: 'between two agents, the person and the clock', play: { deeds: talk, ticks: 2, from: 'queue' } },
  ] as const;

  for (const { name, play } of plays) {
    it(`keeps its promises ${name}: each fault at each step`, async () => {
      const runs = await withEveryFault(async (choose) => {
        keepsPromises(await playOut({ ...play, faults: 1 }, choose), play.deeds);
      });
      assert.ok(runs > 50, `only ${runs} faults`);
    });

    it(`keeps its promises ${name}: every order and any one fault, ${depth} deep`, async () => {
      const runs = await withEveryChoice(depth, async (choose) => {
        keepsPromises(await playOut({ ...play, faults: 1 }, choose), play.deeds);
      });
      assert.ok(runs > 10, `only ${runs} orders`);
    });
  }

  it('keeps them in long histories with several faults, in any order', async () => {
    const plays = fc.record({
      ada: fc.array(fc.constantFrom('say', 'report', 'withdraw', 'reopen', 'confirm', 'rate'), {
        maxLength: 6,
      }),
      ana: fc.array(fc.constantFrom(...agentCommands), { maxLength: 6 }),
      bo: fc.array(fc.constantFrom(...agentCommands), { maxLength: 6 }),
      ticks: fc.nat(3),
      faults: fc.nat(5),
      from: fc.constantFrom('opening' as const, 'queue' as const),
      choices: fc.array(fc.nat(10_000), { maxLength: 300 }),
    });
    const property = fc.asyncProperty(plays, async ({ ticks, faults, from, choices, ...people }) => {
      const deeds = [open, ...(['ada', 'ana', 'bo'] as const).flatMap((who) => deedsOf(who, people[who]))];
      let at = 0;
      const choose = (options: number) => (choices[at++] ?? 0) % options;
      keepsPromises(await playOut({ deeds, ticks, faults, from }, choose), deeds);
    });
    await fc.assert(property, { numRuns: randomRuns });
  });
});

const agentCommands = [
  'take',
  'assign',
  'reply',
  'note',
  'ask',
  'ask-check',
  'solve',
  'hand-back',
  'reject',
] as const;

function deed(who: Deed['who'], command: Deed['command'], at = 'text' in command ? command.text : ''): Deed {
  return { id: `${who} ${command.do} ${at}`, who, command };
}

function deedsOf(who: Deed['who'], names: readonly HandoffCommand['do'][]): readonly Deed[] {
  const [by, to] = who === 'ana' ? [ana, bo] : [bo, ana];
  return names.map((name, at) => {
    const given = { by, to, text: `${who}${at}`, stars: 4, verdict: `${who}${at}` };
    return deed(who, { do: name, ...given } as unknown as HandoffCommand, `${at}`);
  });
}

/** What nobody may see broken, however the parts of a handoff fall between each other. */
function keepsPromises(played: Played, deeds: readonly Deed[]): void {
  assert.equal(played.told.size, deeds.length, 'everybody gets an answer in the end');
  hasOneOwner(played);
  hasOneEffectForOneSource(played, deeds);
  losesNoLine(played);
  hasOneThread(played);
  hasAWayOut(played);
}

function hasOneOwner({ desk }: Played): void {
  desk.changes.forEach(({ ticket, command, by }, at) => {
    assert.equal(ticket.version, at, 'every change follows the one before it');
    const before = desk.changes[at - 1]?.ticket;
    const owner = before === undefined ? null : ownerOf(before);
    if (command === 'take')
      assert.ok(owner === null || owner.id === by.id, `${by.name} took it from another`);
  });
}

function hasOneEffectForOneSource({ desk, told }: Played, deeds: readonly Deed[]): void {
  const sources = desk.changes.flatMap(({ source }) => source?.activityId ?? []);
  assert.deepEqual(sources.length, new Set(sources).size, 'an activity was done twice');
  for (const { id, who } of deeds) {
    // One that was done and whose answer was lost may be refused as it comes again: the ticket has moved on by it.
    if (who !== 'ada' && told.get(id) !== 'refused') assert.ok(sources.includes(id), `${id} has no effect`);
  }
}

/** Every message of the history arrives, in order; only one whose end was in doubt comes again. */
function losesNoLine({ desk, shown, doubts }: Played): void {
  for (const to of ['person', 'thread'] as const) {
    const texts = desk.changes.flatMap(({ messages }) =>
      messages.filter((message) => message.to === to).map(({ activity }) => String(activity.text)),
    );
    const arrived = [...shown]
      .filter(([conversation]) => conversation.includes('messageid') === (to === 'thread'))
      .flatMap(([, all]) => all);
    const once = [...new Set(arrived)].filter((text) => texts.includes(text));
    assert.deepEqual(once, texts, `to the ${to}`);
    for (const text of texts) {
      const times = arrived.filter((one) => one === text).length;
      assert.ok(times <= 1 + (doubts.get(text) ?? 0), `${text} came ${times} times`);
    }
  }
}

/** A second root stands there only where nobody could know of the first, and says so. */
function hasOneThread({ desk, roots, doubts }: Played): void {
  const [kept] = [...desk.cards.values()];
  assert.ok(kept?.rootId, 'it has a thread');
  assert.equal(roots.at(-1)?.id, kept.rootId, 'and that is the newest one');
  assert.ok(roots.length <= 1 + (doubts.get('root') ?? 0), `${roots.length} roots`);
  assert.ok(
    roots.slice(1).every(({ mayStandTwice }) => mayStandTwice),
    'a second root is marked',
  );
}

function hasAWayOut({ desk }: Played): void {
  const [kept] = [...desk.cards.values()];
  assert.ok(kept);
  const { ticket, rootVersion, cardVersion } = kept;
  assert.notEqual(ticket.status.at, 'new', 'it is in front of the helpdesk');
  assert.deepEqual([rootVersion, cardVersion], [ticket.version, ticket.version], 'both cards show it');
  assert.ok(desk.outbox.every(({ state, lasting }) => state === 'sent' || (state === 'unknown' && !lasting)));
  const way = isOver(ticket) ? 'reopen' : 'withdraw';
  assert.equal(handOff(ticket, { do: way }, ticket.since).kind, 'changed');
}
