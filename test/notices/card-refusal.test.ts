import assert from 'node:assert/strict';
import { lossOf } from '../../src/notices/card-refusal.ts';

const shown = { activityId: '1:card', reference: { conversation: { id: 'a:1' } } };

// What Teams said to an edit, and what follows for the person beside the end of this card.
const cases = [
  ['403 ConversationBlockedByUser', { reach: 'blocked', forget: true }],
  ['403 MessageWritesBlocked', { reach: 'blocked', forget: true }],
  ['403 BotDisabledByAdmin', { reach: 'disabled' }],
  ['403 BotNotInConversationRoster', { reach: 'removed', forget: true }],
  ['403 ForbiddenOperationException', { reach: 'not-installed' }],
  ['404 ConversationNotFound', { forget: true }],
  ['404 ActivityNotFoundInConversation', {}],
  ['404', {}],
  ['413 MessageSizeTooBig', {}],
  ['untrusted-service-url', {}],
] as const;

describe('A card that Teams refuses', () => {
  for (const [reason, loss] of cases) {
    it(`with ${reason} says of its administrator: ${JSON.stringify(loss)}`, () => {
      assert.deepEqual(lossOf(reason, shown), loss);
    });
  }

  it('and that was not sent yet, has no chat to go to', () => {
    assert.deepEqual(lossOf('404', { ...shown, activityId: null }), { forget: true });
  });
});
