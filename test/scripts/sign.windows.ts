import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadScripts } from '../../src/scripts/catalogue.ts';
import { type Signing, signScripts } from '../../src/scripts/sign.ts';
import { requireTool } from './tools.ts';

const publicUrl = 'https://bot.example.com';

describe('the scripts, signed', () => {
  let work: string;
  let signing: Signing;

  before(function () {
    requireTool(this, 'osslsigncode');
    requireTool(this, 'openssl', 'version');
    work = mkdtempSync(join(tmpdir(), 'handshake-signing-'));
    makeCertificate(work);
    signing = {
      publicUrl,
      folder: join(work, 'signed'),
      certificate: { kind: 'pkcs12', file: join(work, 'signing.p12') },
      passphrase: 'open sesame',
      timestampUrl: null,
    };
    signScripts(signing);
  });

  after(() => {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  });

  const signedFile = () => join(signing.folder, 'handshake-check.ps1');

  it('carry a signature that holds, over the address too', () => {
    assert.equal(verify(work, signedFile()), 0);
    assert.match(readFileSync(signedFile(), 'latin1'), /^\$address = 'https:\/\/bot\.example\.com'\r$/m);
  });

  it('lose it when one byte is changed', () => {
    const changed = join(work, 'handshake-check.ps1');
    writeFileSync(
      changed,
      readFileSync(signedFile(), 'latin1').replace('connectSeconds = 4', 'connectSeconds = 5'),
    );
    assert.notEqual(verify(work, changed), 0);
  });

  it('are handed out as they are, with a hash of the signed bytes; a batch file has no signature', () => {
    const signed = loadScripts(publicUrl, signing.folder);
    const unsigned = loadScripts(publicUrl);
    assert.deepEqual(signed.powershell.bytes, readFileSync(signedFile()));
    assert.equal(
      signed.powershell.sha256,
      createHash('sha256').update(readFileSync(signedFile())).digest('hex'),
    );
    assert.notEqual(signed.powershell.path, unsigned.powershell.path);
    assert.deepEqual(signed.batch, unsigned.batch);
  });

  it('take a certificate in PEM as well', () => {
    const certificate = {
      kind: 'pem',
      certificateFile: join(work, 'certificate.pem'),
      keyFile: join(work, 'key.pem'),
    } as const;
    const folder = join(work, 'pem');
    signScripts({ ...signing, certificate, passphrase: null, folder });
    assert.equal(verify(work, join(folder, 'handshake-check.ps1')), 0);
  });

  it('are not made with a wrong passphrase', () => {
    assert.throws(() => signScripts({ ...signing, passphrase: 'wrong', folder: join(work, 'none') }), {
      code: 'signing-failed',
    });
  });
});

function makeCertificate(work: string): void {
  openssl(
    work,
    'req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out certificate.pem',
    ...['-subj', '/CN=Lumen Code Signing', '-addext', 'extendedKeyUsage=codeSigning'],
  );
  openssl(
    work,
    'pkcs12 -export -inkey key.pem -in certificate.pem -out signing.p12',
    ...['-passout', 'pass:open sesame'],
  );
}

function openssl(cwd: string, words: string, ...more: readonly string[]): void {
  const result = spawnSync('openssl', [...words.split(' '), ...more], { cwd, encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
}

/** 0 if the signature holds. */
function verify(work: string, file: string): number | null {
  const args = ['verify', '-CAfile', join(work, 'certificate.pem'), '-in', file];
  return spawnSync('osslsigncode', args, { stdio: 'ignore' }).status;
}
