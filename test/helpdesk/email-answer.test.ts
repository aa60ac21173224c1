import assert from 'node:assert/strict';
import { answerOf } from '../../src/helpdesk/connectors/email-answer.ts';

const marker = '##- Please write your answer above this line -##';

describe('Of an answer by mail, what its writer wrote stays', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a mere answer', 'Please restart.\n\nThen try again.\n', 'Please restart.\n\nThen try again.'],
    [
      'with the old mail quoted below',
      'Please restart.\n\nOn Tue, Nov 24, 2026 at 9:30 Handshake <bot@example.org>\nwrote:\n\n> Hello\n> there',
      'Please restart.',
    ],
    ['down to our own line', `Yes.\n\nAm 24.11.2026 schrieb Handshake:\n> ${marker}\n> Hello`, 'Yes.'],
    [
      "above Outlook's header",
      'Yes.\r\n\r\nVon: Handshake <bot@example.org>\r\nGesendet: Dienstag\r\nAn: Desk\r\n\r\nHello',
      'Yes.',
    ],
    ["above Outlook's rule", 'Yes.\n\n________________________________\nFrom: Handshake\nHello', 'Yes.'],
    ['above an old mail', 'Yes.\n\n-----Original Message-----\nHello', 'Yes.'],
    [
      'between lines of the old mail',
      '> Which proxy?\nproxy.example\n> And the port?\n8080\n> Thanks',
      '> Which proxy?\nproxy.example\n> And the port?\n8080',
    ],
    ['without its signature', 'Yes.\n-- \nGrace\nService Desk', 'Yes.'],
    [
      'even when it ends with a colon',
      'Try these:\n\nipconfig /flushdns',
      'Try these:\n\nipconfig /flushdns',
    ],
    ['also a line with a colon above a quote', 'I mean this line:\n> TLS 1.2 is off', 'I mean this line:'],
    [
      'also when it begins with From, as a sentence',
      'From: here on it works.\nThanks',
      'From: here on it works.\nThanks',
    ],
    ['nothing, where nothing was written', `> ${marker}\n> Hello`, ''],
    ['nothing, where only a machine wrote', 'On 24 Nov Handshake <bot@example.org> wrote:\n> Hello', ''],
  ];
  for (const [what, mail, answer] of cases) {
    it(what, () => assert.equal(answerOf(mail, marker), answer));
  }

  it('is cut where it is too long for a chat', () => {
    assert.equal(answerOf('é'.repeat(12_000), marker).length, 10_000);
  });
});
