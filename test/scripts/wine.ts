import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const scriptText = readFileSync(join(import.meta.dirname, '../../src/scripts/handshake-check.cmd'), 'latin1');

/** A Windows computer under Wine. */
export type WinePc = {
  /** `C:` on this disk. */
  readonly drive: string;
  readonly env: NodeJS.ProcessEnv;
  readonly setup: Setup;
};

export type Setup = {
  /** Keys and their values as in a .reg file: `'"Enabled"=dword:00000001'`. */
  readonly registry: Readonly<Record<string, readonly string[]>>;
  /** Lines of the batch files that stand in for programs of Windows, by their variable in the script. */
  readonly tools: Readonly<Record<string, readonly string[]>>;
  /** Variables such as USERNAME; an empty one is not set. */
  readonly environment: Readonly<Record<string, string>>;
};

export type BatchRun = {
  /** Where the script lies, below `C:`. */
  readonly folder: string;
  readonly fileName: string;
  readonly args: readonly string[];
  /** Variables beside those of the computer. */
  readonly environment: Readonly<Record<string, string>>;
  /** The public address that the server would have filled in. */
  readonly address: string;
};

const quiet: BatchRun = {
  folder: 'Downloads',
  fileName: 'handshake-check.cmd',
  args: ['/noshow', '/nopause'],
  environment: {},
  address: '',
};

/** Makes an empty Windows 7; it takes some seconds, so the others are copies of it. */
export async function createBlank(): Promise<WinePc> {
  const pc = pcIn(mkdtempSync(join(tmpdir(), 'handshake-wine-')), {
    registry: {},
    tools: {},
    environment: {},
  });
  await wine(pc, ['wineboot', '--init']);
  await endServer(pc);
  return pc;
}

export async function createPc(blank: WinePc, setup: Setup): Promise<WinePc> {
  const folder = mkdtempSync(join(tmpdir(), 'handshake-wine-'));
  cpSync(blank.env.WINEPREFIX ?? '', join(folder, 'prefix'), { recursive: true, verbatimSymlinks: true });
  const pc = pcIn(folder, setup);
  // Wine links the desktop to the home directory of whoever made the blank.
  rmSync(join(profileOf(pc), 'Desktop'), { recursive: true, force: true });
  mkdirSync(join(profileOf(pc), 'Desktop'));
  const keys = Object.entries(setup.registry).map(([key, values]) =>
    [`[${key}]`, ...values, ''].join('\r\n'),
  );
  // Only in a file of two bytes a letter does Wine take lists for what they are in a real export.
  const text = ['\uFEFFWindows Registry Editor Version 5.00', '', ...keys].join('\r\n');
  writeFileSync(join(pc.drive, 'machine.reg'), text, 'utf16le');
  await wine(pc, ['reg', 'import', 'C:\\machine.reg']);
  mkdirSync(join(pc.drive, 'tools'));
  for (const [name, lines] of Object.entries(setup.tools)) {
    writeFileSync(join(pc.drive, 'tools', `${name}.cmd`), ['@echo off', ...lines, ''].join('\r\n'));
  }
  return pc;
}

/** Puts the script into a folder of the computer and runs it there as the person would; returns what it shows. */
export async function runBatch(
  pc: WinePc,
  run: Partial<BatchRun> = {},
  change = (script: string): string => script,
): Promise<string> {
  const { folder, fileName, args, environment, address } = { ...quiet, ...run };
  mkdirSync(join(pc.drive, folder), { recursive: true });
  writeFileSync(join(pc.drive, folder, fileName), change(scriptFor(pc, address)), 'latin1');
  const variables = Object.entries({ ...pc.setup.environment, ...environment });
  // Wine makes some variables up, so they come under another name; a batch file could not hold every letter.
  const lines = variables.map(([name]) => `@set "${name}=%TOLD_${name}%"`);
  const told = variables.filter(([, value]) => value !== '');
  // As Explorer does: the path quoted, and so with blanks and ampersands in it.
  const text = [
    ...lines.map((line, index) => (variables[index]?.[1] === '' ? line.replace(/=.*/, '="') : line)),
    `@call "C:\\${folder}\\${fileName}" ${args.join(' ')}`,
    '',
  ].join('\r\n');
  writeFileSync(join(pc.drive, 'run.cmd'), text);
  const env = Object.fromEntries(told.map(([name, value]) => [`TOLD_${name}`, value]));
  return wine(pc, ['cmd', '/c', 'C:\\run.cmd'], env);
}

/** What some subroutines of the script make of a text each; names that were found for one are known to the next. */
export async function callBatch(
  pc: WinePc,
  calls: readonly (readonly [subroutine: string, text: string])[],
): Promise<readonly string[]> {
  const lines = calls.flatMap(([subroutine, text]) => [
    `set "V=${text}"`,
    `call :${subroutine}`,
    'setlocal EnableDelayedExpansion',
    'echo =!V!',
    'endlocal',
  ]);
  const body = ['set "REGBLOCKED=yes"', 'call :names', ...lines, 'exit /b 0', ''].join('\r\n');
  const shown = await runBatch(pc, {}, (script) => script.replace(/^call :prepare\r\n/m, () => body));
  return shown
    .split('\r\n')
    .filter((line) => line.startsWith('='))
    .map((line) => line.slice(1));
}

/** The script, with stand-ins for some programs, and the address that the server fills in. */
function scriptFor(pc: WinePc, address: string): string {
  let text = scriptText.replace('set "ADDRESS="\r', `set "ADDRESS=${address}"\r`);
  for (const name of Object.keys(pc.setup.tools)) {
    const line = new RegExp(`^set "${name}=%.*"\\r$`, 'm');
    if (!line.test(text)) throw new Error(`the script has no tool ${name}`);
    text = text.replace(line, `set "${name}=C:\\tools\\${name}.cmd"\r`);
  }
  return text;
}

/** Writes each report of some computers, a few at a time, and returns what `of` takes from it. */
export async function eachAtOnce<Item, Result>(
  items: readonly Item[],
  of: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results[next[0]] = await of(next[1]);
  };
  await Promise.all([work(), work(), work()]);
  return results;
}

export function profileOf(pc: WinePc): string {
  const users = join(pc.drive, 'users');
  const user = readdirSync(users).find((name) => name !== 'Public');
  return join(users, user ?? '');
}

export function reportIn(folder: string): Buffer {
  return readFileSync(join(folder, 'handshake-report.txt'));
}

export async function removePc(pc: WinePc): Promise<void> {
  await endServer(pc);
  rmSync(join(pc.env.WINEPREFIX ?? '', '..'), { recursive: true, force: true });
}

function pcIn(folder: string, setup: Setup): WinePc {
  const prefix = join(folder, 'prefix');
  mkdirSync(join(folder, 'home'), { recursive: true });
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: join(folder, 'home'),
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
  };
  return { drive: join(prefix, 'drive_c'), env, setup };
}

async function wine(pc: WinePc, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> {
  const started = execute('wine', args, {
    env: { ...pc.env, ...more },
    encoding: 'latin1',
    timeout: 1_800_000,
  });
  started.child.stdin?.end();
  // What the script is worth is in its report; Wine's own exit codes say little.
  return started.then(({ stdout }) => stdout, outputOf);
}

function outputOf(problem: unknown): string {
  const { stdout, killed } = problem as { stdout?: string; killed?: boolean };
  if (stdout === undefined || killed) throw problem;
  return stdout;
}

/** Every prefix has a server of its own, which lingers and writes the registry late. */
async function endServer(pc: WinePc): Promise<void> {
  const ignored = (): undefined => undefined;
  await execute('wineserver', ['-k'], { env: pc.env }).catch(ignored);
  await execute('wineserver', ['-w'], { env: pc.env, timeout: 20_000 }).catch(ignored);
}
