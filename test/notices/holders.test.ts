import assert from 'node:assert/strict';
import { planCards } from '../../src/notices/card-plan.ts';
import type { PlannedCard } from '../../src/notices/card-store.ts';
import { createHoldersOf } from '../../src/notices/holders.ts';
import { notice } from '../domain/notice-builders.ts';
import { createClock } from '../doubles/clock.ts';
import { person } from './notice-world.ts';

const known = ['ada', 'bob', 'cleo', 'dan'].map((id) => person(id).person);

describe('those who may approve', () => {
  it('are the people that the settings name, and the members of groups, each once and if the bot knows them', async () => {
    const { ids } = createDirectory({ team: ['cleo', 'bob', 'stranger'] });
    assert.deepEqual(await ids(), ['bob', 'cleo']);
  });

  it('are read from the directory once in five minutes', async () => {
    const { ids, asked, pass } = createDirectory({ team: ['cleo'] });
    await ids();
    await ids();
    pass(5 * 60_000);
    await ids();
    assert.deepEqual(asked, ['team', 'team']);
  });

  it('stay those of before while the directory does not answer, and somebody hears of it', async () => {
    const groups: Record<string, string[]> = { team: ['cleo'] };
    const { ids, unanswered, pass } = createDirectory(groups);
    await ids();
    delete groups.team;
    pass(5 * 60_000);
    assert.deepEqual(await ids(), ['bob', 'cleo']);
    assert.deepEqual(unanswered, ['team']);
  });
});

describe('cards that nobody asked for', () => {
  const awaiting = notice('awaiting-approval', { submitter: { id: 'BOB', name: 'Bob' } });

  it('go to those who may approve, but not to whoever wrote it or sent it for approval', async () => {
    const planned = await plan({ awaiting: [awaiting] });
    assert.deepEqual(planned, ['waiting cleo 3', 'waiting dan 3']);
  });

  it('go to whoever wrote it and whoever sent it for approval, when its sending begins', async () => {
    const begun = notice('sending', { submitter: { id: 'BOB', name: 'Bob' } });
    assert.deepEqual(await plan({ begun: [begun] }), ['progress ada 0', 'progress bob 0']);
  });

  it('go to whoever wrote it and whoever sent it for approval, when it was rejected or stopped by itself', async () => {
    const rejected = notice('draft', { submitter: { id: 'BOB', name: 'Bob' } });
    assert.deepEqual(await plan({ untold: [rejected, notice('halted', { id: 'n2', version: 7 })] }), [
      'news ada 3',
      'news bob 3',
      'news ada 7',
    ]);
  });

  it('go to nobody who cannot be written to', async () => {
    const gone = {
      approvers: [person('cleo', {}, { reach: 'removed' }), person('dan', {}, { reference: null })],
    };
    assert.deepEqual(await plan({ awaiting: [awaiting], ...gone }), []);
  });
});

function createDirectory(groups: Readonly<Record<string, readonly string[]>>) {
  const clock = createClock();
  const asked: string[] = [];
  const unanswered: string[] = [];
  const holdersOf = createHoldersOf({
    holders: {
      ...{ author: [], auditor: [] },
      approver: [
        { kind: 'group', id: 'team' },
        { kind: 'person', id: 'bob' },
      ],
    },
    people: {
      page: async ({ ids }) =>
        known.filter(({ id }) => ids?.includes(id)).map((each) => ({ person: each, devices: [] })),
    },
    async membersOf(group) {
      asked.push(group);
      const members = groups[group];
      if (members === undefined) throw new Error('nobody answers');
      return new Set(members);
    },
    now: () => new Date(clock.now()),
    unanswered: (group) => unanswered.push(group),
  });
  const ids = async () => (await holdersOf('approver')).map(({ id }) => id);
  return { ids, asked, unanswered, pass: clock.advance };
}

async function plan({
  awaiting = [],
  begun = [],
  untold = [],
  approvers = ['bob', 'cleo', 'dan'].map((id) => person(id)),
}: {
  awaiting?: readonly ReturnType<typeof notice>[];
  begun?: readonly ReturnType<typeof notice>[];
  untold?: readonly ReturnType<typeof notice>[];
  approvers?: readonly ReturnType<typeof person>[];
}): Promise<readonly string[]> {
  const planned: PlannedCard[] = [];
  await planCards({
    store: {
      plan: async (cards) => planned.push(...cards),
      listAwaiting: async () => awaiting,
      listUnshown: async () => begun,
      listUntold: async () => untold,
    },
    approvers: async () => approvers.map((each) => each.person),
    find: async (id) => known.find((each) => each.id === id) ?? null,
    now: () => new Date('2026-11-24T12:00:00Z'),
  });
  return planned.map(({ kind, official, version }) => `${kind} ${official} ${version}`);
}
