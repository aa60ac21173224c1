import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Card } from '../../src/cards/card.ts';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { pressesOf, textOf } from './card-parts.ts';
import { evidenceCards } from './evidence-samples.ts';
import { binding } from './samples.ts';

const drawn = new Map(evidenceCards(createCards(loadWording('en')), binding));

describe('before and after of a PC that was mended', () => {
  const text = textOf(cardOf('comparison, fixed').content);

  it('shows each change in a sign and in words, with the lines of both reports', () => {
    ok(text.includes('✔ Fixed: \nCipher suites'));
    ok(/Before\n✖ Problem: .*TLS_DHE_RSA.*After\n✔ Fine: .*TLS_ECDHE_RSA/s.test(text));
  });

  it('says when both were made, and that nothing is left', () => {
    ok(text.includes('November 24, 2026 at 7:39 AM UTC'));
    ok(text.includes('November 24, 2026 at 9:05 AM UTC'));
    ok(text.includes('What is left\nNothing that stops OneDrive.'));
  });

  it('leads to OneDrive, not to one more step', () => {
    ok(text.includes('Open OneDrive and sign in'));
    deepEqual(pressesOf(cardOf('comparison, fixed').content), [
      'works',
      'choose-guide',
      'check-again',
      'back',
      'person',
    ]);
  });
});

describe('before and after of a step without effect', () => {
  const text = textOf(cardOf('comparison, in vain').content);

  it('names the step, and why it may have changed nothing', () => {
    ok(text.includes('You did "Switch on the two cipher suites", without effect'));
    ok(text.includes('has not been restarted since, or a policy overwrites the setting'));
  });

  it('goes on to another step, and says who can change what a policy sets', () => {
    ok(/Recommended next step\nCheck the policy "SSL Cipher Suite Order"/.test(text));
    ok(/Who can change it: \n.*Group Policy or Intune/.test(text));
  });

  it('asks a person first where a policy leaves nothing to do on the PC', () => {
    equal(pressesOf(cardOf('comparison, greyed out').content)[0], 'person');
    equal(textOf(cardOf('comparison, greyed out').content).split('Turn off encryption support').length, 2);
  });
});

describe('before and after of a PC with much that changed', () => {
  it('shows six changes and counts the others', () => {
    const text = textOf(cardOf('comparison, much wrong').content);
    equal(text.split('✖ New: ').length - 1, 6);
    ok(/\d more checks changed too/.test(text));
  });
});

describe('a doubted report', () => {
  const says: readonly (readonly [card: string, words: string])[] = [
    ['result, of an old report', 'This report is from November 3, 2026'],
    ['result, from the future', 'The clock of that PC seems to be wrong.'],
    ['result, of another case', 'It carries the code of another case.'],
    ['result, of another device', 'It comes from another PC than your report before.'],
    ['result, of another account', 'an account that is not the one signed in to Windows'],
    ['result, of another account', 'a script that I never handed out'],
    ['result, changed', 'it cannot show that something is fixed'],
    ['result, changed', 'The check ran in a 32-bit window'],
  ];
  for (const [name, words] of says) {
    it(`says so in words: ${name}`, () => {
      const text = textOf(cardOf(name).content);
      ok(text.includes('⚠ About this report'));
      ok(text.includes(words), text);
    });
  }

  it('recommends and rules out nothing when it is not of now', () => {
    for (const name of ['result, of an old report', 'result, from the future']) {
      const { content } = cardOf(name);
      deepEqual(pressesOf(content), ['check-again', 'choose-guide', 'works', 'back', 'person']);
      ok(!textOf(content).includes('Steps that you can leave out'));
    }
  });

  it('of another case asks whose it is before anything else', () => {
    deepEqual(pressesOf(cardOf('result, of another case').content), [
      'claim-report',
      'disown-report',
      'back',
      'person',
    ]);
  });
});

function cardOf(name: string): Card {
  const card = drawn.get(name);
  ok(card, name);
  return card;
}
