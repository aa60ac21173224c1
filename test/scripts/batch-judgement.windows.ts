import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadArticles } from '../../src/articles/load.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { routeFor } from '../../src/domain/route.ts';
import { type JudgedSetup, judgedSetups } from './judged-older-machines.ts';
import { requireTool } from './tools.ts';
import { createBlank, createPc, eachAtOnce, profileOf, removePc, reportIn, runBatch } from './wine.ts';

const [article] = loadArticles();
/** A computer takes Wine half a minute and more: one of each system in the gate, all of them by EVERY_MACHINE=1. */
const machines = process.env.EVERY_MACHINE ? judgedSetups : oneOfEachSystem();

describe('an older computer, the batch script on it, and what the diagnosis makes of its report', () => {
  const reports = new Map<string, string>();

  before(async function () {
    this.timeout(1_200_000);
    requireTool(this, 'wine');
    const blank = await createBlank();
    await eachAtOnce(machines, async ({ name, setup }) => {
      const pc = await createPc(blank, setup);
      await runBatch(pc);
      reports.set(name, reportIn(join(profileOf(pc), 'Desktop')).toString('latin1'));
      await removePc(pc);
    });
    await removePc(blank);
  });

  for (const { name, verdict, findings, step } of machines) {
    it(`${name}: ${verdict}`, () => {
      assert.deepEqual(judgementOf(reports.get(name) ?? ''), { verdict, findings, step });
    });
  }
});

function judgementOf(report: string): unknown {
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

/** The last one of each system in the list: those with the most telling faults. */
function oneOfEachSystem(): readonly JudgedSetup[] {
  const systemOf = ({ name }: JudgedSetup) =>
    /^(?:Windows|Server) [\d.]+(?: R2| SP1)?/.exec(name)?.[0] ?? name;
  return [...new Map(judgedSetups.map((machine) => [systemOf(machine), machine])).values()];
}
