import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { remediationFor } from '../../src/remediation/remediation.ts';
import { buildReport, systems } from '../diagnosis/report-builder.ts';
import { route } from '../diagnosis/route-builder.ts';
import { byPolicy, everythingOff } from '../remediation/everything-off.ts';
import { inspect, requireEngine } from './powershell.ts';

describe('The scripts for Intune, in the real PowerShell parser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handshake-intune-'));
  before(function () {
    this.timeout(240_000);
    requireEngine(this);
  });
  after(() => rmSync(folder, { recursive: true }));

  const allowed = new Set(
    `$reg Test-Path Read-Value Write-Output Out-Null ForEach-Object Get-TlsCipherSuite Get-TlsEccCurve
    Enable-TlsCipherSuite Disable-TlsCipherSuite Enable-TlsEccCurve Disable-TlsEccCurve`.split(/\s+/),
  );
  for (const [name, changes] of Object.entries({ everythingOff, byPolicy })) {
    const report = buildReport(systems['windows-10-22h2'], changes);
    const remedies = remediationFor(diagnose(report, { at: '2026-05-04', route: () => route }));
    for (const { kind, intune } of remedies) {
      it(`are valid for Windows PowerShell 5.1, and run known commands alone: ${kind} (${name})`, function () {
        this.timeout(120_000);
        for (const role of ['detect', 'remediate', 'undo'] as const) {
          const file = join(folder, `${kind}-${role}.ps1`);
          writeFileSync(file, intune[role]);
          const { errors, newer, methods, commands } = inspect(file);
          assert.deepEqual({ errors, newer, methods }, { errors: [], newer: [], methods: [] }, role);
          const strange = commands.map((command) => command.name).filter((command) => !allowed.has(command));
          assert.deepEqual(strange, [], role);
        }
      });
    }
  }
});
