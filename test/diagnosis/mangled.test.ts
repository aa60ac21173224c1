import assert from 'node:assert/strict';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decode } from '../../src/diagnosis/decode.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import { allCases } from './labelled/all.ts';

type Encoding = readonly [name: string, preamble: string, addBOM?: boolean];

/** Each with a first line in a language that is written in it, as a localised console would put it there. */
const encodings: readonly Encoding[] = [
  ['utf8', 'Überprüfung'],
  ['utf8', 'Überprüfung', true],
  ['utf16le', '確認'],
  ['utf16le', 'Проверка', true],
  ['utf16be', 'Überprüfung'],
  ['utf16be', '確認', true],
  ['cp437', 'Überprüfung'],
  ['cp850', 'Paramètres déjà réglés'],
  ['cp852', 'Przeglądarka, błąd'],
  ['cp866', 'Проверка параметров'],
  ['cp932', '表示ソフトの能力、予定'],
  ['cp936', '代理服务器设置'],
  ['windows-1250', 'Kontrola nastavení, žádná chyba'],
  ['windows-1251', 'Проверка параметров'],
  ['windows-1252', 'Überprüfung'],
];
const lineEnds = ['\r\n', '\n', '\r', '\r\r\n', 'mixed'] as const;

/** What chats, wikis, consoles and word processors do to lines of ASCII. */
const decorations: Readonly<Record<string, (lines: readonly string[]) => readonly string[]>> = {
  nothing: (lines) => lines,
  'a quote': (lines) => lines.map((line) => `> ${line}`),
  'a quote of a quote': (lines) => lines.map((line) => `> > ${line}`),
  'a numbered list': (lines) => lines.map((line, index) => `${index + 1}. ${line}`),
  'a bulleted list': (lines) => lines.map((line) => (line === '' ? '' : `- ${line}`)),
  'lost indentation': (lines) => lines.map((line) => line.trim().replace(/ {2,}/g, ' ')),
  'more indentation': (lines) => lines.map((line) => `\t  ${line}  `),
  'a code fence': (lines) => ['```', ...lines, '```'],
  emphasis: (lines) => lines.map((line) => line.replace(/^( *)(\S.*\S)( *)$/, '$1**$2**$3')),
  'HTML paragraphs': (lines) => [lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')],
  'HTML line breaks': (lines) => [`<div>${lines.map(escapeHtml).join('<br>')}</div>`],
  'an HTML list': (lines) => [
    `<ul>${lines.map((line) => `<li style="margin:0">${escapeHtml(line)}</li>`).join('')}</ul>`,
  ],
  'hard blanks in HTML': (lines) =>
    lines.map((line) => `${escapeHtml(line).replaceAll('  ', ' &nbsp;')}<br />`),
  'names wrapped at 80 columns': (lines) => lines.flatMap(wrapNames),
};
/** The same, of characters that only Unicode has. */
const unicodeDecorations: typeof decorations = {
  'hard blanks': (lines) => lines.map((line) => line.replaceAll(' ', '\u00a0')),
  'smart quotes': (lines) => lines.map((line) => line.replace(/"([^"]*)"/g, '\u201c$1\u201d')),
  'zero-width characters': (lines) => lines.map((line) => `\u200b${line.replaceAll(' ', ' \u200d')}\ufeff`),
  'round bullets': (lines) => lines.map((line) => (line === '' ? '' : `• ${line}`)),
  "Word's line breaks": (lines) => [lines.join('\u2028')],
};

function escapeHtml(line: string): string {
  return line
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** As a console 80 columns wide shows it; only where the cut goes through a list of names. */
function wrapNames(line: string): readonly string[] {
  const isList = (line.match(/TLS_/g) ?? []).length > 1 && !line.includes('"');
  return isList ? (line.match(/.{1,80}/g) ?? [line]) : [line];
}

function join(lines: readonly string[], end: (typeof lineEnds)[number]): string {
  return lines.map((line, index) => line + (end === 'mixed' ? (lineEnds[index % 3] ?? '') : end)).join('');
}

function factsOf(text: string): readonly string[] {
  return parseText(text)
    .facts.map(({ name, value }) => `${name}=${JSON.stringify(value)}`)
    .sort();
}

// A text that is HTML or JSON already is not put into a list or a paragraph again.
const texts = allCases
  .filter(({ text }) => !/<[a-z]|^\[\{/i.test(text))
  .map(({ name, text }) => ({ name, lines: text.split(/\r?\n/), facts: factsOf(text) }));

describe('The same text, however it came', function () {
  // Well under two seconds, but not on a machine that does much else.
  this.timeout(60_000);

  for (const [name, decorate] of Object.entries({ ...decorations, ...unicodeDecorations })) {
    it(`has the same facts in ${name}`, () => {
      for (const { name: text, lines, facts } of texts) {
        assert.deepEqual(factsOf(decorate(lines).join('\n')), facts, text);
      }
    });
  }

  it('has the same facts in every encoding, with every line end, in every decoration', () => {
    const cases = fc.tuple(
      fc.constantFrom(...texts.filter(({ lines }) => lines.every((line) => /^[\t -~]*$/.test(line)))),
      fc.constantFrom(...encodings),
      fc.constantFrom(...lineEnds),
      fc.constantFrom(...Object.entries(decorations)),
    );
    fc.assert(
      fc.property(cases, ([each, [encoding, preamble, addBOM = false], end, [, decorate]]) => {
        const text = join([preamble, '', ...decorate(each.lines)], end);
        const decoded = decode(iconv.encode(text, encoding, { addBOM }));
        assert.ok(decoded.text.startsWith(preamble), `${decoded.encoding} instead of ${encoding}`);
        assert.deepEqual(factsOf(decoded.text), each.facts);
      }),
      { numRuns: 1000 },
    );
  });
});
