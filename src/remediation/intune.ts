import type { IntuneScripts, RegistryChange } from '../domain/remedy.ts';
import { commandsFor, dataOf, undoCommandsFor } from './commands.ts';
import type { Plan } from './plan.ts';

/**
 * The pair that Intune wants, and the way back. The values of one PC may differ from those of the next, so bits are
 * added to what each PC has; the undo restores what the one report showed.
 */
export function intuneScriptsFor(plan: Plan): IntuneScripts {
  const runAs = plan.registry.some(({ path }) => path.startsWith('HKCU')) ? 'user' : 'system';
  const { registry } = plan;
  return {
    runAs,
    detect: script(plan, runAs, 'Detects', [
      ...reading,
      '$open = @()',
      ...registry.map(detectValue),
      ...detectNames(plan),
      "if ($open.Count -eq 0) { Write-Output 'In order.'; exit 0 }",
      "Write-Output ('To be set: ' + ($open -join ', '))",
      'exit 1',
    ]),
    remediate: script(plan, runAs, 'Sets', [
      ...reading,
      ...registry.flatMap(setValue),
      ...commandsFor({ ...plan, registry: [] }),
      'exit 0',
    ]),
    undo: script(plan, runAs, 'Takes back', [
      ...reading,
      ...registry.flatMap(undoValue),
      ...undoCommandsFor({ ...plan, registry: [] }),
      'exit 0',
    ]),
  };
}

/** Intune starts a 32-bit PowerShell unless told otherwise, which would see the other half of the registry. */
const reading: readonly string[] = [
  '$reg = "$env:SystemRoot\\Sysnative\\reg.exe"',
  'if (-not (Test-Path -LiteralPath $reg)) { $reg = "$env:SystemRoot\\System32\\reg.exe" }',
  'function Read-Value([string]$Path, [string]$Name) {',
  '    foreach ($line in (& $reg query $Path /v $Name 2>&1)) {',
  "        if ($line -match '\\sREG_[A-Z_]+\\s+(\\S.*?)\\s*$') { return $Matches[1] }",
  '    }',
  "    return ''",
  '}',
];

function script(
  { finding }: Plan,
  runAs: IntuneScripts['runAs'],
  does: string,
  body: readonly string[],
): string {
  const credentials = runAs === 'user' ? 'with the logged-on credentials' : 'as the system, not as the user';
  return [
    `# Handshake, ${finding}. ${does} what stands below. Run this script ${credentials}.`,
    ...body,
    '',
  ].join('\r\n');
}

function detectValue({ path, name, set, bits }: RegistryChange): string {
  const value = `(Read-Value '${path}' '${name}')`;
  const differs =
    bits === null ? `${value} -ne '${dataOf(set)}'` : `([int64]${value} -band ${hex(bits)}) -eq 0`;
  return `if (${differs}) { $open += '${name}' }`;
}

function detectNames({ switchOn }: Plan): readonly string[] {
  if (switchOn === null) return [];
  const names = switchOn.names.map((name) => `'${name}'`).join(', ');
  const command =
    switchOn.list === 'suites'
      ? "@(Get-TlsCipherSuite | ForEach-Object { $_.Name -replace '_P(256|384|521)$', '' })"
      : '@(Get-TlsEccCurve)';
  return [
    `$on = ${command}`,
    `foreach ($name in @(${names})) { if ($on -notcontains $name) { $open += $name } }`,
  ];
}

function setValue({ path, name, set, bits }: RegistryChange): readonly string[] {
  if (bits === null) return add(path, name, set.type, `'${dataOf(set)}'`);
  return [
    `$value = [int64](Read-Value '${path}' '${name}') -bor ${hex(bits)}`,
    ...add(path, name, set.type, '$value'),
  ];
}

function undoValue({ path, name, undo }: RegistryChange): readonly string[] {
  // A value that is gone already is no failure.
  if (undo === null) return [`& $reg delete '${path}' /v ${name} /f 2>&1 | Out-Null`];
  return add(path, name, undo.type, `'${dataOf(undo)}'`);
}

function add(path: string, name: string, type: string, data: string): readonly string[] {
  return [
    `& $reg add '${path}' /v ${name} /t ${type} /d ${data} /f | Out-Null`,
    'if ($LASTEXITCODE -ne 0) { exit 1 }',
  ];
}

function hex(bits: number): string {
  return `0x${bits.toString(16)}`;
}
