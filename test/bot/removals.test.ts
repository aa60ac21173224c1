import assert from 'node:assert/strict';
import type { Activity, TurnContext } from 'botbuilder';
import { withRemovals } from '../../src/bot/removals.ts';

const ada = '0a0a0a0a-1111-4222-8333-444444444444';

/** Who left, and how many turns were taken. */
async function follow(activity: object) {
  const left: string[] = [];
  let turns = 0;
  const turn = withRemovals(
    async () => {
      turns += 1;
    },
    async (id) => void left.push(id),
  );
  const from = { id: '29:ada', aadObjectId: ada.toUpperCase() };
  const chat = { recipient: { id: '28:bot' }, from, conversation: { conversationType: 'personal' } };
  await turn({ activity: { ...chat, ...activity } as unknown as Activity } as TurnContext);
  return { left, turns };
}

describe('Somebody who takes the app out', () => {
  it('has left, whichever of its two words Teams says', async () => {
    const gone = { left: [ada], turns: 0 };
    assert.deepEqual(await follow({ type: 'installationUpdate', action: 'remove' }), gone);
    assert.deepEqual(await follow({ type: 'conversationUpdate', membersRemoved: [{ id: '28:bot' }] }), gone);
  });

  it('has not, where another member goes, the app comes, or it goes out of a channel', async () => {
    const stays = { left: [], turns: 1 };
    assert.deepEqual(await follow({ type: 'conversationUpdate', membersRemoved: [{ id: '29:ben' }] }), stays);
    assert.deepEqual(await follow({ type: 'installationUpdate', action: 'add' }), stays);
    const channel = { conversationType: 'channel' };
    const removed = await follow({ type: 'installationUpdate', action: 'remove', conversation: channel });
    assert.deepEqual(removed.left, []);
  });
});
