import { deepEqual, equal, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { emptyForm } from '../../src/domain/share.ts';
import { step as anyStep } from '../domain/builders.ts';
import { partsOfType, pressesOf, textOf } from './card-parts.ts';
import { listedTickets } from './handoff-samples.ts';
import { binding, currentCase, finding, richCase } from './samples.ts';

const cards = createCards(loadWording('en'));
const form = { form: emptyForm, queue: null, timeZone: null };

describe('asking for a person', () => {
  it('says that nobody is told by itself, and whom to tell', () => {
    const named = textOf(cards.person(binding, { ...form, contact: 'extension 4711' }).content);
    ok(named.includes('nobody is told by itself'));
    ok(named.includes('You reach them here: extension 4711'));
    ok(textOf(cards.person(binding, { ...form, contact: null }).content).includes('your usual IT support'));
  });

  it('can go on without a word', () => {
    const [note] = partsOfType(cards.person(binding, { ...form, contact: null }).content, 'Input.Text');
    equal(note?.isRequired, undefined);
    equal(note?.id, 'value');
  });
});

describe('a ticket', () => {
  it('shows its number, and that it is up to the person to get in touch', () => {
    const text = textOf(cards.ticket({ id: 'HS-42', contact: '+1 555 0100' }).content);
    ok(text.includes('HS-42'));
    ok(text.includes('saved here'));
    ok(text.includes('nobody is told by itself'));
    ok(text.includes('contact the helpdesk yourself and name the number. You reach them here: +1 555 0100'));
  });

  it('leads to the usual support where no helpdesk is named', () => {
    ok(textOf(cards.ticket({ id: 'HS-42', contact: null }).content).includes('your usual IT support'));
  });
});

describe('a step that the person cannot do', () => {
  const step = { ...anyStep('cipher-policy', 'end'), needs: ['administrator', 'restart'] } as const;
  const failures = [finding('cipher-suites.dhe-only', 'fail')];
  const card = cards.cannot(binding, { article: 'onedrive-sign-in', step, failures });

  it('tells the helpdesk what is wrong, what mends it, and what that needs', () => {
    const text = textOf(card.content);
    ok(text.includes('relies on cipher suites that Microsoft has retired'));
    ok(text.includes('Step: \nCheck the policy "SSL Cipher Suite Order"'));
    ok(text.includes('It needs: \nan administrator account and a restart'));
  });

  it('offers the person first, and the way on without it second', () => {
    deepEqual(pressesOf(card.content), ['person', 'go-on', 'back']);
  });
});

describe('a solved case', () => {
  it('can say what helped, or that something else did, or that nobody knows', () => {
    const card = cards.solved(binding, {
      choices: [{ value: 'restart', title: 'Restart the computer' }],
      checkFirst: false,
    });
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
  const none = { tickets: [], now: new Date(0) };
  const text = textOf(
    cards.status(binding, { case: richCase, place: { at: 'node', node: 'clock', agreed: false }, ...none })
      .content,
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

  it('lists the tickets with state, age, and what can be done to each', () => {
    const about = { case: richCase, place: null, ...listedTickets(binding) };
    const { content } = cards.status(binding, about);
    ok(textOf(content).includes('HS-3K7Q2A  \n☎ Picked up, sent 2 hours ago'), textOf(content));
    for (const press of ['ticket-withdraw', 'ticket-confirm', 'ticket-reopen', 'person']) {
      ok(pressesOf(content).includes(press), press);
    }
  });

  it('of a long case shows the last twelve steps and counts the earlier ones', () => {
    const tried = Array.from({ length: 15 }, () => ({ node: 'clock', answer: 'broken' }));
    const long = textOf(
      cards.status(binding, { case: currentCase({ tried }), place: null, ...none }).content,
    );
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
