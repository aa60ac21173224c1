import assert from 'node:assert/strict';
import { createRolesOf, type RoleParts } from '../../src/notices/roles.ts';
import { createClock } from '../doubles/clock.ts';

const [ada, bob, cleo] = ['ada', 'bob', 'cleo'].map((name) => `${name}-id`) as [string, string, string];

describe('The roles of notices', () => {
  it('belong to the people whom the settings name, however their id is written', async () => {
    const { rolesOf } = createWorld({ author: [person(ada)], approver: [person(bob), person(ada)] });
    assert.deepEqual(await rolesOf(ada.toUpperCase()), ['author', 'approver']);
    assert.deepEqual(await rolesOf(bob), ['approver']);
    assert.deepEqual(await rolesOf(cleo), []);
  });

  it('belong to nobody where the settings name nobody', async () => {
    const { rolesOf } = createWorld({});
    for (const id of [ada, '', '*']) assert.deepEqual(await rolesOf(id), []);
  });

  it('belong to the members of a group', async () => {
    const { rolesOf, members } = createWorld({ auditor: [group('audit')] });
    members.add('audit bob-id');
    assert.deepEqual(await rolesOf(bob), ['auditor']);
    assert.deepEqual(await rolesOf(ada), []);
  });

  it('end a minute after somebody left the group', async () => {
    const { rolesOf, members, clock } = createWorld({ author: [group('writers')] });
    members.add('writers ada-id');
    await rolesOf(ada);
    members.delete('writers ada-id');
    clock.advance(60_001);
    assert.deepEqual(await rolesOf(ada), []);
  });

  it('ask the group once for several actions within a minute', async () => {
    const world = createWorld({ author: [group('writers')], approver: [group('writers')] });
    await world.rolesOf(ada);
    const before = world.asked.length;
    await world.rolesOf(ada);
    assert.equal(world.asked.length, before);
  });

  describe('while a group cannot be asked', () => {
    it('are not given, and those by name stay', async () => {
      const world = createWorld({ author: [group('down')], approver: [group('down'), person(ada)] });
      assert.deepEqual(await world.rolesOf(ada), ['approver']);
      assert.deepEqual(world.unanswered, ['down']);
    });

    it('are asked again at the next action', async () => {
      const world = createWorld({ author: [group('down')] });
      await world.rolesOf(ada);
      await world.rolesOf(ada);
      assert.equal(world.asked.length, 2);
    });
  });
});

function person(id: string) {
  return { kind: 'person' as const, id };
}

function group(id: string) {
  return { kind: 'group' as const, id };
}

/** Members are `group person`; the group `down` never answers. */
function createWorld(holders: Partial<RoleParts['holders']>) {
  const clock = createClock();
  const members = new Set<string>();
  const asked: string[] = [];
  const unanswered: string[] = [];
  const rolesOf = createRolesOf({
    holders: { author: [], approver: [], auditor: [], ...holders },
    async inGroup(id, entraId) {
      asked.push(`${id} ${entraId}`);
      if (id === 'down') throw new Error('503');
      return members.has(`${id} ${entraId}`);
    },
    now: () => new Date(clock.now()),
    unanswered: (id) => unanswered.push(id),
  });
  return { rolesOf, members, asked, unanswered, clock };
}
