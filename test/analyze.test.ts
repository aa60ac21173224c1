import assert from 'node:assert/strict';
import { type AnalyzePorts, analyzeFiles } from '../src/analyze.ts';
import { loadArticles } from '../src/articles/load.ts';
import { isDay } from '../src/domain/policy.ts';
import { routeFor } from '../src/domain/route.ts';
import { buildReport } from './diagnosis/report-builder.ts';
import { canariesIn, plantedReport } from './redaction/canaries.ts';

const files: Readonly<Record<string, Uint8Array>> = {
  'healthy.txt': Buffer.from(buildReport()),
  'dhe.txt': Buffer.from(
    buildReport({ 'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] }),
  ),
  'planted.txt': Buffer.from(plantedReport()),
  'names.txt': Buffer.from(
    '=== HANDSHAKE NAMES 1: THIS FILE STAYS ON THIS COMPUTER ===\r\nuser-1 = Ivana\r\n',
  ),
  'picture.txt': Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
  'steering.txt': Buffer.from(
    buildReport({ 'probe.oneclient.sfx.ms.issuer': 'CN=\u009b2J\u202eFabrikam Gateway' }),
  ),
};

describe('handshake analyze', () => {
  it('prints one JSON object a line for each file', async () => {
    const { code, output } = await analyze(['healthy.txt', 'dhe.txt'], { json: true, at: '2026-05-04' });
    const objects = output.map((line) => JSON.parse(line));
    assert.equal(code, 0);
    assert.deepEqual(
      objects.map(({ file, verdict }) => [file, verdict]),
      [
        ['healthy.txt', 'pass'],
        ['dhe.txt', 'fail'],
      ],
    );
    assert.deepEqual(objects[0].report, { kind: 'handshake-report', complete: true, flaws: [] });
    assert.equal(objects[1].recommendation.step, 'cipher-enable');
    assert.deepEqual(objects[1].findings.length, 16);
  });

  it('judges by the day that it is told, else by today', async () => {
    const verdictAt = async (at?: string) => {
      const { output } = await analyze(['dhe.txt'], { json: true, ...(at === undefined ? {} : { at }) });
      return JSON.parse(output[0] ?? '').verdict;
    };
    assert.deepEqual([await verdictAt('2026-03-31'), await verdictAt()], ['pass', 'fail']);
  });

  it('explains itself in words, with the lines that it rests on', async () => {
    const { output } = await analyze(['dhe.txt'], { at: '2026-05-04' });
    const text = output.join('\n');
    assert.match(text, /FAIL/);
    assert.match(text, /Next step: /);
    assert.match(text, /line \d+: \| TLS_DHE_RSA_WITH_AES_256_GCM_SHA384/);
    assert.match(text, /Needs: an administrator account/);
    assert.match(text, /Need not be tried:\n- Check the internet connection/);
  });

  it('does not let a report steer the terminal', async () => {
    const { output } = await analyze(['steering.txt'], { at: '2026-05-04' });
    assert.match(output.join('\n'), /Fabrikam Gateway/);
    assert.doesNotMatch(output.join('\n'), /[\u009b\u202e]/);
  });

  it('prints a text without its names, and nothing else', async () => {
    const { code, output } = await analyze(['planted.txt'], { redact: true });
    const [text = ''] = output;
    assert.deepEqual([code, output.length, canariesIn(text)], [0, 1, []]);
    assert.equal(text.split('\r\n').length, plantedReport().split('\r\n').length);
    assert.match(text, /user\.server = http=host-\d:8080;https=ip-\d:8443\r\n/);
  });

  it('prints a judgement without names, which is the one of the text as it came', async () => {
    const options = { json: true, at: '2026-05-04' };
    const { output } = await analyze(['planted.txt'], { ...options, redact: true });
    assert.deepEqual(canariesIn(output[0] ?? ''), []);
    const { output: plain } = await analyze(['planted.txt'], options);
    const [redacted, original] = [output, plain].map((lines) => JSON.parse(lines[0] ?? ''));
    assert.ok(canariesIn(plain[0] ?? '').length > 0);
    assert.deepEqual(redacted.report, original.report);
    assert.equal(redacted.verdict, original.verdict);
  });

  it('prints what an administrator can do, and how to take it back', async () => {
    const { output } = await analyze(['dhe.txt'], { remediation: true, at: '2026-05-04' });
    const text = output.join('\n');
    assert.match(text, /Enable-TlsCipherSuite -Name "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" -Position 0/);
    assert.match(text, /Disable-TlsCipherSuite -Name "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"/);
    const { output: healthy } = await analyze(['healthy.txt'], { remediation: true, at: '2026-05-04' });
    assert.match(healthy.join('\n'), /^No setting/);
  });

  it('refuses the list of names that is to stay on the computer', async () => {
    const { code, output, errors } = await analyze(['names.txt'], { redact: true });
    assert.deepEqual([code, output], [2, []]);
    assert.match(errors.join('\n'), /names\.txt: .*stays on the computer/);
  });

  it('says what is wrong with a file, and still judges the others', async () => {
    const { code, output, errors } = await analyze(['nowhere.txt', 'picture.txt', 'healthy.txt'], {
      json: true,
    });
    assert.equal(code, 2);
    assert.equal(output.length, 1);
    assert.match(errors[0] ?? '', /^nowhere\.txt: expected a text file that can be read, got ENOENT/);
    assert.match(errors[1] ?? '', /^picture\.txt: expected text, got a picture/);
  });

  it('refuses a day that does not exist', async () => {
    const { code, errors } = await analyze(['healthy.txt'], { at: '2026-02-30' });
    assert.deepEqual([code, errors], [2, ['--at: expected a date such as 2026-03-31, got "2026-02-30".']]);
  });

  it('knows a date', () => {
    assert.deepEqual(['2026-03-31', '2028-02-29', '2026-13-01', 'today', '2026-3-1'].map(isDay), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('The route through the article', () => {
  it('holds for every system where none is known', () => {
    const [article] = loadArticles();
    assert.ok(article);
    const ids = (os: Parameters<typeof routeFor>[1]) => routeFor(article, os).map((step) => step.id);
    assert.ok(ids(null).includes('tls-protocols'));
    assert.ok(!ids(null).includes('cipher-enable'));
    assert.ok(ids('windows-11').includes('cipher-enable'));
  });
});

async function analyze(names: readonly string[], options: Parameters<typeof analyzeFiles>[1]) {
  const output: string[] = [];
  const errors: string[] = [];
  const ports: AnalyzePorts = {
    today: () => '2026-05-04',
    write: (line) => output.push(line),
    writeError: (line) => errors.push(line),
    read: async (file) => {
      const bytes = files[file];
      return bytes === undefined ? { kind: 'unreadable', reason: 'ENOENT' } : { kind: 'read', bytes };
    },
  };
  return { code: await analyzeFiles(names, options, ports), output, errors };
}
