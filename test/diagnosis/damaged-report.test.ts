import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { ReportFlaw } from '../../src/domain/diagnosis.ts';
import { buildReport } from './report-builder.ts';
import { route } from './route-builder.ts';

const whole = buildReport();
const lines = whole.trimEnd().split('\r\n');
const older = buildReport({
  'schannel.tls12.enabled': '0x0',
  'suites:Get-TlsCipherSuite': ['TLS_RSA_WITH_NULL_SHA'],
});

describe('A report that suffered on the way', () => {
  const harmless: Readonly<Record<string, string>> = {
    'with other line ends': lines.join('\n'),
    'with an empty line after each': lines.join('\n\n'),
    quoted: lines.map((line) => `> ${line}`).join('\n'),
    'with odd blanks at the ends': lines.map((line) => `\u00a0${line}\u200b `).join('\r'),
    'with words around it': `Hello, here it is:\n\n${whole}\nThanks!`,
    'in UTF-16 remnants': lines.join('\r\r\n'),
    'after an older one that tells of other settings': `${older}\n${whole}`,
    'after an older one that was cut off': `${lines.slice(0, 40).join('\n')}\n${whole}`,
  };

  for (const [how, text] of Object.entries(harmless)) {
    it(`is still whole ${how}`, () => {
      const { report, verdict } = judge(text);
      assert.deepEqual(report, { kind: 'handshake-report', complete: true, flaws: [] });
      assert.equal(verdict, 'pass');
    });
  }

  const damaged: readonly (readonly [string, string, readonly ReportFlaw[]])[] = [
    ['without its end', lines.slice(0, -1).join('\n'), ['no-end']],
    ['cut off in the middle', lines.slice(0, 60).join('\n'), ['no-end']],
    ['without its beginning', lines.slice(1).join('\n'), ['no-begin']],
    ['with a line less', lines.toSpliced(20, 1).join('\n'), ['line-count']],
    ['with a changed value', whole.replace('offset-seconds = 2', 'offset-seconds = 3'), ['checksum']],
    ['of a later format', whole.replace('REPORT 1 BEGIN', 'REPORT 2 BEGIN'), ['newer-format', 'checksum']],
  ];

  for (const [how, text, flaws] of damaged) {
    it(`is not complete ${how}, and cannot pass`, () => {
      const { report, verdict } = judge(text);
      assert.deepEqual(report, { kind: 'handshake-report', complete: false, flaws });
      assert.notEqual(verdict, 'pass');
    });
  }

  it('loses the value that the cut may have shortened', () => {
    const broken = buildReport({ 'winhttp.native.default-secure-protocols': '0xa00' });
    const cut = broken.slice(0, broken.indexOf('0xa00') + '0xa0'.length);
    assert.equal(
      judge(cut).facts.some((fact) => fact.name === 'winhttp.native'),
      false,
    );
  });

  it('goes on with a list that was wrapped, but not past a line of something else', () => {
    const [start, rest] = ['TLS_ECDHE_RSA_WITH_AES_256_', 'GCM_SHA384'];
    const wrapped = (between: string) =>
      judge(whole.replace(/local\.functions = .*/, `local.functions = ${start}\r\n${between}${rest}`));
    const localOf = ({ facts }: ReturnType<typeof judge>) =>
      facts.find(({ name }) => name === 'cipher.local')?.value;
    assert.deepEqual(localOf(wrapped('')), [start + rest]);
    assert.deepEqual(localOf(wrapped('\r\n')), [start + rest]);
    assert.deepEqual(localOf(wrapped('Hello there!\r\n')), [start]);
  });

  it('proves nothing by a list of suites that the cut ended', () => {
    const broken = buildReport({
      'suites:Get-TlsCipherSuite': ['TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_X', gcm],
    });
    const cut = broken.slice(0, broken.indexOf('TLS_X'));
    const suites = judge(cut).findings.find((finding) => finding.code === 'cipher-suites');
    assert.deepEqual([suites?.severity, suites?.variant], ['unknown', 'truncated']);
  });

  it('needs no checksum where the PC could not make one', () => {
    const text = whole.replace(/sha256=\w+/, 'sha256=unavailable');
    assert.equal(judge(text).report.complete, true);
  });
});

const gcm = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';

function judge(text: string) {
  return diagnose(text, { at: '2026-05-04', route: () => route });
}
