import { deepEqual, equal, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { partsOfType, pressesOf, textOf } from './card-parts.ts';
import { binding, currentCase, richCase } from './samples.ts';

const cards = createCards(loadWording('en'));

describe('asking for a person', () => {
  it('shows what is passed on before it is passed on', () => {
    const text = textOf(cards.person(binding, { case: richCase, contact: null }).content);
    for (const part of ['0x8004de40', 'Windows 8.1', 'Your 3 answers in the guide', 'Your report']) {
      ok(text.includes(part), part);
    }
  });

  it('says that there is no report rather than nothing', () => {
    ok(
      textOf(cards.person(binding, { case: currentCase(), contact: null }).content).includes(
        'no report from your PC',
      ),
    );
  });

  it('can be sent without a word', () => {
    const [note] = partsOfType(
      cards.person(binding, { case: currentCase(), contact: null }).content,
      'Input.Text',
    );
    equal(note?.isRequired, undefined);
    equal(note?.id, 'value');
  });
});

describe('a ticket', () => {
  it('shows its number, and does not claim that somebody has read it', () => {
    const text = textOf(cards.ticket({ id: 'HS-42', contact: null }).content);
    ok(text.includes('HS-42'));
    ok(text.includes('has to pick it up'));
  });

  it('names a faster way only where there is one', () => {
    ok(textOf(cards.ticket({ id: 'HS-42', contact: '+1 555 0100' }).content).includes('+1 555 0100'));
    ok(!textOf(cards.ticket({ id: 'HS-42', contact: null }).content).includes('urgent'));
  });
});

describe('a solved case', () => {
  it('can say what helped, or that something else did, or that nobody knows', () => {
    const card = cards.solved(binding, { choices: [{ value: 'restart', title: 'Restart the computer' }] });
    const [input] = partsOfType(card.content, 'Input.ChoiceSet');
    const values = Object(input?.choices).map((choice: { value: string }) => choice.value);
    deepEqual(values, ['restart', 'other', 'unknown']);
  });

  it('opens again with one press', () => {
    const card = cards.closed(binding, { outcome: { kind: 'solved', helped: 'restart', proof: 'word' } });
    deepEqual(pressesOf(card.content), ['reopen', 'start-over', 'person']);
  });
});

describe('the status', () => {
  const text = textOf(
    cards.status(binding, { case: richCase, place: { at: 'node', node: 'clock', agreed: false } }).content,
  );

  it('names what is known, where we are and the ticket', () => {
    for (const part of ['0x8004de40', 'Windows 8.1', 'read, it shows a problem', 'HS-20261124-3K7Q']) {
      ok(text.includes(part), part);
    }
    ok(text.includes('the guide, at "Check the date and the time"'));
  });

  it('lists the tried steps with their answers, those of questions in their own words', () => {
    ok(text.includes('Check the internet connection (still broken)'));
    ok(text.includes('(No, neither of them)'));
  });

  it('of a long case shows the last twelve steps and counts the earlier ones', () => {
    const tried = Array.from({ length: 15 }, () => ({ node: 'clock', answer: 'broken' }));
    const long = textOf(cards.status(binding, { case: currentCase({ tried }), place: null }).content);
    ok(long.includes('3 earlier steps'));
    equal(long.split('Check the date and the time').length - 1, 12);
  });
});

describe('a card that was answered', () => {
  it('keeps its title and the answer, and nothing that can be pressed', () => {
    const card = cards.answered({ title: 'Which Windows is it?', answer: 'Windows 11' });
    equal(textOf(card.content), 'Which Windows is it?\n✓ You answered:\n Windows 11');
    equal(card.content.actions, undefined);
  });

  it('says when the conversation went on otherwise', () => {
    equal(textOf(cards.answered({ title: 'T', answer: null }).content), 'T\n✓ Continued below');
  });
});
