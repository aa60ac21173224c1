import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { judgedMachines } from './judged-machines.ts';
import type { Machine } from './machines.ts';
import {
  type Computer,
  createComputer,
  namesOf,
  reportOf,
  requireEngine,
  runScripts,
  scriptFile,
} from './powershell.ts';
import { readWrittenReport } from './written-report.ts';

const modes = ['FullLanguage', 'ConstrainedLanguage'] as const;
const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const guid = '9E107D9D-372B-4B68-A0F1-7C2D6E5B4A39';
const sessions = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\LogonUI\\SessionData';

const token = 'eyJ0eXAiOiJKV1QifQ.eyJ1cG4iOiJraW0ifQ.c2lnbmF0dXJl';
/** One of each kind, with the pseudonym that its first appearance gets. */
const canaries: Readonly<Record<string, string>> = {
  'user-1': 'kim.lund',
  'host-1': 'TROMSO-PC7',
  'domain-1': 'FJELLHEIM',
  'domain-2': 'fjellheim.example',
  'host-2': 'print.fjellheim.example',
  'mail-1': 'k.lund@fjell.example',
  'tenant-1': '0f8fad5b-d9cb-469f-a165-70867728950e',
  'id-1': '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  'sid-1': 'S-1-5-21-3623811015-3361044348-30300820-1013',
  'ip-1': '10.77.6.5',
  'ip-2': 'fd12:3456::7',
  'token-1': token,
};
const planted = Object.values(canaries).join(' ');

/** A machine that has all of it in every text that it answers, and a few shapes beside. */
function plant(machine: Machine): Machine {
  const into = (value: unknown) => (typeof value === 'string' ? `${value} ${planted}` : value);
  const registry = Object.entries({
    ...machine.registry,
    'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002': {
      Functions: 'TLS_X',
    },
  }).map(([key, values]) => [
    key,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, into(value)])),
  ]);
  const suites = Object.entries(machine.cmdlets).map(([name, answer]) => [
    name,
    typeof answer === 'string' ? answer : answer.map((each) => `${each} ${planted}`),
  ]);
  const tools = Object.entries(machine.tools).map(([name, body]) => [
    name,
    body === null ? null : `echo '${planted}'\necho 'Label : ${planted}'\n${body}\necho '${planted}'`,
  ]);
  const servers = Object.entries(machine.servers ?? {}).map(([name, server]) => [
    name,
    {
      ...server,
      issuer: `CN=Fjell ${planted}, DC=fjellheim, DC=fjord`,
      tls: server.tls === 'ok' ? 'ok' : planted,
    },
  ]);
  return {
    ...machine,
    environment: {
      USERNAME: 'kim.lund',
      COMPUTERNAME: 'TROMSO-PC7',
      USERDOMAIN: 'FJELLHEIM',
      USERDNSDOMAIN: 'fjellheim.example',
    },
    registry: Object.fromEntries(registry),
    cmdlets: Object.fromEntries(suites),
    servers: Object.fromEntries(servers),
    tools: { ...Object.fromEntries(tools), 'dsregcmd.exe': `echo '  TenantId : ${canaries['tenant-1']}'` },
  };
}

const [healthy, broken] = [0, 9].map((index) => judgedMachines[index]?.machine ?? assert.fail());
assert.ok(healthy && broken);

describe('names in the report of the PowerShell script', () => {
  const computers: Computer[] = [];

  before(function () {
    this.timeout(900_000);
    requireEngine(this);
  });

  afterEach(() => {
    for (const { folder } of computers.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  function run(machines: readonly Machine[], mode: (typeof modes)[number] = 'ConstrainedLanguage') {
    const made = machines.map((machine) => createComputer(machine));
    computers.push(...made);
    const shown = runScripts(made.map((computer) => ({ computer, mode })));
    return made.map(({ desktop, temp }, index) => {
      const bytes = reportOf(desktop);
      assert.equal(shown[index]?.problems, '');
      const text = bytes.toString('latin1');
      return {
        text,
        ...readWrittenReport(bytes),
        names: namesOf(desktop),
        shown: shown[index]?.shown ?? '',
        temp,
      };
    });
  }

  for (const mode of modes) {
    it(`stand in no line, whatever Windows and its tools answer, in ${mode}`, () => {
      for (const { text, names, shown, values } of run([plant(healthy), plant(broken)], mode)) {
        assert.ok(text.split('user-1').length > 5, 'the canaries were there');
        for (const [pseudonym, name] of Object.entries(canaries)) {
          assert.doesNotMatch(text, new RegExp(name.replace(/[.\\]/g, '\\$&'), 'i'), pseudonym);
          assert.ok(names.split('\r\n').join('\n').includes(`${pseudonym} = `), pseudonym);
          assert.ok(names.toLowerCase().includes(` = ${name.toLowerCase()}`), name);
          assert.ok(!shown.toLowerCase().includes(name.toLowerCase()), `${name} is shown nowhere`);
        }
        const listed = names.trimEnd().split('\n').slice(1);
        assert.equal(values.get('run.pseudonyms'), String(listed.length));
        assert.match(names, /^\ufeff?=== HANDSHAKE NAMES 1: THIS FILE STAYS ON THIS COMPUTER ===\r?\n/);
      }
    });
  }

  it('get the same pseudonym throughout, numbered by first appearance', () => {
    const user = `HKCU:\\Software\\${settings}`;
    const [report] = run([
      {
        ...healthy,
        registry: {
          ...healthy.registry,
          [user]: {
            ProxyEnable: 0,
            ProxyServer:
              'http=web.fjord.example:80;https=10.1.2.3:8080;ftp=WEB.fjord.example;socks=localhost:1',
            AutoConfigURL: 'http://pac.fjord.example:8080/berlin/wpad.dat',
          },
        },
        tools: {
          ...healthy.tools,
          'netsh.exe': `printf '\\nProxy : [fd00::5]:80\\nBypass : *.fjord.example;10.1.2.3;<local>;::1;web.fjord.example\\n'`,
        },
      },
    ]);
    assert.equal(
      report?.values.get('proxy.user.server'),
      'http=host-1:80;https=ip-1:8080;ftp=host-1;socks=localhost:1',
    );
    assert.equal(report?.values.get('proxy.user.auto-config-url'), 'http://host-2:8080/wpad.dat');
    assert.deepEqual(report?.raw.get('netsh winhttp show proxy'), [
      'Proxy : [ip-2]:80',
      'Bypass : host-3;ip-1;<local>;::1;host-1',
    ]);
  });

  it('of a PAC address leave only what says nothing: a file name of their own becomes "path"', () => {
    const user = `HKCU:\\Software\\${settings}`;
    const addresses = [
      ['http://pac.fjord.example/fjord-berlin.pac', 'http://host-1/path'],
      ['https://10.2.3.4/proxy.pac', 'https://ip-1/proxy.pac'],
      ['http://pac.fjord.example/x.pac?user=kim', 'http://host-1/path'],
      ['file://C:/Users/kim/proxy.pac', 'unreadable: not an address'],
    ] as const;
    const reports = run(
      addresses.map(([AutoConfigURL]) => ({
        ...healthy,
        registry: { ...healthy.registry, [user]: { AutoConfigURL } },
      })),
    );
    assert.deepEqual(
      reports.map(({ values }) => values.get('proxy.user.auto-config-url')),
      addresses.map(([, shown]) => shown),
    );
  });

  it('that are everyday words of Windows spoil no value', () => {
    const environment = { USERNAME: 'Windows', COMPUTERNAME: 'PC', USERDOMAIN: 'AzureAD', USERDNSDOMAIN: '' };
    const [report] = run([{ ...healthy, environment }]);
    assert.equal(report?.values.get('os.product'), 'Windows 10 Enterprise');
    assert.equal(report?.values.get('run.pseudonyms'), '0');
    assert.equal(
      report?.names
        .replace(/^\ufeff/, '')
        .trim()
        .split('\n').length,
      1,
    );
  });

  it('with letters that are not ASCII are found as a tool prints them', () => {
    const environment = { USERNAME: 'Søren', COMPUTERNAME: 'PC', USERDOMAIN: 'ÅLESUND', USERDNSDOMAIN: '' };
    const netsh = "echo 'Bypass : x'; echo 'Søren ÅLESUND S?ren'";
    const [report] = run([{ ...healthy, environment, tools: { ...healthy.tools, 'netsh.exe': netsh } }]);
    assert.deepEqual(report?.raw.get('netsh winhttp show proxy')?.[1], 'user-1 domain-1 user-1');
    assert.match(report?.names ?? '', /user-1 = Søren\r?\ndomain-1 = ÅLESUND/);
  });

  describe('which run and which PC it was', () => {
    const accounts: readonly (readonly [string, Machine['registry'], string])[] = [
      ['signed in', { [`${sessions}\\1`]: { LoggedOnSAMUser: 'lumen\\anna berg' } }, 'logged-on'],
      [
        'one of two who are signed in',
        {
          [`${sessions}\\1`]: { LoggedOnSAMUser: 'LUMEN\\kim', LoggedOnUser: 'LUMEN\\kim' },
          [`${sessions}\\3`]: { LoggedOnUser: 'LUMEN\\Anna Berg' },
        },
        'logged-on',
      ],
      ['not signed in', { [`${sessions}\\1`]: { LoggedOnSAMUser: 'LUMEN\\kim' } }, 'other'],
      ['not told', { [`${sessions}\\1`]: { LastLoggedOnProvider: 'x' } }, 'unreadable: not recorded'],
      ['not told at all', {}, 'unreadable: not recorded'],
    ];

    it('says whether the account is signed in to this Windows', () => {
      const reports = run(
        accounts.map(([, more]) => ({ ...healthy, registry: { ...healthy.registry, ...more } })),
      );
      assert.deepEqual(
        reports.map(({ values }, index) => [accounts[index]?.[0], values.get('run.account')]),
        accounts.map(([situation, , expected]) => [situation, expected]),
      );
    });

    it('knows the PC again by a hash that says nothing of it, and leaves no working file behind', () => {
      const MachineGuid = guid;
      const [told, untold] = run([
        {
          ...healthy,
          registry: { ...healthy.registry, 'HKLM:\\SOFTWARE\\Microsoft\\Cryptography': { MachineGuid } },
        },
        healthy,
      ]);
      const expected = createHash('sha256').update(`handshake-device:${guid.toLowerCase()}`).digest('hex');
      assert.equal(told?.values.get('run.device'), expected.slice(0, 16));
      assert.equal(untold?.values.get('run.device'), 'unavailable');
      assert.ok(!told?.text.toLowerCase().includes(guid.toLowerCase()));
      assert.deepEqual(readdirSync(told?.temp ?? ''), []);
    });

    it('carries the hash of the very script that ran', () => {
      const [report] = run([healthy]);
      const expected = createHash('sha256').update(readFileSync(scriptFile)).digest('hex');
      assert.equal(report?.values.get('report.script-sha256'), expected);
    });
  });
});
