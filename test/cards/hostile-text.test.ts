import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Card } from '../../src/cards/card.ts';
import { createCards } from '../../src/cards/cards.ts';
import { linkText } from '../../src/cards/text.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { findingCodes, type Severity } from '../../src/domain/diagnosis.ts';
import { partsOf, partsOfType } from './card-parts.ts';
import { schemaFaults } from './card-schema.ts';
import { binding, diagnosis, finding } from './samples.ts';

const cards = createCards(loadWording('en'));
const article = 'onedrive-sign-in';

// What a template, a markdown reader or a careless cut would trip over.
const hostile = [
  '$' + '{lang}',
  '$' + '{$root.buttons[0].data.binding}',
  '$' + "{join(range(0, 100000), ',')}",
  '**bold** [win](https://evil.example) `code`',
  '{{DATE(2026-11-24T00:00:00Z)}}',
  '"},{"type":"Image","url":"https://evil.example"}',
  '<img src=x onerror=alert(1)>',
  '🦊'.repeat(2_500),
  'long '.repeat(1_000),
];

describe("people's text on a card", () => {
  for (const text of hostile) {
    const name = JSON.stringify(text.slice(0, 50));

    it(`is shown as it is, in a run without markdown: ${name}`, () => {
      const card = cards.answered({ title: 'Your answer', answer: text });
      deepEqual(schemaFaults(card.content), []);
      deepEqual(holdersOf(card, text), ['TextRun']);
    });

    it(`is evidence that cannot change the card: ${name}`, () => {
      const found = finding('cipher-suites', 'fail', [text]);
      const card = cards.result(binding, {
        article,
        diagnosis: diagnosis({ verdict: 'fail', findings: [found] }),
        doubts: [],
      });
      deepEqual(schemaFaults(card.content), []);
      deepEqual(holdersOf(card, text), ['TextRun']);
      equal(partsOfType(card.content, 'Action.Submit').length, 6);
    });
  }

  it('is cut between characters, and the cut can be seen', () => {
    const card = cards.answered({ title: 'Your answer', answer: '🦊'.repeat(500) });
    const shown = String(partsOfType(card.content, 'TextRun').at(-1)?.text).trim();
    equal(shown, `${'🦊'.repeat(199)}…`);
  });

  it('loses the signs that could disguise it or that cannot be stored', () => {
    const card = cards.answered({ title: 'Your answer', answer: '\u202Eexe.txt\u0000\r\nline\uD83E' });
    const shown = String(partsOfType(card.content, 'TextRun').at(-1)?.text);
    equal(shown, '  exe.txt   line\uFFFD');
  });

  it("is not evaluated in the helpdesk's contact line either", () => {
    const text = '$' + '{id} *call* +1 555 0100';
    deepEqual(holdersOf(cards.ticket({ id: 'HS-1', contact: text }), text), ['TextRun']);
  });
});

describe('a report with far too much to tell', () => {
  it('still makes a card under 25 KB, which says how much was left out', () => {
    const severities: readonly Severity[] = ['fail', 'warn', 'info'];
    const lines = Array.from({ length: 40 }, () => 'TLS_RSA '.repeat(700));
    const findings = findingCodes.flatMap((code) =>
      severities.map((severity) => finding(code, severity, lines)),
    );
    // While the suites fail, a note on their order is left out.
    const idle = 1;
    const ruledOut = Array.from({ length: 40 }, () => ({ step: 'internet', reason: 'network' }) as const);
    const recommendation = { ...diagnosis().recommendation, ruledOut, reasons: findingCodes };
    const card = cards.result(binding, {
      article,
      diagnosis: diagnosis({ findings, recommendation }),
      doubts: [],
    });
    ok(Buffer.byteLength(JSON.stringify(card.content)) < 25_000);
    ok(JSON.stringify(card.content).includes(`${findings.length - idle - 6} more findings`));
  });
});

describe('a link', () => {
  it('cannot be closed early by its own address', () => {
    equal(linkText('Page', 'https://a.example/b_(c) d'), '[Page](https://a.example/b_%28c%29%20d)');
  });

  it('is no link when the address is not one of the web', () => {
    equal(linkText('Page', 'javascript:alert(1)'), 'Page');
  });
});

/** The types of the elements that hold the text, as far as it is shown. */
function holdersOf(card: Card, text: string): readonly unknown[] {
  const beginning = text.slice(0, 60).trim();
  return partsOf(card.content)
    .filter((part) =>
      Object.values(part).some((value) => typeof value === 'string' && value.includes(beginning)),
    )
    .map(({ type }) => type);
}
