import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode } from '../../src/diagnosis/decode.ts';
import { judge } from '../../src/diagnosis/diagnose.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import type { Fact } from '../../src/domain/diagnosis.ts';
import { allCases } from './labelled/all.ts';
import { route } from './route-builder.ts';

/** What texts of tools are made of, and what breaks them. */
const scraps = [
  ...allCases
    .flatMap(({ text }) => text.split(/\r?\n/))
    .filter((line, index, lines) => lines.indexOf(line) === index),
  ...[
    'TLS_',
    '…',
    '> ',
    '1. ',
    '\u00a0',
    '[x]',
    '"Enabled"=dword:',
    'HKLM\\',
    '\r',
    '\\0',
    '<br>',
    '<p>',
    '&#58;',
  ],
  ...[
    'end raw',
    'begin raw: x',
    '=== HANDSHAKE REPORT 1 END ===',
    '\u202e',
    '\ud800',
    '0x',
    ' : ',
    'Name',
    '{',
  ],
];
const scrap = fc.constantFrom(...scraps);

/** Noise, lines of real texts in any order, lines run together, and a real text with some characters changed. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(scrap, { maxLength: 40 }).map((parts) => parts.join('\n')),
  fc.array(scrap, { maxLength: 20 }).map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom(...allCases), fc.nat(), fc.nat(30), fc.constantFrom('', ...scraps))
    .map(([{ text }, place, length, put]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + length);
    }),
);
export const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  anyText.map((text) => new Uint8Array(Buffer.from(text, 'latin1'))),
);

/**
 * Facts that say in a word of their own what lines say in others: derived ones, `absent`, a direct way, and the
 * marks of a list that was cut or contradicts another.
 */
const paraphrased =
  /^(?:os\.(?:family|nt|type|build)|schannel\.tls1\d\.client|schannel\.tls1\d\.(?:enabled|disabled-by-default)|join\.state|cipher\.(?:source|truncated|several)|report\.contradictions|proxy\.winhttp\.mode|probe\..{1,100}\.tls12)$/;

/** Reads a text and checks what must hold of any; throws where it does not. */
export function checkText(text: string): void {
  const parsed = parseText(text);
  const { lines, facts } = parsed;
  const { findings } = judge(parsed, facts, { at: '2026-05-04', route: () => route });
  for (const fact of facts) {
    assert.ok(fact.line >= 1 && fact.line <= lines.length, `${fact.name} stands in line ${fact.line}`);
    assert.ok(fact.value !== '' && !(Array.isArray(fact.value) && fact.value.length === 0));
    if (!paraphrased.test(fact.name))
      assert.ok(isShown(fact, lines.slice(fact.line - 1)), `${fact.name} ${fact.value}`);
  }
  for (const { line, text: quote } of findings.flatMap((finding) => finding.evidence)) {
    assert.ok(line >= 1 && line <= lines.length && quote.length <= 300);
  }
}

export function checkBytes(bytes: Uint8Array): void {
  checkText(decode(bytes).text);
}

/** The line holds the value; of a list, the lines from there on hold its names, whole or put together. */
function isShown(
  { value }: Fact,
  lines: readonly { readonly text: string; readonly plain: string }[],
): boolean {
  const first = `${lines[0]?.text} ${lines[0]?.plain}`.toLowerCase();
  if (typeof value === 'boolean') return /\b(?:yes|no)\b/.test(first);
  if (typeof value === 'number') return shapesOf(value).some((shape) => first.includes(shape));
  if (typeof value === 'string') return first.includes(value.toLowerCase()) || value === 'absent';
  // Registry bytes spell names in numbers; everything else spells them out, perhaps over several lines.
  if (/hex\(\d\):/.test(first)) return true;
  const all = lines
    .map(({ plain }) => plain.toLowerCase())
    .join('')
    .replace(/[^a-z0-9_]/g, '');
  return value.every((name) => all.includes(namesOf(name)) || all.includes(name.toLowerCase().slice(0, 12)));
}

function namesOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_]/g, '');
}

/** Numbers stand in decimal, signed or not, or in hexadecimal. */
function shapesOf(value: number): readonly string[] {
  return [String(value), String(value | 0), `0x${value.toString(16)}`, value.toString(16)];
}
