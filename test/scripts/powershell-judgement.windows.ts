import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { loadArticles } from '../../src/articles/load.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { routeFor } from '../../src/domain/route.ts';
import { type Judgement, judgedMachines } from './judged-machines.ts';
import { createComputer, type Mode, reportOf, requireEngine, runScripts } from './powershell.ts';

const [article] = loadArticles();

const modes: readonly Mode[] = ['FullLanguage', 'ConstrainedLanguage'];

describe('a machine, the PowerShell script on it, and what the diagnosis makes of its report', () => {
  const runs = modes.flatMap((mode) => judgedMachines.map((each) => ({ ...each, mode })));
  const reports = new Map<(typeof runs)[number], string>();

  before(function () {
    this.timeout(900_000);
    requireEngine(this);
    const computers = runs.map(({ machine, mode }) => ({ computer: createComputer(machine), mode }));
    const shown = runScripts(computers);
    for (const [index, { computer }] of computers.entries()) {
      const run = runs[index];
      assert.ok(run);
      assert.equal(shown[index]?.problems, '', `no error goes past the script on ${run.name}`);
      reports.set(run, reportOf(computer.desktop).toString('latin1'));
      rmSync(computer.folder, { recursive: true, force: true });
    }
  });

  for (const run of runs) {
    const { name, mode, judgement, constrained = judgement } = run;
    const expected = mode === 'ConstrainedLanguage' ? constrained : judgement;
    it(`${name}: ${expected.verdict}, in ${mode}`, () => {
      assert.deepEqual(judgementOf(reports.get(run) ?? ''), expected);
    });
  }
});

function judgementOf(report: string): Judgement {
  assert.ok(article);
  const diagnosis = diagnose(report, { at: '2026-05-04', route: (os) => routeFor(article, os) });
  assert.deepEqual(diagnosis.report, { kind: 'handshake-report', complete: true, flaws: [] });
  const found = diagnosis.findings.filter(({ severity }) => severity !== 'pass' && severity !== 'info');
  return {
    verdict: diagnosis.verdict,
    findings: Object.fromEntries(found.map(({ code, severity }) => [code, severity])),
    step: diagnosis.recommendation.step,
  };
}
