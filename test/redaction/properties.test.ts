import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decode } from '../../src/diagnosis/decode.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { redactDiagnosis, redactReport } from '../../src/redaction/report.ts';
import { buildReport, systems } from '../diagnosis/report-builder.ts';
import { route } from '../diagnosis/route-builder.ts';
import { canaries, canariesIn, plantedReport } from './canaries.ts';

const folder = new URL('../fixtures/reports/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.\w+$/.test(file),
);
const fixtures = files.map((file) => [file, decode(readFileSync(new URL(file, folder))).text] as const);
const built = [
  ['healthy', buildReport()],
  ['planted', plantedReport()],
  ...Object.entries(systems).map(([system, changes]) => [system, buildReport(changes)]),
] as [string, string][];
const options = { at: '2026-05-04', route: () => route };

describe('A judgement', () => {
  for (const [name, text] of [...fixtures, ...built]) {
    it(`is the same before and after: ${name}`, () => {
      const redacted = createRedactor().redact(text);
      assert.deepEqual(essence(diagnose(redacted, options)), essence(diagnose(text, options)));
    });
  }

  it('is kept with the quotes and values of the redacted text', () => {
    const text = plantedReport();
    const redactor = createRedactor();
    const kept = redactReport(text, redactor);
    const diagnosis = redactDiagnosis(diagnose(text, options), kept.text, redactor);
    assert.deepEqual(canariesIn(JSON.stringify(diagnosis)), []);
    assert.deepEqual(diagnosis.report, { kind: 'handshake-report', complete: true, flaws: [] });
    const again = diagnose(kept.text, options);
    assert.deepEqual(diagnosis.findings, again.findings);
    assert.deepEqual(diagnosis.facts, again.facts);
  });
});

/** What a judgement comes to; a checksum can only fit the text that it was made of. */
function essence({ verdict, findings, recommendation, report, facts, os }: Diagnosis) {
  return {
    os,
    recommendation,
    verdict: report.complete ? verdict : verdict.replace('pass', 'unknown'),
    kind: report.kind,
    facts: facts.map(({ name, line }) => [name.replace(/^probe\..*\./, ''), line]),
    findings: findings.map(({ code, severity, variant }) => `${code} ${severity} ${variant}`),
  };
}

describe('A text with names planted in it', () => {
  /** What may stand beside a name without being part of it. */
  const marks = [
    ...[
      '',
      ' ',
      '"',
      "'",
      '(',
      ')',
      '[',
      ']',
      '<',
      '>',
      ',',
      ';',
      ' : ',
      ' = ',
      '|',
      '\t',
      '\n',
      '\r\n',
      '**',
    ],
    ...['`', '\u00a0', '\u200b', '\ufeff', '\u201c', '&nbsp;', '\u3000'],
  ];
  const words = ['> ', '1. ', '- ', 'Name : ', 'the PC of ', '\u7528\u6237 ', 'f\u00fcr ', 'key = '];
  const scrap = fc.oneof(
    fc.constantFrom(...fixtures.flatMap(([, text]) => text.split(/\r?\n/).slice(0, 6))),
    fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => ` ${text} `),
  );
  const planting = fc.record({
    before: fc.array(scrap, { maxLength: 4 }),
    left: fc.constantFrom(...marks, ...words),
    canary: fc.constantFrom(...canaries),
    right: fc.constantFrom(...marks),
    after: fc.array(scrap, { maxLength: 4 }),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  });
  const plant = ({ before, left, canary, right, after, lineEnd }: PlantedText) =>
    [...before, `${left}${canary.text}${right}`, ...after].join(lineEnd);
  type PlantedText = typeof planting extends fc.Arbitrary<infer Value> ? Value : never;

  it('holds none of them afterwards, and has its lines and its pseudonyms still', () => {
    fc.assert(
      fc.property(fc.array(planting, { minLength: 1, maxLength: 3 }), (plantings) => {
        const text = plantings.map(plant).join('\n');
        const redacted = createRedactor().redact(text);
        assert.deepEqual(canariesIn(redacted), [], redacted);
        assert.equal(countLines(redacted), countLines(text));
      }),
      { numRuns: 200 },
    );
  });

  it('is not changed by redacting it again', () => {
    fc.assert(
      fc.property(fc.array(planting, { minLength: 1, maxLength: 3 }), (plantings) => {
        const once = createRedactor().redact(plantings.map(plant).join('\n'));
        assert.equal(createRedactor().redact(once), once);
      }),
      { numRuns: 150 },
    );
  });

  it('holds none of them in whatever encoding it came', () => {
    const encodings = [
      'utf8',
      'utf16le',
      'utf16be',
      'windows-1252',
      'cp437',
      'cp850',
      'cp866',
      'cp932',
      'cp936',
    ];
    for (const encoding of encodings) {
      for (const addBOM of [false, true]) {
        const text = decode(iconv.encode(plantedReport(), encoding, { addBOM })).text;
        assert.deepEqual(canariesIn(createRedactor().redact(text)), [], `${encoding} ${addBOM}`);
      }
    }
  });
});

function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}

describe('The time that redacting takes', () => {
  const hostile: Readonly<Record<string, string>> = {
    'one long word': 'a'.repeat(400_000),
    'half addresses': 'a@'.repeat(100_000),
    dots: 'a.'.repeat(200_000),
    backslashes: 'a\\'.repeat(200_000),
    'folders without a name': '\\Users\\'.repeat(60_000),
    colons: 'a : '.repeat(50_000),
    labels: 'Device Name : x\n'.repeat(20_000),
    'many names': Array.from({ length: 15_000 }, (_, at) => `C:\\Users\\ivana ${at}x\\a`).join('\n'),
    'hidden characters': '\u200b'.repeat(100_000),
    'full lines': `${'x'.repeat(80)}\n`.repeat(4_000),
  };

  // Anything worse than linear takes minutes here, and the time-out of the suite ends it.
  for (const [what, text] of Object.entries(hostile)) {
    it(`stays short for ${what}`, () => {
      assert.equal(countLines(createRedactor().redact(text)), countLines(text));
    });
  }
});
