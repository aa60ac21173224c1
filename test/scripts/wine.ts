import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scriptText = readFileSync(join(import.meta.dirname, '../../src/scripts/handshake-check.cmd'), 'latin1');

/** A Windows computer under Wine. */
export type WinePc = {
  /** `C:` on this disk. */
  readonly drive: string;
  readonly env: NodeJS.ProcessEnv;
};

export type Setup = {
  /** Keys and their values as in a .reg file: `'"Enabled"=dword:00000001'`. */
  readonly registry: Readonly<Record<string, readonly string[]>>;
  /** Lines of the batch files that stand in for programs of Windows, by their variable in the script. */
  readonly tools: Readonly<Record<string, readonly string[]>>;
};

/** Makes an empty Windows 7; it takes some seconds, so the others are copies of it. */
export function createBlank(): WinePc {
  const pc = pcIn(mkdtempSync(join(tmpdir(), 'handshake-wine-')));
  wine(pc, ['wineboot', '--init']);
  endServer(pc);
  return pc;
}

export function createPc(blank: WinePc, setup: Setup): WinePc {
  const folder = mkdtempSync(join(tmpdir(), 'handshake-wine-'));
  cpSync(blank.env.WINEPREFIX ?? '', join(folder, 'prefix'), { recursive: true, verbatimSymlinks: true });
  const pc = pcIn(folder);
  // Wine links the desktop to the home directory of whoever made the blank.
  rmSync(join(profileOf(pc), 'Desktop'), { recursive: true, force: true });
  mkdirSync(join(profileOf(pc), 'Desktop'));
  const keys = Object.entries(setup.registry).map(([key, values]) =>
    [`[${key}]`, ...values, ''].join('\r\n'),
  );
  // Only in a file of two bytes a letter does Wine take lists for what they are in a real export.
  const text = ['\uFEFFWindows Registry Editor Version 5.00', '', ...keys].join('\r\n');
  writeFileSync(join(pc.drive, 'machine.reg'), text, 'utf16le');
  wine(pc, ['reg', 'import', 'C:\\machine.reg']);
  mkdirSync(join(pc.drive, 'tools'));
  for (const [name, lines] of Object.entries(setup.tools)) {
    writeFileSync(join(pc.drive, 'tools', `${name}.cmd`), ['@echo off', ...lines, ''].join('\r\n'));
  }
  return pc;
}

/** Puts the script into a folder of the computer and runs it there, with some tools replaced; returns what it shows. */
export function runBatch(
  pc: WinePc,
  tools: readonly string[],
  args: readonly string[] = [],
  folder = 'Downloads',
): string {
  let text = scriptText;
  for (const name of tools) {
    const line = new RegExp(`^set "${name}=%.*"\\r$`, 'm');
    if (!line.test(text)) throw new Error(`the script has no tool ${name}`);
    text = text.replace(line, `set "${name}=C:\\tools\\${name}.cmd"\r`);
  }
  mkdirSync(join(pc.drive, folder), { recursive: true });
  writeFileSync(join(pc.drive, folder, 'handshake-check.cmd'), text, 'latin1');
  // As Explorer does: the path quoted, and so with blanks and ampersands in it.
  const line = `@call "C:\\${folder}\\handshake-check.cmd" ${['/noshow', '/nopause', ...args].join(' ')}`;
  writeFileSync(join(pc.drive, 'run.cmd'), `${line}\r\n`);
  return wine(pc, ['cmd', '/c', 'C:\\run.cmd']);
}

export function profileOf(pc: WinePc): string {
  const users = join(pc.drive, 'users');
  const user = readdirSync(users).find((name) => name !== 'Public');
  return join(users, user ?? '');
}

export function removePc(pc: WinePc): void {
  endServer(pc);
  rmSync(join(pc.env.WINEPREFIX ?? '', '..'), { recursive: true, force: true });
}

function pcIn(folder: string): WinePc {
  const prefix = join(folder, 'prefix');
  mkdirSync(join(folder, 'home'), { recursive: true });
  const env = {
    ...process.env,
    HOME: join(folder, 'home'),
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    DISPLAY: '',
  };
  return { drive: join(prefix, 'drive_c'), env };
}

function wine(pc: WinePc, args: readonly string[]): string {
  const result = spawnSync('wine', args, { env: pc.env, encoding: 'latin1', timeout: 120_000 });
  if (result.error !== undefined) throw result.error;
  return result.stdout;
}

/** Every prefix has a server of its own, which lingers and writes the registry late. */
function endServer(pc: WinePc): void {
  spawnSync('wineserver', ['-k'], { env: pc.env });
  spawnSync('wineserver', ['-w'], { env: pc.env, timeout: 20_000 });
}
