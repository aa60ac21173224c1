import assert from 'node:assert/strict';
import { createRoster, type RosterParts } from '../../src/helpdesk/roster.ts';

const ana = { id: 'entra-ana', channelId: '29:ana', name: 'Ana' };
const bo = { id: 'entra-bo', channelId: '29:bo', name: 'Bo' };

function roster(parts: Partial<RosterParts> = {}) {
  return createRoster({
    member: async (id) => [ana, bo].find((one) => one.channelId === id) ?? null,
    members: async () => [bo, ana],
    inGroup: null,
    now: () => new Date('2026-11-24T12:00:00Z'),
    ...parts,
  });
}

const fails = () => Promise.reject(new Error('no answer'));

describe('Who works on tickets', () => {
  it('is everyone in the channel, and nobody else', async () => {
    assert.equal(await roster().standing('29:ana'), 'agent');
    assert.equal(await roster().standing('29:eve'), 'stranger');
  });

  it('is, with a group, who is in both', async () => {
    const grouped = roster({ inGroup: async (id) => id === 'entra-ana' });
    assert.deepEqual(
      [await grouped.standing('29:ana'), await grouped.standing('29:bo')],
      ['agent', 'stranger'],
    );
    assert.equal(await grouped.find('Bo'), null);
  });

  it('is not known, rather than guessed, while Teams or Graph do not tell', async () => {
    assert.equal(await roster({ member: fails }).standing('29:ana'), 'unknown');
    assert.equal(await roster({ inGroup: fails }).standing('29:ana'), 'unknown');
  });

  it('can be chosen from by name or id, if the name is that of one', async () => {
    assert.deepEqual(await roster().people(), [
      { id: 'entra-ana', name: 'Ana' },
      { id: 'entra-bo', name: 'Bo' },
    ]);
    assert.equal((await roster().find(' bo '))?.id, 'entra-bo');
    assert.equal((await roster().find('entra-ana'))?.name, 'Ana');
    const twins = roster({ members: async () => [ana, { ...bo, name: 'Ana' }] });
    assert.equal(await twins.find('Ana'), null);
  });

  it('who has left since the list was made cannot be given a ticket', async () => {
    assert.equal(await roster({ member: async () => null }).find('Bo'), null);
  });
});
