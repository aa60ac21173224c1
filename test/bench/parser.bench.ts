import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { decode } from '../../src/diagnosis/decode.ts';
import { maxLineLength, maxLines } from '../../src/diagnosis/lines.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import { allCases } from '../diagnosis/labelled/all.ts';
import { buildReport } from '../diagnosis/report-builder.ts';
import { defaultSuites } from '../diagnosis/windows-default-suites.ts';

/**
 * How fast bytes become facts, from 10 KB to 10 MB, for what people send and for what is meant to hurt. Run
 * `node test/bench/parser.bench.ts [--seconds 1] [--only ordinary]`. The time is that of the thread on the processor,
 * so that other work of this machine counts little; but other guests of its host slow it down to half, for seconds at
 * a time. So zlib deflates in turn with the parser: `x` is how many bytes are parsed while it deflates one, and
 * changes less. Speed is of all bytes that came; the last column says how many of 10 MB are read, because lines and
 * characters beyond the limits are not.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const seconds = Number(values.seconds);
const sizes = [10_000, 100_000, 1_000_000, 10_000_000];

const suites = defaultSuites['windows-11-22h2'];
const report = buildReport({
  'suites.policy.functions': suites.join(','),
  'suites.local.functions': suites.join(','),
  'suites:Get-TlsCipherSuite': suites,
});
const outputs = allCases.filter(({ text }) => !text.includes('HANDSHAKE REPORT')).map(({ text }) => text);
const log = `2026-05-04 09:31:07.118 [4312] INFO  Sync.Engine  request 7d31 finished after 118 ms, ${'ok '.repeat(40)}`;

function fixture(file: string): string {
  const bytes = readFileSync(new URL(`../fixtures/reports/${file}`, import.meta.url));
  return `${decode(bytes).text}\n`;
}

const ordinary: Readonly<Record<string, string>> = {
  'reports, of 5 KB each': report,
  'dsregcmd /status': fixture('dsregcmd-entra-diagnostics.txt'),
  'Get-TlsCipherSuite': fixture('suites-format-list.txt'),
  'reg query': fixture('reg-query-schannel-german.txt'),
  'a registry export': fixture('registry-export-utf16.reg'),
  'a mix of all tools': outputs.join('\n\n'),
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

type Measured = { readonly speed: number; readonly ratio: number };

/** MB/s, and the ratio to zlib at the same time. */
function measure(bytes: Buffer): Measured {
  const stretches = Array.from({ length: 10 }, () => {
    const speed = measureSpeed(bytes, () => parseText(decode(bytes).text), 80);
    return { speed, ratio: speed / measureSpeed(yardstick, () => deflateRawSync(yardstick), 20) };
  });
  return {
    speed: median(stretches.map(({ speed }) => speed)),
    ratio: median(stretches.map(({ ratio }) => ratio)),
  };
}

const yardstick = Buffer.from(outputs.join('\n'));

/** MB/s of processor time; `share` is of 1,000 parts of the time asked for. */
function measureSpeed(bytes: Buffer, work: () => unknown, share: number): number {
  // The clock of a thread ticks in milliseconds, so one short reading is no measure.
  const end = performance.now() + seconds * share;
  const before = process.threadCpuUsage();
  let rounds = 0;
  do {
    work();
    rounds += 1;
  } while (performance.now() < end);
  const { user, system } = process.threadCpuUsage(before);
  return (bytes.length * rounds) / (user + system);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function show(title: string, shapes: Readonly<Record<string, string>>): void {
  console.log(
    `${title.padEnd(28)}${sizes.map((size) => `${size / 1000} KB`.padStart(20)).join('')}      read`,
  );
  for (const [name, shape] of Object.entries(shapes)) {
    const cells = sizes.map((size) => measure(bytesOf(shape, size)));
    const row = cells.map(({ speed, ratio }) =>
      `${speed.toFixed(1)} MB/s ${ratio.toFixed(2)} x`.padStart(20),
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
const { speed, ratio } = measure(Buffer.from(report));
console.log(`one report alone: ${speed.toFixed(1)} MB/s ${ratio.toFixed(2)} x`);
for (const [title, shapes] of Object.entries({ ordinary, hostile })) {
  if (values.only === undefined || values.only === title) show(title, shapes);
}
