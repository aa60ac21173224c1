import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Inspection, inspect, requireEngine } from './powershell.ts';

/** Everything that it may call, with the parameters that Windows PowerShell 5.1 knows. No reader changes a setting. */
const readers: Readonly<Record<string, readonly string[]>> = {
  'Get-ChildItem': ['LiteralPath'],
  'Get-Command': [],
  'Get-FileHash': ['LiteralPath', 'Algorithm'],
  'Get-HotFix': ['Id'],
  'Get-ItemProperty': ['LiteralPath', 'Name'],
  'Test-Path': ['LiteralPath'],
  'Resolve-DnsName': ['Name', 'QuickTimeout'],
  'Invoke-WebRequest': ['Uri', 'Method', 'UseBasicParsing', 'TimeoutSec'],
  'Test-NetConnection': ['ComputerName', 'Port', 'InformationLevel', 'WarningAction'],
  'New-Object': ['TypeName', 'ArgumentList'],
  'Read-Host': [],
  'Write-Host': [],
};
const writers: Readonly<Record<string, readonly string[]>> = {
  'Add-Content': ['LiteralPath', 'Value', 'Encoding', 'NoNewline'],
  'Set-Content': ['LiteralPath', 'Value', 'Encoding', 'NoNewline'],
  'Remove-Item': ['LiteralPath'],
};
const programs = [
  '"$system\\reg.exe"',
  '"$system\\$Program"',
  '"$system\\notepad.exe"',
  '"$env:SystemRoot\\explorer.exe"',
  '$curl',
  '$again',
  '$Name',
];
/** The optional part: constrained language mode forbids what it does, so nothing else may depend on it. */
const inFullLanguage = ['Open-Tunnel', 'Invoke-Handshake', 'Test-InFullLanguage'];

describe('the language of the PowerShell script, on its syntax tree', () => {
  let script: Inspection;

  before(function () {
    this.timeout(240_000);
    requireEngine(this);
    script = inspect();
  });

  it('has no parse error', () => {
    assert.deepEqual(script.errors, []);
  });

  it('calls only what reads, probes, or talks to the person', () => {
    const allowed = new Set([...script.functions, ...Object.keys({ ...readers, ...writers }), ...programs]);
    assert.deepEqual(
      script.commands.filter((command) => !allowed.has(command.name)),
      [],
    );
  });

  it('gives cmdlets only parameters that Windows PowerShell 5.1 knows', () => {
    const known = { ...readers, ...writers };
    const stray = script.commands.flatMap(({ name, parameters }) =>
      parameters
        .filter((each) => known[name] !== undefined && ![...known[name], 'ErrorAction'].includes(each))
        .map((each) => `${name} -${each}`),
    );
    assert.deepEqual(stray, []);
  });

  it('writes its report, the names beside it and one working file that it deletes, and nothing else', () => {
    const writing = script.commands.filter((command) => command.name in writers);
    assert.deepEqual(
      writing.map(({ text }) => text.split(' ').slice(0, 3).join(' ')),
      [
        'Set-Content -LiteralPath $working',
        'Remove-Item -LiteralPath $working',
        'Set-Content -LiteralPath "$Folder\\$namesName"',
        'Set-Content -LiteralPath $path',
        'Add-Content -LiteralPath $path',
      ],
    );
    assert.deepEqual(new Set(script.redirections), new Set(['2>$null', '>$null']));
  });

  it('asks reg.exe for queries alone, and the cmdlets called by name are two that read', () => {
    for (const { name, text } of script.commands.filter((command) => command.name.includes('reg.exe'))) {
      assert.match(text, /^& "\$system\\reg\.exe" query /, name);
    }
    const named = script.commands.filter((command) => command.name === 'Add-Cmdlet').map(({ text }) => text);
    assert.deepEqual(named, ["Add-Cmdlet 'Get-TlsCipherSuite'", "Add-Cmdlet 'Get-TlsEccCurve'"]);
  });

  it('opens nothing but the report and the page to send it to', () => {
    const opening = script.commands.filter(({ name }) => /notepad|explorer/.test(name));
    assert.deepEqual(
      opening.map(({ text }) => text),
      ['& "$system\\notepad.exe" $Path', '& "$env:SystemRoot\\explorer.exe" $page'],
    );
  });

  it('calls methods only where constrained language mode never comes', () => {
    assert.deepEqual(
      script.methods.filter((method) => !inFullLanguage.includes(method.function)),
      [],
    );
  });

  it('names types that constrained language mode forbids only there, too', () => {
    const core = /^\[(?:int|string|bool|switch|datetime)\]$/;
    assert.deepEqual(
      script.types.filter((type) => !core.test(type.text) && !inFullLanguage.includes(type.function)),
      [],
    );
  });

  it('enters that part behind a question for full language mode alone', () => {
    const entering = script.commands.filter(
      (command) => inFullLanguage.includes(command.name) && !inFullLanguage.includes(command.function),
    );
    assert.deepEqual(
      entering.map(({ name, condition }) => `${name} if ${condition}`),
      ['Test-InFullLanguage if $full'],
    );
  });

  it('uses no syntax and no variable newer than Windows PowerShell 5.1', () => {
    assert.deepEqual(script.newer, []);
    assert.deepEqual(
      script.variables.filter((name) =>
        /^(?:Is(?:Windows|Linux|MacOS|CoreCLR)|PSStyle|PSNative.*)$/i.test(name),
      ),
      [],
    );
  });
});

describe('the check for newer syntax', () => {
  const newer = [
    "$a = $true ? 'yes' : 'no'",
    "$a = $b ?? 'none'",
    "$a ??= 'none'",
    'Get-Command && Get-Command',
    'Get-Command || Get-Command',
    '$a = (Get-Command)?.Length',
    '$a = (Get-Command)?[0]',
    'Get-Command &',
    'function f { clean { } }',
    'class Thing { }',
    'using namespace System.Text',
    '$a = 1u',
    '$a = "`e[0m"',
    '$a = "`u{2713}"',
  ];
  let folder: string;

  before(function () {
    this.timeout(240_000);
    requireEngine(this);
    folder = mkdtempSync(join(tmpdir(), 'handshake-syntax-'));
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('finds each of its kinds', () => {
    for (const line of newer) {
      const file = join(folder, 'newer.ps1');
      writeFileSync(file, `${line}\n`);
      assert.equal(inspect(file).newer.length, 1, line);
    }
  });
});
