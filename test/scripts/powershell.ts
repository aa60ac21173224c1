import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from 'mocha';
import { type Machine, nothing } from './machines.ts';
import { isInstalled, requireTool } from './tools.ts';

const execute = promisify(execFile);

const host = join(import.meta.dirname, 'host');
const hostProgram = join(host, 'bin/Release/net10.0/PowerShellHost.dll');
export const scriptFile = join(import.meta.dirname, '../../src/scripts/handshake-check.ps1');

/** Starts test/scripts/host/Program.cs: its words go behind. */
type Engine = readonly [program: string, ...args: string[]];

const installed: Engine = ['pwsh', '-NoProfile', '-NonInteractive', '-File', join(host, 'start.ps1')];
const built: Engine = ['dotnet', hostProgram];
let engine: Engine | null = null;

/** Takes the PowerShell that is installed, or builds a small program with its engine from the .NET SDK. */
export function requireEngine(test: Context): void {
  if (engine !== null) return;
  if (isInstalled('pwsh')) {
    engine = installed;
    return;
  }
  requireTool(test, 'dotnet');
  start(['dotnet', 'build', host, '-c', 'Release', '-v', 'quiet', '--nologo']);
  engine = built;
}

export type Part = { readonly text: string; readonly line: number; readonly function: string };
export type Command = Part & {
  readonly name: string;
  readonly parameters: readonly string[];
  /** What the nearest `if` around it asks for. */
  readonly condition: string;
};
export type Inspection = {
  readonly errors: readonly string[];
  readonly functions: readonly string[];
  readonly commands: readonly Command[];
  readonly methods: readonly Part[];
  readonly types: readonly Part[];
  readonly variables: readonly string[];
  /** Syntax that Windows PowerShell 5.1 does not have. */
  readonly newer: readonly Part[];
  readonly redirections: readonly string[];
};

/** What a script consists of, from its syntax tree. */
export function inspect(file = scriptFile): Inspection {
  return JSON.parse(runHost(['inspect', file], {}).shown) as Inspection;
}

export type Computer = {
  readonly folder: string;
  readonly desktop: string;
  readonly temp: string;
  /** The script as the person saved it. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** The folders and tools of a machine, on this disk. */
export function createComputer(machine: Machine, script = scriptFile): Computer {
  const folder = mkdtempSync(join(tmpdir(), 'handshake computer '));
  const computer: Computer = {
    folder,
    desktop: join(folder, 'Anna Berg/Desktop'),
    temp: join(folder, 'temp'),
    script,
    environment: { ...annaBerg, ...machine.environment },
  };
  for (const part of [computer.desktop, computer.temp, join(folder, 'System32')])
    mkdirSync(part, { recursive: true });
  for (const [program, body] of Object.entries(machine.tools)) {
    const file = join(folder, 'System32', program);
    writeFileSync(file, body === null ? '\u007fno program' : `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
  }
  writeFileSync(join(folder, 'machine.json'), JSON.stringify(machine));
  return computer;
}

export type Mode = 'FullLanguage' | 'ConstrainedLanguage';

export type Run = {
  readonly computer: Computer;
  readonly mode: Mode;
  /** `-NoShow` and `-NoPause`, unless others are told. */
  readonly args?: readonly string[];
};
export type Shown = { readonly shown: string; readonly problems: string };

export const silent = ['-NoShow', '-NoPause'];

/** Runs the whole script on a computer. */
export function runScript(computer: Computer, mode: Mode, args: readonly string[] = []): Shown {
  const [shown] = runJobs([jobOf(computer, mode, args)]);
  if (shown === undefined) throw new Error('the host answered nothing');
  return shown;
}

/** Runs the script on many computers, one after the other: the engine takes longer to start than to run it. */
export function runScripts(runs: readonly Run[]): readonly Shown[] {
  return runJobs(runs.map(({ computer, mode, args = silent }) => jobOf(computer, mode, args)));
}

function jobOf(computer: Computer, mode: Mode, args: readonly string[]) {
  return {
    script: computer.script,
    standIns: join(host, 'stand-ins.ps1'),
    machine: join(computer.folder, 'machine.json'),
    mode,
    arguments: args,
    environment: environmentOf(computer),
  };
}

function runJobs(jobs: readonly ReturnType<typeof jobOf>[]): readonly Shown[] {
  const folder = mkdtempSync(join(tmpdir(), 'handshake jobs '));
  try {
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(jobs));
    return JSON.parse(runHost(['many', join(folder, 'jobs.json')], {}).shown) as readonly Shown[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs code that may use the script's functions, without blocking servers of the test. */
export async function callScript(code: string): Promise<string> {
  const computer = createComputer(nothing);
  const machine = join(computer.folder, 'machine.json');
  const [program, ...args] = startedEngine();
  const call = ['call', scriptFile, join(host, 'stand-ins.ps1'), machine, code];
  const env = { ...process.env, ...quiet, ...environmentOf(computer) };
  try {
    const { stdout } = await execute(program, [...args, ...call], { env });
    return stdout.trim();
  } finally {
    rmSync(computer.folder, { recursive: true, force: true });
  }
}

/** Names that nobody else in the tests has, for machines that tell none. */
const annaBerg = {
  USERNAME: 'Anna Berg',
  COMPUTERNAME: 'LT-0417',
  USERDOMAIN: 'LUMEN',
  USERDNSDOMAIN: 'lumen.example',
};

/** The second file, with its byte order mark. */
export function namesOf(folder: string): string {
  return readFileSync(fileIn(folder, 'handshake-names.txt'), 'utf8');
}

export function reportOf(folder: string): Buffer {
  return readFileSync(fileIn(folder, 'handshake-report.txt'));
}

function fileIn(folder: string, name: string): string {
  // PowerShell outside of Windows may leave the separator in the name.
  const file = [join(folder, name), `${folder}\\${name}`].find(existsSync);
  if (file === undefined) throw new Error(`no ${name} in ${folder}`);
  return file;
}

function environmentOf({ folder, temp, environment }: Computer): Record<string, string> {
  return {
    ...environment,
    SystemRoot: folder,
    USERPROFILE: join(folder, 'Anna Berg'),
    TEMP: temp,
    LOCALAPPDATA: join(folder, 'local'),
    ProgramFiles: join(folder, 'programs'),
    PROCESSOR_ARCHITECTURE: 'AMD64',
  };
}

function runHost(args: readonly string[], env: Record<string, string>): Shown {
  return start([...startedEngine(), ...args], env);
}

function startedEngine(): Engine {
  if (engine === null) throw new Error('requireEngine has to come first');
  return engine;
}

function start([program, ...args]: Engine, env: Record<string, string> = {}): Shown {
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...quiet, ...env },
  });
  if (result.status !== 0)
    throw new Error(`${program} ${args[0]} ended with ${result.status}: ${result.stderr}${result.stdout}`);
  return { shown: result.stdout, problems: result.stderr };
}

const quiet = {
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
};
