import { parseArgs } from 'node:util';
import { decode } from '../../src/diagnosis/decode.ts';
import { maxLineLength, maxLines } from '../../src/diagnosis/lines.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import { allCases } from '../diagnosis/labelled/all.ts';
import { buildReport } from '../diagnosis/report-builder.ts';

/**
 * How fast bytes become facts, from 10 KB to 10 MB, for what people send and for what is meant to hurt. Run
 * `node test/bench/parser.bench.ts [--seconds 1]`. The time is that of the thread on the processor, so that other
 * work on the machine counts little. Speed is of all bytes that came; the last column says how many of 10 MB are read,
 * because lines and characters beyond the limits are not.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '1' } } });
const seconds = Number(values.seconds);
const sizes = [10_000, 100_000, 1_000_000, 10_000_000];

const report = buildReport();
const outputs = allCases.filter(({ text }) => !text.includes('HANDSHAKE REPORT')).map(({ text }) => text);
const log = `2026-05-04 09:31:07.118 [4312] INFO  Sync.Engine  request 7d31 finished after 118 ms, ${'ok '.repeat(40)}`;

const ordinary: Readonly<Record<string, string>> = {
  reports: report,
  'pasted output of tools': outputs.join('\n\n'),
  'a report in a long log': `${`${log}\n`.repeat(40)}`,
};
const hostile: Readonly<Record<string, string>> = {
  'one line': 'a ',
  blanks: ' ',
  'empty lines': '\n',
  'markers alone': '=== HANDSHAKE REPORT 1 BEGIN ===\n',
  'sections alone': '[report]\n[suites]\nbegin raw: Get-TlsCipherSuite\n',
  'nested quotes': `${'> '.repeat(200)}\n`,
  'equal signs': '=',
  'lines of equal signs': 'a=\n',
  bars: '| | | |\n',
  'bars in one line': '|',
  'suites without end': 'TLS_',
  'suites cut off': 'TLS_ECDHE_RSA_WITH_AES_256_\n',
  'keys without values': 'HKEY_LOCAL_MACHINE\\SOFTWARE\\a\n',
  'bytes that go on': '"a"=hex(7):00,\\\n',
  'near misses of versions': '[aaaaaaaaaaaaaaaaaaa10.0.1904\n',
  'near misses of prompts': 'PS C:\\aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n',
  'open tags': '<p <p <div <br\n',
  entities: '&nbsp;&#58;&amp;',
  'accents in a code page': 'Schl\u00fcssel f\u00fcr \u00dcberg\u00e4nge\n',
};

function bytesOf(shape: string, size: number): Buffer {
  const encoding = shape === hostile['accents in a code page'] ? 'latin1' : 'utf8';
  return Buffer.from(shape.repeat(Math.ceil(size / shape.length)).slice(0, size), encoding);
}

/** How many of the characters are read, see the limits in lines.ts. */
function readOf(text: string): number {
  const lines = text.split('\n', maxLines);
  return lines.reduce((sum, line) => sum + Math.min(line.length, maxLineLength) + 1, 0);
}

type Measured = { readonly speed: number; readonly milliseconds: number };

function measure(bytes: Buffer): Measured {
  const stretches = Array.from({ length: 10 }, () => measureStretch(bytes)).sort((a, b) => a - b);
  // The median, so that neither a lucky nor a disturbed stretch is the figure.
  const milliseconds = stretches[stretches.length >> 1] ?? 0;
  return { speed: bytes.length / milliseconds / 1000, milliseconds };
}

/** Milliseconds of processor time for one reading. */
function measureStretch(bytes: Buffer): number {
  // The clock of a thread ticks in milliseconds, so one short reading is no measure.
  const end = performance.now() + seconds * 100;
  const before = process.threadCpuUsage();
  let rounds = 0;
  do {
    parseText(decode(bytes).text);
    rounds += 1;
  } while (performance.now() < end);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / rounds;
}

function show(title: string, shapes: Readonly<Record<string, string>>): void {
  console.log(
    `${title.padEnd(28)}${sizes.map((size) => `${size / 1000} KB`.padStart(20)).join('')}      read`,
  );
  for (const [name, shape] of Object.entries(shapes)) {
    const cells = sizes.map((size) => measure(bytesOf(shape, size)));
    const row = cells.map(({ speed, milliseconds }) =>
      `${speed.toFixed(1)} MB/s ${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`.padStart(20),
    );
    const largest = bytesOf(shape, sizes.at(-1) ?? 0).toString('latin1');
    const read = `${(Math.min(readOf(largest), largest.length) / 1e6).toFixed(1)} MB`;
    console.log(`  ${name.padEnd(26)}${row.join('')}${read.padStart(10)}`);
  }
}

// The engine needs a few thousand readings before it has compiled what it needs.
for (const shape of Object.values(ordinary)) {
  for (let round = 0; round < 4; round += 1) measure(bytesOf(shape, 10_000));
}
console.log(`parser; at most ${maxLines} lines of ${maxLineLength} characters are read`);
show('ordinary', ordinary);
show('hostile', hostile);
