import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decode } from '../../src/diagnosis/decode.ts';
import { diagnose, judge } from '../../src/diagnosis/diagnose.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import { buildReport, type Changes, systems } from './report-builder.ts';
import { route } from './route-builder.ts';

const options = { at: '2026-05-04', route: () => route };
const folder = new URL('../fixtures/reports/', import.meta.url);
const pasted = readdirSync(folder).map((file) => decode(readFileSync(new URL(file, folder))).text);
const oneWrong: readonly Changes[] = [
  { 'schannel.tls12.enabled': '0x0' },
  { 'schannel.tls12.enabled': '0x1', 'schannel.tls12.disabled-by-default': '0x1' },
  { 'winhttp.wow64.default-secure-protocols': '0xa0' },
  { 'wininet.machine-policy.secure-protocols': '0xa0' },
  { 'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] },
  { 'suites:Get-TlsCipherSuite': ['TLS_AES_128_GCM_SHA256'], 'schannel.tls13.enabled': '0x0' },
  { 'curves:Get-TlsEccCurve': ['curve25519'] },
  { 'schannel.aes128.enabled': '0x0' },
  { 'probe.oneclient.sfx.ms.issuer': 'CN=Fabrikam Web Gateway CA' },
  { 'probe.oneclient.sfx.ms.tls12': 'failed: 0x80090326' },
  { 'probe.oneclient.sfx.ms.tcp443': 'timeout', 'proxy.user.enabled': '0x1' },
  { 'clock.offset-seconds': '-4000' },
  { 'join:dsregcmd /status': ['AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO'] },
  systems['windows-7'],
  systems['windows-8.1'],
];
const reports = [buildReport(), ...oneWrong.map((changes) => buildReport(changes))];

describe('A fact that is missing', () => {
  it('never turns a judgement into a pass, whichever fact it is', () => {
    for (const text of [...reports, ...pasted]) {
      const parsed = parseText(text);
      const before = judge(parsed, parsed.facts, options).verdict;
      for (const missing of parsed.facts) {
        const after = judge(
          parsed,
          parsed.facts.filter((fact) => fact !== missing),
          options,
        ).verdict;
        assert.ok(after !== 'pass' || before === 'pass', `without ${missing.name}`);
      }
    }
  });

  it('never turns a judgement into a pass, however many are missing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...reports.slice(1)), fc.infiniteStream(fc.boolean()), (text, keep) => {
        const parsed = parseText(text);
        const left = parsed.facts.filter(() => keep.next().value);
        assert.notEqual(judge(parsed, left, options).verdict, 'pass');
      }),
    );
  });

  it('never turns a report into a pass when its line is taken out', () => {
    for (const text of reports.slice(1)) {
      const lines = text.split('\r\n');
      lines.forEach((_, index) => {
        assert.notEqual(diagnose(lines.toSpliced(index, 1).join('\r\n'), options).verdict, 'pass');
      });
    }
  });

  it('leaves a healthy report unknown when it decides', () => {
    const parsed = parseText(buildReport());
    for (const name of [
      'cipher.suites',
      'winhttp.wow64',
      'wininet.policy.user',
      'clock.offset-seconds',
      'join.prt',
    ]) {
      const left = parsed.facts.filter((fact) => fact.name !== name && fact.name !== 'report.time');
      assert.equal(judge(parsed, left, options).verdict, 'unknown', name);
    }
  });
});

describe('The reading of any text', () => {
  const scrap = fc.constantFrom(
    ...reports.slice(0, 3).flatMap((text) => text.split('\r\n')),
    ...pasted.flatMap((text) => text.split('\n')),
    'TLS_',
    '…',
    '> ',
    '1. ',
    '\u00a0',
    '[x]',
    '"Enabled"=dword:',
    'HKLM\\',
    'Get-TlsCipherSuite',
    '\r',
    '\\0',
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 500 }),
    fc.array(scrap, { maxLength: 60 }).map((parts) => parts.join('\n')),
    fc.array(scrap, { maxLength: 30 }).map((parts) => parts.join(' ')),
  );

  it('never throws, and its facts and quotes stand in lines that exist', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { facts, findings } = diagnose(text, options);
        const count = parseText(text).lines.length;
        for (const { line } of [...facts, ...findings.flatMap((finding) => finding.evidence)]) {
          assert.ok(line >= 1 && line <= count);
        }
        assert.ok(
          facts.every((fact) => fact.value !== '' && !(Array.isArray(fact.value) && fact.value.length === 0)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('decodes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => typeof decode(bytes).text === 'string'),
    );
  });

  it('finds the same facts however the text was mangled', () => {
    const manglings: readonly ((line: string, index: number) => string)[] = [
      (line) => `> ${line}`,
      (line) => `  ${line}  `,
      (line) => line.replaceAll(' ', '\u00a0'),
      (line) => line.replaceAll('"', '\u201d'),
      (line, index) => `${index + 1}. ${line}`,
      (line) => line.replace(/ {2,}/g, ' ').trim(),
    ];
    const names = (text: string) => parseText(text).facts.map((fact) => [fact.name, fact.value, fact.line]);
    for (const text of pasted) {
      const lines = text.split(/\r?\n/);
      for (const mangle of manglings) assert.deepEqual(names(lines.map(mangle).join('\n')), names(text));
    }
  });
});

describe('The time that reading takes', () => {
  const hostile: Readonly<Record<string, string>> = {
    'one long line': 'a '.repeat(500_000),
    blanks: ' '.repeat(1_000_000),
    returns: '\r'.repeat(200_000),
    'suites without end': 'TLS_'.repeat(250_000),
    colons: `${':'.repeat(30_000)}\n`.repeat(30),
    'keys that never end': 'HKEY_LOCAL_MACHINE\\a\n'.repeat(50_000),
    'continued bytes': `[HKEY_LOCAL_MACHINE\\a]\n${'"a"=hex(7):00,\\\n'.repeat(20_000)}`,
    sections: '[report]\nbegin raw: Get-TlsCipherSuite\n'.repeat(20_000),
    quotes: '> '.repeat(400_000),
  };

  // Anything worse than linear takes minutes here, and the time-out of the suite ends it.
  for (const [what, text] of Object.entries(hostile)) {
    it(`stays short for ${what}`, () => {
      assert.notEqual(diagnose(text, options).verdict, 'pass');
    });
  }
});
