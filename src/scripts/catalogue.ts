import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Os } from '../domain/os.ts';

export type ScriptKind = 'powershell' | 'batch';

export type Script = {
  readonly kind: ScriptKind;
  readonly fileName: string;
  readonly version: string;
  readonly bytes: Buffer;
  readonly size: number;
  /** 64 small hexadecimal digits. */
  readonly sha256: string;
  /** Path on the bot's own server. It names the content, so what it answers never changes. */
  readonly path: string;
  readonly contentType: string;
};

export type ScriptCatalogue = Readonly<Record<ScriptKind, Script>>;

/** A folder of signed scripts that cannot be served; the message says what to do. */
export class ScriptsUnusable extends Error {
  override readonly name = 'ScriptsUnusable';
  readonly code = 'scripts-unusable';
}

/**
 * Reads both scripts from disk, once, at start, and tells them the address that takes their reports: `publicUrl`,
 * without a slash at the end. `signedFolder` holds what `npm run scripts:sign` made of them; null is unsigned.
 * Throws ScriptsUnusable.
 */
export function loadScripts(publicUrl: string, signedFolder: string | null = null): ScriptCatalogue {
  if (!isPlainUrl(publicUrl)) throw new Error(`not an address to write into a script: ${publicUrl}`);
  const scripts = loadUnsigned(publicUrl);
  if (signedFolder === null) return scripts;
  return {
    powershell: loadSigned(scripts.powershell, signedFolder),
    batch: loadSigned(scripts.batch, signedFolder),
  };
}

function loadUnsigned(publicUrl: string): ScriptCatalogue {
  return {
    powershell: load('powershell', 'handshake-check.ps1', {
      version: /^\$version = '([\d.]+)'$/m,
      address: ["$address = ''", `$address = '${publicUrl}'`],
    }),
    batch: load('batch', 'handshake-check.cmd', {
      version: /^set "VERSION=([\d.]+)"$/m,
      address: ['set "ADDRESS="', `set "ADDRESS=${publicUrl}"`],
    }),
  };
}

/** Holds no sign that a shell or a script reads as its own: no quotes, blanks, `%`, `&`, `$`. */
export function isPlainUrl(url: string): boolean {
  return /^https?:\/\/[\w.:[\]/-]+$/.test(url);
}

/** The script's name with a check code in it, from which the script reads the code: `handshake-check-CDFG2345.ps1`. */
export function codedName(fileName: string, code: string): string {
  const dot = fileName.lastIndexOf('.');
  return `${fileName.slice(0, dot)}-${code}${fileName.slice(dot)}`;
}

/** Where the script is downloaded under that name; the bytes are the same. */
export function codedPath({ path, fileName }: Pick<Script, 'path' | 'fileName'>, code: string): string {
  return `${path.slice(0, -fileName.length)}${codedName(fileName, code)}`;
}

/**
 * Windows 10 and Server 2016 are the first that have Windows PowerShell 5.1; the batch file runs everywhere, and
 * is for those who do not know, or have not said yet, what they have.
 */
export function scriptFor(os: Os | null): ScriptKind {
  switch (os) {
    case 'windows-11':
    case 'windows-10':
    case 'server-2025':
    case 'server-2022':
    case 'server-2019':
    case 'server-2016':
      return 'powershell';
    case 'windows-8.1':
    case 'windows-8':
    case 'windows-7':
    case 'server-2012-r2':
    case 'server-2012':
    case 'server-2008-r2':
    case 'other':
    case 'unknown':
    case null:
      return 'batch';
  }
}

/** The line that names the version, and the empty line for the address with what takes its place. */
type Lines = { readonly version: RegExp; readonly address: readonly [string, string] };

function load(kind: ScriptKind, fileName: string, lines: Lines): Script {
  const read = readFileSync(new URL(fileName, import.meta.url), 'utf8').replace(/\r?\n/g, '\n');
  const version = lines.version.exec(read)?.[1];
  if (version === undefined) throw new Error(`${fileName} has no line that matches ${lines.version}`);
  const [empty, filled] = lines.address;
  const text = read.replace(`\n${empty}\n`, () => `\n${filled}\n`);
  if (text === read) throw new Error(`${fileName} has no line ${empty} to write the address into`);
  // cmd.exe loses its labels in a file with bare line feeds, which a checkout without .gitattributes leaves behind.
  return describe(kind, fileName, version, Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'));
}

/** A signature is text behind the script; before it, every byte has to be this version's, for this address. */
function loadSigned({ kind, fileName, version, bytes: unsigned }: Script, folder: string): Script {
  const file = join(folder, fileName);
  const advice = 'Run npm run scripts:sign again, or leave SCRIPTS_DIR empty.';
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new ScriptsUnusable(`${file} cannot be read. ${advice}`, { cause });
  }
  if (!bytes.subarray(0, unsigned.length).equals(unsigned)) {
    const expected = `version ${version} of the script, with the address in PUBLIC_URL`;
    throw new ScriptsUnusable(`${file} is not what was expected: ${expected}. ${advice}`);
  }
  return describe(kind, fileName, version, bytes);
}

function describe(kind: ScriptKind, fileName: string, version: string, bytes: Buffer): Script {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = `/scripts/${version}-${sha256.slice(0, 12)}/${fileName}`;
  return { kind, fileName, version, bytes, size: bytes.length, sha256, path, contentType };
}

/** Never a type that a browser would show or run. */
const contentType = 'application/octet-stream';

/**
 * One line that fetches a script into the temporary folder, runs it only if its SHA-256 is right, and means the
 * same in the Command Prompt and in PowerShell. It holds no `$`, and no quotes inside the outer ones. It is too
 * long for the Run window, which takes 259 characters.
 */
export function pasteCommand(script: Script, url: string, caseCode: string | null): string {
  if (!isPlainUrl(url)) throw new Error(`not an address to paste into a shell: ${url}`);
  const code = caseCode !== null && /^[A-Za-z0-9-]{1,40}$/.test(caseCode) ? caseCode : null;
  const parts = [
    'cd /d %TEMP%',
    fetchCommand(script, url),
    `certutil -hashfile ${script.fileName} SHA256 | findstr /r ${spacedHash(script.sha256)}`,
    runCommand(script, code),
  ];
  return `cmd /c "${parts.join(' && ')}"`;
}

/** 3072 is TLS 1.2, which older builds of Windows PowerShell do not offer by themselves. curl.exe came in 2018. */
function fetchCommand({ kind, fileName }: Script, url: string): string {
  if (kind === 'powershell') {
    const allowTls12 = '[Net.ServicePointManager]::SecurityProtocol=3072';
    return `powershell -NoProfile -Command ${allowTls12};Invoke-WebRequest -UseBasicParsing ${url} -OutFile ${fileName}`;
  }
  const byCurl = `curl.exe -fsSo ${fileName} ${url} 2>nul`;
  return `(${byCurl} || bitsadmin /transfer handshake /download /priority foreground ${url} %TEMP%\\${fileName})`;
}

/** Windows 7 prints the hash in pairs with blanks between them, and findstr takes a blank for "or". */
function spacedHash(sha256: string): string {
  return sha256.replace(/..(?!$)/g, '$&.*');
}

function runCommand({ kind, fileName }: Script, code: string | null): string {
  const run =
    kind === 'powershell' ? `powershell -NoProfile -ExecutionPolicy Bypass -File ${fileName}` : fileName;
  if (code === null) return run;
  return kind === 'powershell' ? `${run} -Case ${code}` : `${run} ${code}`;
}

const settings = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const suites = 'Cryptography\\Configuration';

const everywhere: readonly string[] = [
  'ver',
  `reg query "${schannel}" /s`,
  `reg query "HKLM\\${settings}\\WinHttp"`,
  `reg query "HKLM\\Software\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"`,
  `reg query "HKCU\\${settings}" /v SecureProtocols`,
  `reg query "HKLM\\SOFTWARE\\Policies\\Microsoft\\${suites}\\SSL\\00010002"`,
  `reg query "HKLM\\SYSTEM\\CurrentControlSet\\Control\\${suites}\\Local\\SSL\\00010002"`,
  'netsh winhttp show proxy',
];

/**
 * For a computer on which no script may run or nothing can be fetched: commands for the Command Prompt that only
 * read, and whose output can be pasted into the chat as it is. dsregcmd also prints names of people and devices;
 * only the lines about the join are let through.
 */
export function rawCommands(os: Os | null): readonly string[] {
  if (scriptFor(os) === 'batch') return everywhere;
  return [
    ...everywhere,
    'powershell -NoProfile -Command "(Get-TlsCipherSuite).Name"',
    'dsregcmd /status | findstr /r "Joined.: AzureAdPrt.: .Test.: ^|"',
  ];
}
