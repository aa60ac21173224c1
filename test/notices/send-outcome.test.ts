import assert from 'node:assert/strict';
import { type Consequence, consequenceOf, type SendOutcome } from '../../src/notices/send-outcome.ts';

const usual = { serviceUrl: 'https://smba.trafficmanager.net/teams/', conversation: { id: 'a:1' } };
const gcc = 'https://smba.infra.gcc.teams.microsoft.com/teams/';
const known = { attempts: 1, reference: usual, entraId: 'e-1' };

describe('What becomes of a delivery', () => {
  /** The reasons that Teams gives with a 403, each with what it says of the person. */
  const forbidden: readonly (readonly [code: string, consequence: Consequence])[] = [
    ['BotDisabledByAdmin', { state: 'blocked', reason: 'BotDisabledByAdmin', reach: 'disabled' }],
    [
      'ConversationBlockedByUser',
      { state: 'blocked', reason: 'ConversationBlockedByUser', reach: 'blocked', forget: true },
    ],
    [
      'MessageWritesBlocked',
      { state: 'blocked', reason: 'MessageWritesBlocked', reach: 'blocked', forget: true },
    ],
    [
      'BotNotInConversationRoster',
      { state: 'failed', reason: 'BotNotInConversationRoster', reach: 'removed', forget: true },
    ],
    [
      'ForbiddenOperationException',
      { state: 'failed', reason: 'ForbiddenOperationException', reach: 'not-installed' },
    ],
    ['InvalidBotApiHost', { state: 'queued', wait: 0, reference: { ...usual, serviceUrl: gcc } }],
  ];
  for (const [code, consequence] of forbidden) {
    it(`after 403 ${code}: ${consequence.state}`, () => {
      assert.deepEqual(consequenceOf({ kind: 'refused', status: 403, code }, known), consequence);
    });
  }

  it('the other host is tried once', () => {
    const again = { ...known, attempts: 2, reference: { ...usual, serviceUrl: gcc } };
    const outcome: SendOutcome = { kind: 'refused', status: 403, code: 'InvalidBotApiHost' };
    assert.deepEqual(consequenceOf(outcome, again), { state: 'failed', reason: 'InvalidBotApiHost' });
  });

  it('only what proves that nothing happened is repeated, however often', () => {
    for (const attempts of [1, 5, 40]) {
      const throttled: SendOutcome = { kind: 'throttled', retryAfterSeconds: 7 };
      assert.deepEqual(consequenceOf(throttled, { ...known, attempts }), { state: 'queued', wait: 7 });
      const later = consequenceOf({ kind: 'later', retryAfterSeconds: 5 }, { ...known, attempts });
      assert.equal(later.state, 'queued');
      const lost: SendOutcome = { kind: 'unknown', reason: '502' };
      assert.deepEqual(consequenceOf(lost, { ...known, attempts }), { state: 'unknown', reason: '502' });
    }
  });

  it('a conversation that is gone is made anew by Entra id, where there is one', () => {
    const gone: SendOutcome = { kind: 'refused', status: 404, code: 'ConversationNotFound' };
    assert.deepEqual(consequenceOf(gone, known), { state: 'queued', wait: 0, forget: true });
    const nameless = { ...known, entraId: null };
    const failed = { state: 'failed', reason: 'ConversationNotFound', forget: true };
    assert.deepEqual(consequenceOf(gone, nameless), failed);
    const uninstalled = { state: 'failed', reason: 'not-installed', reach: 'not-installed' };
    assert.deepEqual(consequenceOf(gone, { ...known, reference: null }), uninstalled);
  });

  it('what is too big or malformed has failed for good', () => {
    const tooBig: SendOutcome = { kind: 'refused', status: 413, code: 'MessageSizeTooBig' };
    assert.deepEqual(consequenceOf(tooBig, known), { state: 'failed', reason: 'MessageSizeTooBig' });
  });
});
