import { deepEqual, equal, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import { nameOs } from '../../src/cards/os-name.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { allOs } from '../../src/domain/os.ts';
import { type Part, partsOf, partsOfType, pressesOf, textOf } from './card-parts.ts';
import { binding } from './samples.ts';

const wording = loadWording('en');
const cards = createCards(wording);

describe('the first words', () => {
  it('promise that no password is asked for, and name the way to a person', () => {
    const text = textOf(cards.greeting({ group: false }).content);
    ok(text.includes('never ask for a password'));
    ok(text.includes('talk to a person'));
  });

  it('say in a group that everyone can read along', () => {
    ok(textOf(cards.greeting({ group: true }).content).includes('Everyone here can read'));
  });
});

describe('the question for the error code', () => {
  const choices = choicesOf(
    cards.code(binding, { codes: ['0x8004de40', '0x8004de88', '0x8004dfff'] }).content,
  );

  it('explains the codes that are known, and names the others as they are', () => {
    deepEqual(
      choices.map(({ title }) => title),
      [
        "0x8004de40: Can't sign in, the login was interrupted",
        "0x8004de88: Can't sign in, try again later",
        '0x8004dfff',
        "I don't know, or another code",
      ],
    );
  });

  it('takes "I don\'t know" for an answer', () => {
    equal(choices.at(-1)?.value, 'unknown');
  });

  it('is a list to tick while it is short, and a menu when it is long', () => {
    const styleOf = (codes: number) =>
      styleOfChoices(Array.from({ length: codes }, (_, index) => `0x${index}`));
    equal(styleOf(2), 'expanded');
    equal(styleOf(11), 'compact');
  });

  function styleOfChoices(codes: readonly string[]): unknown {
    return partsOfType(cards.code(binding, { codes }).content, 'Input.ChoiceSet')[0]?.style;
  }
});

describe('the question for the operating system', () => {
  it('offers every system, the newest first, and "I don\'t know" last', () => {
    const choices = choicesOf(cards.os(binding).content);
    deepEqual(
      choices.map(({ value }) => value),
      allOs,
    );
    equal(choices[0]?.title, 'Windows 11');
    equal(choices.at(-1)?.title, "I don't know");
  });

  it('calls no two systems by the same name', () => {
    equal(new Set(allOs.map((os) => nameOs(wording, os))).size, allOs.length);
  });
});

describe('the choice of the way', () => {
  it('puts the check first', () => {
    const card = cards.way(binding, { code: '0x8004de40', os: 'windows-8.1' });
    deepEqual(pressesOf(card.content), ['choose-check', 'choose-guide', 'back', 'person']);
  });

  it('repeats what is known, and leaves out what is not', () => {
    ok(
      textOf(cards.way(binding, { code: '0x8004de40', os: 'windows-8.1' }).content).includes(
        '0x8004de40 · Windows 8.1',
      ),
    );
    ok(!/unknown|don't know/.test(textOf(cards.way(binding, { code: 'unknown', os: 'unknown' }).content)));
  });
});

describe('a code that has no article', () => {
  it('leads to the official page when there is one', () => {
    const about = {
      code: '0x8004def7',
      kind: 'known',
      meaning: 'The storage is full.',
      link: 'https://a.example/p',
    } as const;
    const text = textOf(cards.otherCode(binding, about).content);
    ok(text.includes('The storage is full.'));
    ok(text.includes('(https://a.example/p)'));
  });

  it('puts the person first', () => {
    const about = { code: '0x8004def0', kind: 'unconfirmed', meaning: null, link: null } as const;
    deepEqual(pressesOf(cards.otherCode(binding, about).content), ['person', 'back']);
  });
});

function choicesOf(content: unknown): readonly Part[] {
  const [input] = partsOf(content).filter(({ type }) => type === 'Input.ChoiceSet');
  return input?.choices as readonly Part[];
}
