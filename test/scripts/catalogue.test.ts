import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allOs } from '../../src/domain/os.ts';
import {
  codedName,
  codedPath,
  loadScripts,
  pasteCommand,
  rawCommands,
  scriptFor,
} from '../../src/scripts/catalogue.ts';

const scripts = loadScripts('https://bot.example.com');

describe('the catalogue of scripts', () => {
  it('describes the very bytes that it hands out', () => {
    for (const script of Object.values(scripts)) {
      assert.equal(script.size, script.bytes.length);
      assert.equal(script.sha256, createHash('sha256').update(script.bytes).digest('hex'));
      assert.ok(!/(?<!\r)\n/.test(script.bytes.toString('latin1')));
    }
  });

  it('puts version and content into the address, so that it can be kept for ever', () => {
    const { version, sha256, path, fileName } = scripts.batch;
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.equal(path, `/scripts/${version}-${sha256.slice(0, 12)}/${fileName}`);
    assert.notEqual(scripts.batch.path, scripts.powershell.path);
  });

  it('writes the address that takes the reports into both, so that another address is another content', () => {
    const elsewhere = loadScripts('https://other.example:8443/bot');
    assert.match(
      elsewhere.powershell.bytes.toString(),
      /^\$address = 'https:\/\/other\.example:8443\/bot'\r$/m,
    );
    assert.match(elsewhere.batch.bytes.toString(), /^set "ADDRESS=https:\/\/other\.example:8443\/bot"\r$/m);
    assert.notEqual(elsewhere.batch.path, scripts.batch.path);
  });

  it('writes no address into a script that the script could misunderstand', () => {
    for (const address of [
      "https://a.example/'",
      'https://a.example/%PATH%',
      'https://a.example/ b',
      'ftp://a',
    ]) {
      assert.throws(() => loadScripts(address), /not an address/, address);
    }
  });

  it('names a script after a code, from which it knows whose report it writes', () => {
    assert.equal(codedName('handshake-check.cmd', 'CDFG2345'), 'handshake-check-CDFG2345.cmd');
    const folder = scripts.batch.path.slice(0, -scripts.batch.fileName.length);
    assert.equal(codedPath(scripts.batch, 'CDFG2345'), `${folder}handshake-check-CDFG2345.cmd`);
  });

  it('gives both scripts the same version', () => {
    assert.equal(scripts.batch.version, scripts.powershell.version);
  });

  it('hands PowerShell to Windows 10, Server 2016 and newer, and the batch script to all others', () => {
    const byPowershell = allOs.filter((os) => scriptFor(os) === 'powershell');
    assert.deepEqual(byPowershell, [
      'windows-11',
      'windows-10',
      'server-2025',
      'server-2022',
      'server-2019',
      'server-2016',
    ]);
    assert.equal(scriptFor(null), 'batch');
  });
});

describe('a folder of signed scripts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handshake-signed-'));
  const address = 'https://bot.example.com';
  const signature = '\r\n# SIG # Begin signature block\r\n# SIG # End signature block\r\n';
  const write = (powershell: Buffer) => {
    writeFileSync(join(folder, scripts.batch.fileName), scripts.batch.bytes);
    writeFileSync(join(folder, scripts.powershell.fileName), powershell);
  };

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is served as it is, under the hash of the signed bytes', () => {
    const bytes = Buffer.concat([scripts.powershell.bytes, Buffer.from(signature)]);
    write(bytes);
    const { powershell, batch } = loadScripts(address, folder);
    assert.deepEqual(powershell.bytes, bytes);
    assert.equal(powershell.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.notEqual(powershell.path, scripts.powershell.path);
    assert.deepEqual(batch, scripts.batch);
  });

  it('is refused when a script in it was changed, is of another version, or sends to another address', () => {
    const text = scripts.powershell.bytes.toString('latin1');
    for (const other of [
      text.replace('connectSeconds = 4', 'connectSeconds = 9'),
      text.replace(/^\$version = .*\r$/m, "$version = '0.9.0'\r"),
    ]) {
      assert.notEqual(other, text);
      write(Buffer.from(other, 'latin1'));
      assert.throws(() => loadScripts(address, folder), { code: 'scripts-unusable' });
    }
    write(scripts.powershell.bytes);
    assert.throws(() => loadScripts('https://other.example.com', folder), { code: 'scripts-unusable' });
  });

  it('is refused when a script is missing, with what to do', () => {
    rmSync(join(folder, scripts.batch.fileName), { force: true });
    assert.throws(() => loadScripts(address, folder), /handshake-check\.cmd cannot be read.*scripts:sign/);
  });
});

describe('the command to paste', () => {
  const url = (kind: 'powershell' | 'batch') => `https://bot.example.com${scripts[kind].path}`;
  const both = (['powershell', 'batch'] as const).map((kind) =>
    pasteCommand(scripts[kind], url(kind), 'HS-1'),
  );

  it('is one line that the Command Prompt and PowerShell read alike', () => {
    for (const command of both) {
      assert.match(command, /^cmd \/c "[^"$`\r\n]+"$/);
    }
  });

  it('runs the script only behind a check of its hash', () => {
    for (const [index, command] of both.entries()) {
      const script = [scripts.powershell, scripts.batch][index] ?? assert.fail();
      const steps = command.slice('cmd /c "'.length, -1).split(' && ');
      assert.equal(steps.length, 4);
      const pattern = / \| findstr \/r (\S+)$/.exec(steps[2] ?? '')?.[1] ?? assert.fail();
      assert.match(script.sha256, new RegExp(pattern), 'as newer versions of Windows print it');
      assert.match(script.sha256.replace(/..(?!$)/g, '$& '), new RegExp(pattern), 'as Windows 7 prints it');
      assert.doesNotMatch(
        script.sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
        new RegExp(`^${pattern}$`),
      );
      assert.match(steps[3] ?? '', /HS-1$/);
    }
  });

  it('leaves out a case code that a shell could misunderstand', () => {
    assert.doesNotMatch(pasteCommand(scripts.batch, url('batch'), 'a & calc'), /calc/);
    assert.ok(pasteCommand(scripts.batch, url('batch'), null).endsWith('&& handshake-check.cmd"'));
  });

  it('refuses an address that a shell could misunderstand', () => {
    assert.throws(
      () => pasteCommand(scripts.batch, 'https://bot.example.com/a&calc', null),
      /not an address/,
    );
  });
});

describe('commands for a computer on which no script may run', () => {
  it('only read, whatever the system', () => {
    const readers =
      /^(?:ver$|reg query "|netsh winhttp show proxy$|powershell -NoProfile -Command "\(Get-TlsCipherSuite\)|dsregcmd \/status \| findstr )/;
    for (const os of allOs) for (const command of rawCommands(os)) assert.match(command, readers);
  });

  it('ask only newer systems for what they alone know', () => {
    assert.ok(rawCommands('windows-10').some((command) => command.startsWith('dsregcmd')));
    assert.ok(!rawCommands('windows-7').some((command) => command.startsWith('dsregcmd')));
  });
});
