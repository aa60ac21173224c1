import assert from 'node:assert/strict';
import { newConversation, readConversation } from '../../src/bot/conversation.ts';
import { openCase } from '../../src/domain/case.ts';

describe('A saved conversation', () => {
  it('is what it was', () => {
    const saved = { ...newConversation(), serial: 7, case: openCase('CASE', 'onedrive-sign-in') };
    assert.deepEqual(readConversation(JSON.parse(JSON.stringify(saved))), saved);
  });

  it('begins empty where there is none', () => {
    assert.deepEqual(readConversation(null), newConversation());
  });

  it('of an older version keeps what it knows, and begins empty in what it did not know', () => {
    const { checkCodes: _, earlier: __, doubts: ___, ...older } = openCase('CASE', 'onedrive-sign-in');
    const examined = { reportId: 'r', diagnosis: { verdict: 'fail' } };
    const saved = { serial: 7, case: { ...older, code: '0x8004de40', examined } };
    const read = readConversation(saved);
    assert.deepEqual(read.case, { ...openCase('CASE', 'onedrive-sign-in'), code: '0x8004de40' });
    assert.deepEqual([read.serial, read.pending], [7, null]);
  });
});
