import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { partsOf, partsOfType, textOf } from './card-parts.ts';
import { rendererFaults } from './card-schema.ts';
import { helpdeskCards } from './helpdesk-samples.ts';

const samples = helpdeskCards(createCards(loadWording('en')));
const named = (name: string) => {
  const sample = samples.find((one) => one.name === name);
  ok(sample, name);
  return sample.card.content;
};
const actionsOf = (content: unknown) =>
  partsOfType(content, 'Action.Submit').map(({ data }) => (data as { agent: string }).agent);

describe('every card for agents', () => {
  it("is read by Microsoft's renderer without a complaint, and has no hole left by its template", () => {
    for (const { name, card } of samples) {
      deepEqual([name, rendererFaults(card.content)], [name, []]);
      equal(/\$\{|null|undefined/.exec(JSON.stringify(card.content)), null, name);
    }
  });

  it('stays under 25 KB, however much there is to tell', () => {
    for (const { name, card } of samples) {
      ok(Buffer.byteLength(JSON.stringify(card.content)) < 25_000, name);
    }
  });

  it('has a title as heading, and a label on every input', () => {
    for (const { name, card } of samples) {
      equal(partsOf(card.content).find(({ style }) => style === 'heading')?.text, card.title, name);
      const inputs = partsOf(card.content).filter(({ type }) => String(type).startsWith('Input.'));
      for (const { label, id } of inputs) ok(label, `${name}: ${id}`);
    }
  });

  it('ties every button to its ticket', () => {
    for (const { name, card } of samples) {
      for (const { data } of partsOfType(card.content, 'Action.Submit')) {
        const { ticket, seal, version } = Object(data);
        deepEqual([name, ticket, seal, version], [name, 'HS-3K7Q2A', 'seal', 3]);
      }
    }
  });

  it('keeps what people wrote out of the texts in which Teams would read markdown', () => {
    const written = ['Maria', 'Offers', '0x8004de40', 'Ana'];
    for (const { name, card } of samples) {
      for (const { text } of partsOfType(card.content, 'TextBlock')) {
        ok(!written.some((word) => String(text).includes(word)), `${name}: ${text}`);
      }
    }
  });
});

describe('the root of a ticket', () => {
  const all = ['ask-check', 'assign', 'hand-back', 'reject', 'reply', 'solve', 'transcript'];

  it('offers what its state allows', () => {
    deepEqual(actionsOf(named('helpdesk queued')).toSorted(), [...all, 'take'].toSorted());
    deepEqual(actionsOf(named('helpdesk taken')).toSorted(), all);
    deepEqual(actionsOf(named('helpdesk closed')), ['transcript']);
  });

  it('tells who it is, with their time and language, and what is ready to use', () => {
    const text = textOf(named('helpdesk queued'));
    match(text, /Maria Muster · Swiss High German · 10:10 there now \(Europe\/Zurich\)/);
    match(text, /Switch on TLS 1\.2 in Windows/);
    match(text, /reg add/);
    match(text, /What was tried/);
  });

  it('shows what is ready to use whole or not at all: half a script must not be run', () => {
    const text = textOf(named('helpdesk with suites'));
    match(text, /Commands, in an elevated prompt: \nEnable-TlsCipherSuite/);
    doesNotMatch(text, /detection script/);
    match(text, /Files and scripts: \nin the person's chat, under "For an administrator"/);
  });

  it('has a name typed where there are too many people to choose from', () => {
    const inputs = (name: string) =>
      partsOf(named(name)).flatMap(({ id, type }) => (id === 'to' ? [String(type)] : []));
    deepEqual(inputs('helpdesk queued'), ['Input.ChoiceSet']);
    deepEqual(inputs('helpdesk with much'), ['Input.Text']);
  });
});
