import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { loadArticles } from '../../src/articles/load.ts';
import type { Card } from '../../src/cards/card.ts';
import { createCards } from '../../src/cards/cards.ts';
import { compileTemplates, listTemplates } from '../../src/cards/compile.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { partsOf, partsOfType, pressesOf } from './card-parts.ts';
import { rendererFaults, schemaFaults } from './card-schema.ts';
import { helpdeskCards } from './helpdesk-samples.ts';
import { noticeCards } from './notice-samples.ts';
import { binding, nodeCards, type Sample, sampleCards } from './samples.ts';

const used = new Set<string>();
const fill = compileTemplates();
const cards = createCards(loadWording('en'), (name, data) => {
  used.add(name);
  return fill(name, data);
});
const samples: readonly Sample[] = [
  ...sampleCards(cards),
  ...loadArticles().flatMap((article) => nodeCards(cards, article)),
];

describe('every card that the bot can show, those of all nodes of the articles included', () => {
  it('is valid by the schema of Adaptive Cards 1.5, of which only a safe part is used', () => {
    deepEqual(faults(schemaFaults), []);
  });

  it("is read by Microsoft's renderer without a complaint", () => {
    deepEqual(faults(rendererFaults), []);
  });

  it('stays under 25 KB', () => {
    deepEqual(
      faults((content) => (bytesOf(content) < 25_000 ? [] : [bytesOf(content)])),
      [],
    );
  });

  it('has no hole left by its template', () => {
    deepEqual(
      faults((content) => JSON.stringify(content).match(/\$\{|null|undefined/g) ?? []),
      [],
    );
  });

  it('says its title in the heading, and in place of the card where it cannot be drawn', () => {
    for (const { name, card } of samples) {
      equal(partsOf(card.content).find(({ style }) => style === 'heading')?.text, card.title, name);
      equal(card.content.fallbackText, card.title, name);
    }
  });

  it('ties every button to this showing', () => {
    const strangers = faults((content) =>
      partsOfType(content, 'Action.Submit').filter(({ data }) => Object(data).binding !== binding),
    );
    deepEqual(strangers, []);
  });

  it('never tells by colour alone', () => {
    const wordless = faults((content) =>
      partsOf(content).filter(({ color, text }) => isMeaning(color) && !/\p{Letter}/u.test(String(text))),
    );
    deepEqual(wordless, []);
  });

  it('keeps markdown out of the texts in which Teams would read it', () => {
    const marked = faults((content) =>
      partsOfType(content, 'TextBlock')
        .map(({ text }) => String(text).replace(/\[[^\]]*\]\([^)\s]*\)/g, ''))
        .filter((text) => /[*_`[\]\\<>#]|^\s*\d+\./.test(text)),
    );
    deepEqual(marked, []);
  });
});

/** Presses that need what was filled in. */
const takesInput = [
  ...['choose-code', 'choose-os', 'option', 'send-ticket', 'share', 'helped'],
  ...['ticket-note', 'ticket-rate'],
];

describe('a card that waits for an answer', () => {
  it('offers a person', () => {
    const asking = samples.filter(({ interactive }) => interactive);
    const lonely = asking.filter(
      ({ card }) =>
        !/"(person|send-ticket|share|ticket-note|ticket-reopen)"/.test(JSON.stringify(card.content)),
    );
    ok(asking.length > 40);
    deepEqual(
      lonely.map(({ name }) => name),
      [],
    );
  });

  it('lets people go back, ask for a person and the like with its inputs left empty', () => {
    for (const { name, card } of samples.filter(({ card }) => hasInput(card))) {
      for (const { data, associatedInputs } of partsOfType(card.content, 'Action.Submit')) {
        const { press } = Object(data);
        equal(associatedInputs, takesInput.includes(press) ? 'auto' : 'none', `${name}: ${press}`);
      }
    }
  });
});

describe('a card that only tells', () => {
  it('has nothing to press', () => {
    const telling = samples.filter(({ interactive }) => !interactive);
    ok(telling.length > 4);
    deepEqual(
      telling.flatMap(({ card }) => pressesOf(card.content)),
      [],
    );
  });
});

describe('the folder of templates', () => {
  it('holds no template that no card uses', () => {
    helpdeskCards(cards);
    noticeCards(cards);
    deepEqual([...used].sort(), [...listTemplates()].sort());
  });

  it('is asked in vain for a template that it does not have', () => {
    throws(() => fill('no-such-card', {}), /cards\/; add no-such-card\.json/);
  });
});

/** What a check finds in all cards, each finding with the name of its card. */
function faults(check: (content: Card['content']) => readonly unknown[]): readonly unknown[] {
  return samples.flatMap(({ name, card }) => check(card.content).map((fault) => [name, fault]));
}

function bytesOf(content: unknown): number {
  return Buffer.byteLength(JSON.stringify(content));
}

/** The accent only decorates numbers and dots. */
function isMeaning(color: unknown): boolean {
  return color !== undefined && color !== 'Default' && color !== 'Accent';
}

function hasInput(card: Card): boolean {
  return partsOf(card.content).some(({ id }) => id === 'value');
}
