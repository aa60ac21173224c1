import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createComputer, reportOf, requireEngine, runScripts } from './powershell.ts';
import { asPowerShellMachine, asWineSetup, sharedMachines } from './shared-machines.ts';
import { requireTool } from './tools.ts';
import { createBlank, createPc, eachAtOnce, profileOf, removePc, reportIn, runBatch } from './wine.ts';
import { readWrittenReport } from './written-report.ts';

describe('one machine, looked at by both scripts', () => {
  const byBatch = new Map<string, Buffer>();
  const byPowerShell = new Map<string, Buffer>();

  before(async function () {
    this.timeout(1_200_000);
    requireEngine(this);
    requireTool(this, 'wine');
    const computers = sharedMachines.map((shared) => createComputer(asPowerShellMachine(shared)));
    runScripts(computers.map((computer) => ({ computer, mode: 'ConstrainedLanguage' })));
    for (const [index, { name }] of sharedMachines.entries()) {
      const { desktop, folder } = computers[index] ?? assert.fail();
      byPowerShell.set(name, reportOf(desktop));
      rmSync(folder, { recursive: true, force: true });
    }
    const blank = await createBlank();
    await eachAtOnce(sharedMachines, async (shared) => {
      const pc = await createPc(blank, asWineSetup(shared));
      await runBatch(pc);
      byBatch.set(shared.name, reportIn(join(profileOf(pc), 'Desktop')));
      await removePc(pc);
    });
    await removePc(blank);
  });

  for (const { name } of sharedMachines) {
    it(`gets the same report from both: ${name}`, () => {
      const [batch, powershell] = [byBatch, byPowerShell].map(
        (reports) => reports.get(name) ?? assert.fail(),
      );
      assert.ok(batch && powershell);
      assert.deepEqual(linesOf(batch), linesOf(powershell));
    });
  }
});

/** What depends on the script, on the moment, or on what Wine lacks: hashes, the time, the clock, the probes. */
const own = /^(?:script|script-sha256|time-utc|language-mode|device) = |^=== HANDSHAKE REPORT 1 END/;

function linesOf(bytes: Buffer): readonly string[] {
  readWrittenReport(bytes);
  const lines = bytes.toString('latin1').split('\r\n');
  let section = '';
  return lines.filter((line) => {
    section = /^\[(\w+)\]$/.exec(line)?.[1] ?? section;
    return section !== 'probe' && section !== 'clock' && !own.test(line);
  });
}
