import assert from 'node:assert/strict';
import { loadWording } from '../../src/cards/wording.ts';
import type { ConnectorHealth } from '../../src/helpdesk/connector.ts';
import { checkConnectors, listDeadLetters, retryDeadLetter } from '../../src/helpdesk-commands.ts';

const { text } = loadWording('en');

describe('handshake helpdesk', () => {
  let lines: string[];
  const write = (line: string) => void lines.push(line);
  beforeEach(() => {
    lines = [];
  });

  it('check: says how each connector is, and fails when one is unwell', async () => {
    const desk = connector('desk', { kind: 'well' });
    const mail = connector('mail', { kind: 'unwell', reason: 'smtp 535' });
    assert.equal(await checkConnectors([desk], text, write), 0);
    assert.equal(await checkConnectors([desk, mail], text, write), 1);
    assert.deepEqual(lines, ['desk: well', 'desk: well', 'mail: smtp 535']);
  });

  it('check: without any says where to look', async () => {
    assert.equal(await checkConnectors([], text, write), 0);
    assert.match(lines[0] ?? '', /docs\/helpdesk\.md/);
  });

  it('dead: lists what could not be brought over, and says what to do', async () => {
    const letter = {
      ...{ eventId: 'HS-1/0/1', connector: 'desk', ticketId: 'HS-1', kind: 'opened' as const },
      ...{ attempts: 1, reason: 'http-400', at: new Date('2026-11-24T09:30:00Z') },
    };
    assert.equal(await listDeadLetters({ deadLetters: async () => [letter] }, text, write), 0);
    assert.deepEqual(lines, [
      'desk  HS-1/0/1  opened  2026-11-24T09:30:00.000Z  1 attempt  http-400',
      'Mend the cause, then: handshake helpdesk retry CONNECTOR EVENT',
    ]);
  });

  it('dead: says so when there is none', async () => {
    await listDeadLetters({ deadLetters: async () => [] }, text, write);
    assert.deepEqual(lines, ['No event is a dead letter.']);
  });

  it('retry: gives a dead letter another chance, and fails when it is none', async () => {
    const store = { revive: async (name: string) => name === 'desk' };
    assert.equal(await retryDeadLetter(store, { connector: 'desk', event: 'HS-1/0/1' }, text, write), 0);
    assert.equal(await retryDeadLetter(store, { connector: 'mail', event: 'HS-1/0/1' }, text, write), 1);
    assert.deepEqual(lines, [
      'HS-1/0/1 goes to desk again, and then what waits behind it.',
      'mail has no dead letter HS-1/0/1; handshake helpdesk dead lists them.',
    ]);
  });
});

function connector(name: string, health: ConnectorHealth) {
  return {
    ...{ name, poll: null, receive: null, check: async () => health },
    deliver: async () => ({ kind: 'refused' as const, reason: 'none' }),
  };
}
