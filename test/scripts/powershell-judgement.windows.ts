import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { loadArticles } from '../../src/articles/load.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { routeFor } from '../../src/domain/route.ts';
import { type Judgement, judgedMachines } from './judged-machines.ts';
import type { Machine } from './machines.ts';
import { buildHost, createComputer, type Mode, reportOf, runScript } from './powershell.ts';
import { requireTool } from './tools.ts';

const [article] = loadArticles();

describe('a machine, the PowerShell script on it, and what the diagnosis makes of its report', () => {
  before(function () {
    this.timeout(240_000);
    requireTool(this, 'dotnet');
    buildHost();
  });

  for (const { name, machine, judgement, constrained } of judgedMachines) {
    for (const mode of ['FullLanguage', 'ConstrainedLanguage'] as const) {
      it(`${name}: ${judgement.verdict}, in ${mode}`, () => {
        const expected = mode === 'ConstrainedLanguage' ? (constrained ?? judgement) : judgement;
        assert.deepEqual(judgementOf(machine, mode), expected);
      });
    }
  }
});

function judgementOf(machine: Machine, mode: Mode): Judgement {
  const computer = createComputer(machine);
  try {
    const { problems } = runScript(computer, mode, ['-NoShow', '-NoPause']);
    assert.equal(problems, '', 'no error goes past the script');
    const text = reportOf(computer.desktop).toString('latin1');
    assert.ok(article);
    const diagnosis = diagnose(text, { at: '2026-05-04', route: (os) => routeFor(article, os) });
    assert.deepEqual(diagnosis.report, { kind: 'handshake-report', complete: true, flaws: [] });
    const found = diagnosis.findings.filter(({ severity }) => severity !== 'pass' && severity !== 'info');
    return {
      verdict: diagnosis.verdict,
      findings: Object.fromEntries(found.map(({ code, severity }) => [code, severity])),
      step: diagnosis.recommendation.step,
    };
  } finally {
    rmSync(computer.folder, { recursive: true, force: true });
  }
}
