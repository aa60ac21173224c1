import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { isPlainUrl, loadScripts, type Script } from './catalogue.ts';

/** A code signing certificate with its private key. */
export type Certificate =
  | { readonly kind: 'pkcs12'; readonly file: string }
  | { readonly kind: 'pem'; readonly certificateFile: string; readonly keyFile: string };

export type Signing = {
  /** The address that the scripts are handed out for, without a slash at the end: it is part of what is signed. */
  readonly publicUrl: string;
  readonly folder: string;
  readonly certificate: Certificate;
  /** Of the private key; null where it has none. */
  readonly passphrase: string | null;
  /** An RFC 3161 server; null makes signatures that end with the certificate. */
  readonly timestampUrl: string | null;
};

export class SigningFailed extends Error {
  override readonly name = 'SigningFailed';
  readonly code = 'signing-failed';
}

/**
 * Writes both scripts, told their address, to a folder for `SCRIPTS_DIR`: the PowerShell script signed by
 * osslsigncode, the batch script as it is, as Windows knows no signature for those. Returns what the server will
 * hand out; throws SigningFailed.
 */
export function signScripts(signing: Signing): readonly Script[] {
  const { powershell, batch } = loadScripts(signing.publicUrl);
  mkdirSync(signing.folder, { recursive: true });
  writeFileSync(join(signing.folder, batch.fileName), batch.bytes);
  const work = mkdtempSync(join(tmpdir(), 'handshake-sign-'));
  try {
    const unsigned = join(work, powershell.fileName);
    const signed = join(work, `signed-${powershell.fileName}`);
    writeFileSync(unsigned, powershell.bytes);
    const password = writePassphrase(work, signing.passphrase);
    runTool([
      'sign',
      ...argumentsOf(signing.certificate),
      ...password,
      ...['-h', 'sha256', '-n', 'Handshake check'],
      ...(signing.timestampUrl === null ? [] : ['-ts', signing.timestampUrl]),
      ...['-in', unsigned, '-out', signed],
    ]);
    copyFileSync(signed, join(signing.folder, powershell.fileName));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return Object.values(loadScripts(signing.publicUrl, signing.folder));
}

function argumentsOf(certificate: Certificate): readonly string[] {
  return certificate.kind === 'pkcs12'
    ? ['-pkcs12', certificate.file]
    : ['-certs', certificate.certificateFile, '-key', certificate.keyFile];
}

/** In a file of its owner's, because everybody on the machine may read the arguments of a program. */
function writePassphrase(work: string, passphrase: string | null): readonly string[] {
  if (passphrase === null) return [];
  const file = join(work, 'passphrase');
  writeFileSync(file, passphrase, { mode: 0o600 });
  return ['-readpass', file];
}

function runTool(args: readonly string[]): void {
  const result = spawnSync('osslsigncode', args, { encoding: 'utf8' });
  if (result.error !== undefined) {
    const advice = 'Install osslsigncode (Debian: apt-get install osslsigncode) and try again.';
    throw new SigningFailed(`osslsigncode does not start. ${advice}`, { cause: result.error });
  }
  if (result.status !== 0) throw new SigningFailed(`osslsigncode: ${result.stdout}${result.stderr}`.trim());
}

type Options = {
  readonly pkcs12?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly timestamp?: string;
  readonly address?: string;
  readonly folder: string;
};

function signingOf(options: Options, env: NodeJS.ProcessEnv): Signing {
  const publicUrl = (options.address ?? env.PUBLIC_URL ?? '').trim().replace(/\/$/, '');
  if (!isPlainUrl(publicUrl))
    throw new SigningFailed('Give the https address of the bot with --address, or as PUBLIC_URL.');
  return {
    publicUrl,
    folder: options.folder,
    certificate: certificateOf(options),
    passphrase: env.SIGNING_PASSPHRASE || null,
    timestampUrl: options.timestamp ?? null,
  };
}

function certificateOf({ pkcs12, certificate, key }: Options): Certificate {
  if (pkcs12 !== undefined) return { kind: 'pkcs12', file: pkcs12 };
  if (certificate !== undefined && key !== undefined)
    return { kind: 'pem', certificateFile: certificate, keyFile: key };
  throw new SigningFailed('Give a certificate: --pkcs12 FILE, or --certificate FILE and --key FILE.');
}

function existingFile(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError('There is no such file.');
  return path;
}

function main(): void {
  const options = new Command('scripts:sign')
    .description('Signs the diagnostic scripts. The passphrase of the key comes from SIGNING_PASSPHRASE.')
    .option('--pkcs12 <file>', 'certificate and private key in one file', existingFile)
    .option('--certificate <file>', 'certificate with its chain, PEM', existingFile)
    .option('--key <file>', 'private key, PEM', existingFile)
    .option('--timestamp <url>', 'server for RFC 3161 time stamps')
    .option('--address <url>', 'public address of the bot; otherwise PUBLIC_URL')
    .option('--folder <folder>', 'where to write them, for SCRIPTS_DIR', '.data/scripts')
    .parse()
    .opts<Options>();
  try {
    const signing = signingOf(options, process.env);
    for (const { fileName, sha256, size } of signScripts(signing))
      console.log(`${fileName}  ${size} bytes  SHA-256 ${sha256}`);
    console.log(`Set SCRIPTS_DIR=${signing.folder} and start the bot again.`);
  } catch (error) {
    if (!(error instanceof SigningFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) main();
