import assert from 'node:assert/strict';
import { loadArticles } from '../../src/articles/load.ts';
import { diagnose, judge } from '../../src/diagnosis/diagnose.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import type { Diagnosis, Fact, FindingCode } from '../../src/domain/diagnosis.ts';
import { routeFor } from '../../src/domain/route.ts';
import { allCases } from './labelled/all.ts';
import type { Labelled } from './labelled/labelled.ts';
import { pairs } from './labelled/traps.ts';

const [article] = loadArticles();
assert.ok(article);
const options = { at: '2026-05-04', route: (os: Parameters<typeof routeFor>[1]) => routeFor(article, os) };

describe(`${allCases.length} labelled texts`, () => {
  const right = allCases.filter((each) => isRight(each)).length;

  it(`are judged as labelled: ${right} of ${allCases.length}, verdict, findings and step`, () => {
    for (const each of allCases) assert.deepEqual(judgementOf(each), labelOf(each), each.name);
  });

  it('have names of their own', () => {
    assert.equal(new Set(allCases.map(({ name }) => name)).size, allCases.length);
  });

  it('show every code in each severity that it can have', () => {
    const shown = new Set(
      allCases.flatMap(({ findings }) =>
        Object.entries(findings).map(([code, severity]) => `${code} ${severity}`),
      ),
    );
    const missing = Object.entries(severities).flatMap(([code, list]) =>
      list
        .split(' ')
        .filter((severity) => !shown.has(`${code} ${severity}`))
        .map((severity) => `${code} ${severity}`),
    );
    assert.deepEqual(missing, []);
  });

  for (const [trap, pair] of Object.entries(pairs)) {
    it(`tell apart what is mistaken by ${trap}`, () => {
      assert.ok(isRight(pair.trap) && isRight(pair.twin));
      assert.notDeepEqual(Object.values(pair.trap.findings), Object.values(pair.twin.findings));
    });
  }
});

describe('A fact taken out of a labelled text', function () {
  this.timeout(60_000);

  it('never makes a pass, of the whole or of one finding, that was not there before', () => {
    let tried = 0;
    for (const { name, text } of allCases) {
      const parsed = parseText(text);
      const before = passesOf(judge(parsed, parsed.facts, options));
      for (const missing of parsed.facts) {
        const after = passesOf(judge(parsed, without(parsed.facts, missing), options));
        assert.deepEqual(
          after.filter((code) => !before.includes(code)),
          [],
          `${name}, without ${missing.name}`,
        );
        tried += 1;
      }
    }
    assert.ok(tried > 5000);
  });
});

function without(facts: readonly Fact[], missing: Fact): readonly Fact[] {
  return facts.filter((fact) => fact !== missing);
}

function passesOf({ findings, verdict }: Diagnosis): readonly string[] {
  const codes = findings.filter(({ severity }) => severity === 'pass').map(({ code }) => code);
  return verdict === 'pass' ? [...codes, 'verdict'] : codes;
}

function isRight(each: Labelled): boolean {
  return JSON.stringify(judgementOf(each)) === JSON.stringify(labelOf(each));
}

function judgementOf(each: Labelled) {
  const { findings, verdict, recommendation } = diagnose(each.text, options);
  const codes = Object.keys(each.findings) as FindingCode[];
  const found = codes.map((code) => [code, findings.find((finding) => finding.code === code)?.severity]);
  return { verdict, step: recommendation.step, ...Object.fromEntries(found) };
}

function labelOf({ verdict, step, findings }: Labelled) {
  return { verdict, step, ...findings };
}

/** docs/diagnosis.md, "Findings". */
const severities: Readonly<Record<FindingCode, string>> = {
  'os-support': 'warn info pass unknown',
  network: 'fail warn pass unknown',
  'tls-handshake': 'fail warn pass unknown',
  'tls-interception': 'fail warn pass unknown',
  clock: 'fail pass unknown',
  proxy: 'warn info pass unknown',
  'tls12-schannel': 'fail pass unknown',
  'tls12-winhttp': 'fail warn pass unknown',
  'tls12-wininet': 'fail warn pass unknown',
  'cipher-suites': 'fail warn pass unknown',
  'cipher-order': 'info pass unknown',
  'cipher-policy': 'warn info pass unknown',
  curves: 'fail pass unknown',
  'key-exchange': 'fail warn pass unknown',
  'join-state': 'fail warn pass unknown',
  'onedrive-version': 'info unknown',
};
