import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadScripts } from '../../src/scripts/catalogue.ts';
import { judgedMachines } from './judged-machines.ts';
import type { Machine } from './machines.ts';
import { type Computer, createComputer, reportOf, requireEngine, runScripts, silent } from './powershell.ts';
import { readWrittenReport } from './written-report.ts';

const machine = judgedMachines[0]?.machine ?? assert.fail();
const page = 'https://bot.example.com/r/CDFG2345';

type Situation = {
  readonly fileName: string;
  readonly address?: string;
  readonly args?: readonly string[];
  readonly answer?: string;
};

/** By what it is called: how the script was saved and started, and what the person types. */
const situations = {
  'a code in its name': { fileName: 'handshake-check-CDFG2345.ps1' },
  'a second copy': { fileName: 'handshake-check-CDFG2345 (1).ps1' },
  'no code': { fileName: 'handshake-check.ps1' },
  'a code with letters that codes do not have': { fileName: 'handshake-check-ABCE0123.ps1' },
  'a code told, and another in its name': {
    fileName: 'handshake-check-CDFG2345.ps1',
    args: [...silent, '-Case:KMNP6789'],
  },
  'no address': { fileName: 'handshake-check-CDFG2345.ps1', address: '' },
  'a person who says O': { fileName: 'handshake-check-CDFG2345.ps1', args: [], answer: 'o' },
  'a person who presses Enter': { fileName: 'handshake-check-CDFG2345.ps1', args: [], answer: '' },
  'nothing to be shown': { fileName: 'handshake-check-CDFG2345.ps1', args: ['-NoShow'], answer: 'o' },
} as const satisfies Readonly<Record<string, Situation>>;

type Outcome = { readonly code: string | undefined; readonly shown: string; readonly opened: string | null };

describe('where the PowerShell script says to send its report', () => {
  const outcomes = new Map<string, Outcome>();
  const outcome = (name: keyof typeof situations) => outcomes.get(name) ?? assert.fail();

  before(function () {
    this.timeout(900_000);
    requireEngine(this);
    const runs = Object.entries<Situation>(situations).map(([name, situation]) => {
      const computer = prepare(machine, situation);
      return { name, computer, mode: 'ConstrainedLanguage' as const, args: situation.args ?? silent };
    });
    const shown = runScripts(runs);
    for (const [index, { name, computer }] of runs.entries()) {
      outcomes.set(name, outcomeOf(computer, shown[index]?.shown ?? ''));
      rmSync(computer.folder, { recursive: true, force: true });
    }
  });

  it('takes the code from its own name, even of a second copy, unless one is told', () => {
    assert.equal(outcome('a code in its name').code, 'CDFG2345');
    assert.equal(outcome('a second copy').code, 'CDFG2345');
    assert.equal(outcome('no code').code, 'none');
    assert.equal(outcome('a code with letters that codes do not have').code, 'none');
    assert.equal(outcome('a code told, and another in its name').code, 'KMNP6789');
  });

  it('names the page that takes the report, when it knows the address and the code', () => {
    assert.ok(outcome('a code in its name').shown.includes(`Send it at ${page}`));
    assert.doesNotMatch(outcome('no code').shown, /Send it at/);
    assert.doesNotMatch(outcome('no address').shown, /Send it at/);
  });

  it('opens that page only when a person asks for it', () => {
    assert.equal(outcome('a person who says O').opened, page);
    assert.match(outcome('a person who says O').shown, /type O and press Enter/);
    assert.equal(outcome('a person who presses Enter').opened, null);
    assert.equal(outcome('a code in its name').opened, null);
  });

  it('does not offer it when nothing may be shown', () => {
    assert.equal(outcome('nothing to be shown').opened, null);
    assert.doesNotMatch(outcome('nothing to be shown').shown, /type O/);
  });

  it('never shows the names that it replaced, nor opens their file', () => {
    for (const { shown } of outcomes.values()) assert.doesNotMatch(shown, /host-1 =|=== HANDSHAKE NAMES/);
    assert.match(outcome('no code').shown, /handshake-names\.txt beside it is for you alone/);
  });
});

function prepare(
  told: Machine,
  { fileName, address = 'https://bot.example.com', answer }: Situation,
): Computer {
  const computer = createComputer({ ...told, answer: answer ?? null });
  const downloads = join(computer.folder, 'Downloads');
  mkdirSync(downloads);
  const filled = loadScripts('https://bot.example.com').powershell.bytes.toString('latin1');
  const script = join(downloads, fileName);
  writeFileSync(script, filled.replace("$address = 'https://bot.example.com'", `$address = '${address}'`));
  const browser = join(computer.folder, 'explorer.exe');
  writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" >'${computer.folder}/opened'\n`, { mode: 0o755 });
  writeFileSync(join(computer.folder, 'System32/notepad.exe'), '#!/bin/sh\n', { mode: 0o755 });
  return { ...computer, script };
}

function outcomeOf({ folder, desktop }: Computer, shown: string): Outcome {
  const opened = join(folder, 'opened');
  return {
    code: readWrittenReport(reportOf(desktop)).values.get('report.case'),
    shown,
    opened: existsSync(opened) ? readFileSync(opened, 'utf8') : null,
  };
}
