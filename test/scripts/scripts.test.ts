import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedKeys } from './documented-keys.ts';

const folder = join(import.meta.dirname, '../../src/scripts');
const powershell = readFileSync(join(folder, 'handshake-check.ps1'), 'latin1');
const batch = readFileSync(join(folder, 'handshake-check.cmd'), 'latin1');
const both = [
  ['PowerShell', powershell],
  ['batch', batch],
] as const;

describe('the scripts that people are handed', () => {
  for (const [name, text] of both) {
    it(`are plain ASCII with the line ends of Windows (${name})`, () => {
      assert.match(text, /^(?:[\x20-\x7e]*\r\n)+$/);
    });

    it(`fit into a window of an editor (${name})`, () => {
      const long = text.split('\r\n').filter((line) => line.length > 260);
      assert.deepEqual(long, []);
    });

    it(`write every kind of key that the report format promises (${name})`, () => {
      const kinds = new Set(documentedKeys().map((key) => key.split('.').at(-1) ?? ''));
      assert.ok(kinds.size > 30, `the table was read: ${kinds.size}`);
      const tools = new Set(['netsh', 'dsregcmd']);
      assert.deepEqual(
        [...kinds].filter((kind) => !tools.has(kind) && !text.includes(kind) && !/^tls1\d$/.test(kind)),
        [],
      );
    });

    it(`say in their first lines that they only read and send nothing (${name})`, () => {
      assert.match(text.slice(0, 400), /only reads/);
      assert.match(text.slice(0, 600), /sends nothing/);
    });
  }

  it('read only: the PowerShell script names no cmdlet beyond the ones listed here', () => {
    const own = new Set([...powershell.matchAll(/^function ([\w-]+)/gm)].map((match) => match[1]));
    const named = new Set(
      [...powershell.matchAll(/(?<![\w\\"-])[A-Z][a-z]+-[A-Z]\w+/g)].map((match) => match[0]),
    );
    assert.deepEqual([...named].filter((name) => !own.has(name)).sort(), [
      'Add-Content',
      'Get-ChildItem',
      'Get-Command',
      'Get-FileHash',
      'Get-HotFix',
      'Get-ItemProperty',
      'Get-TlsCipherSuite',
      'Get-TlsEccCurve',
      'Invoke-WebRequest',
      'New-Object',
      'Read-Host',
      'Remove-Item',
      'Resolve-DnsName',
      'Set-Content',
      'Test-NetConnection',
      'Test-Path',
      'Write-Host',
    ]);
  });
});

describe('the commands of the batch script', () => {
  const commands = batch
    .split('\r\n')
    .map(commandOf)
    .filter((command) => command !== '');
  const words = new Set(
    '@echo rem set call goto exit shift setlocal endlocal echo pushd popd del type copy start pause )'.split(
      ' ',
    ),
  );

  it('are those that read, and those of the language itself', () => {
    assert.deepEqual(
      commands.filter((command) => !words.has(command.split(/[ .]/)[0] ?? '')),
      [],
    );
  });

  it('start programs of Windows by their full path, with arguments that only read', () => {
    const started = commands.filter((command) => command.startsWith('call "'));
    const readers = [
      /^call "%REG%" query "/,
      /^call "%FIND%" "[^"]+" </,
      /^call "%WHOAMI%" \/groups /,
      /^call "%NETSH%" winhttp show proxy /,
      /^call "%PING%" -n 1 /,
      /^call "%WMIC%" path Win32_UTCTime get /,
      /^call "%DSREGCMD%" \/status /,
      /^call "%CERTUTIL%" -hashfile %WORK%\.%1 SHA256 /,
      /^call "%CURL%" -q --silent --head .*--max-time /,
      /^call "%POWERSHELL%" -NoProfile -NonInteractive -Command "foreach \(\$s in Get-TlsCipherSuite\)/,
      /^call "%POWERSHELL%" -NoProfile -NonInteractive -Command "foreach \(\$h in '%HOSTS: =', '%'\) \{ %SOCKET%; %REQUEST% \}"/,
    ];
    assert.ok(started.length >= 14);
    assert.deepEqual(
      started.filter((command) => !readers.some((reader) => reader.test(command))),
      [],
    );
    const places = [
      ...batch.matchAll(
        /^set "(?:REG|FIND|WHOAMI|NETSH|PING|WMIC|DSREGCMD|CERTUTIL|CURL|POWERSHELL)=(.*)"/gm,
      ),
    ];
    assert.equal(places.length, 10);
    for (const [, place] of places) assert.match(place ?? '', /^%SYS%\\/);
  });

  it('write to working files that they delete, and copy two of them to the desktop', () => {
    const targets = [...batch.matchAll(/(?<![\^0-9=])[0-9]?>{1,2}\s*([^\s&|)"]+)/g)].map(
      (match) => match[1] ?? '',
    );
    assert.deepEqual(
      [...new Set(targets)].filter(
        (target) => !/^(?:nul|%WORK%\.(?:%INTO%|names|txt|key|above|out|ps|ds|dev|web))$/.test(target),
      ),
      [],
    );
    assert.deepEqual(
      commands.filter((command) => /^del /.test(command)),
      ['del %WORK%.* >nul 2>nul'],
    );
    assert.deepEqual(
      commands.filter((command) => /^copy /.test(command)),
      [
        'copy /y %WORK%.key %WORK%.above >nul',
        'copy /y "%SELF%" %WORK%.src >nul 2>nul',
        'copy /y %WORK%.txt "%DESKTOP%\\handshake-report.txt" >nul 2>nul',
        'copy /y %WORK%.names "%DESKTOP%\\handshake-names.txt" >nul 2>nul',
      ],
    );
  });

  it('go to labels that exist once', () => {
    const labels = [...batch.matchAll(/^:(\w+)\r$/gm)].map((match) => match[1]);
    assert.equal(new Set(labels).size, labels.length);
    const wanted = [...batch.matchAll(/\b(?:call :|goto )(\w+)/g)].map((match) => match[1]);
    assert.deepEqual(
      wanted.filter((label) => !labels.includes(label)),
      [],
    );
  });
});

/** What a line does, behind its conditions and loops; nothing for labels and comments. */
function commandOf(line: string): string {
  const condition =
    /^if (?:\/i )?(?:not )?(?:defined \S+|exist "[^"]*"|"[^"]*"==(?:"[^"]*"|%%[adw])|%\w+% (?:GTR|LSS) -?\d+) /;
  const loop = /^for (?:\/l |\/f "(?:[^"]|"(?=;))*" )?%%\w in \((?:[^()]|\([^()]*\))*\) do /;
  let rest = line.trim();
  for (let last = ''; last !== rest; ) {
    last = rest;
    rest = rest
      .replace(condition, '')
      .replace(loop, '')
      .replace(/^(?:<nul )?>{1,2}%WORK%\.(?:%INTO%|out|names|txt|dev) /, '');
  }
  return rest.startsWith(':') || rest.startsWith('rem') || rest === '(' ? '' : rest;
}
