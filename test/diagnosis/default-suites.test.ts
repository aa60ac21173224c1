import assert from 'node:assert/strict';
import { findingOf, judgeReport } from './judging.ts';
import { type Changes, systems } from './report-builder.ts';
import { defaultSuites } from './windows-default-suites.ts';

type System = {
  readonly nt: string;
  readonly build: string;
  readonly product: string;
  readonly type?: 'server';
  readonly suites: keyof typeof defaultSuites;
};

/** Every row of Windows versions; a server has the list of the client that it was built with. */
const rows: Readonly<Record<string, System>> = {
  'Windows 7 SP1': { nt: '6.1', build: '7601', product: 'Windows 7 Enterprise', suites: 'windows-7' },
  'Server 2008 R2 SP1': server('6.1', '7601', 'Windows Server 2008 R2 Standard', 'windows-7'),
  'Windows 8': { nt: '6.2', build: '9200', product: 'Windows 8 Pro', suites: 'windows-8' },
  'Server 2012': server('6.2', '9200', 'Windows Server 2012 Standard', 'windows-8'),
  'Windows 8.1': { nt: '6.3', build: '9600', product: 'Windows 8.1 Pro', suites: 'windows-8.1' },
  'Server 2012 R2': server('6.3', '9600', 'Windows Server 2012 R2 Standard', 'windows-8.1'),
  'Windows 10 1607': windows10('14393', 'windows-10-1607'),
  'Server 2016': server('10.0', '14393', 'Windows Server 2016 Standard', 'windows-10-1607'),
  'Windows 10 1809': windows10('17763', 'windows-10-1809'),
  'Server 2019': server('10.0', '17763', 'Windows Server 2019 Standard', 'windows-10-1809'),
  'Windows 10 21H2': windows10('19044', 'windows-10-21h2'),
  'Windows 10 22H2': windows10('19045', 'windows-10-22h2'),
  'Windows 11 21H2': windows10('22000', 'windows-11-21h2'),
  'Windows 11 22H2': windows10('22621', 'windows-11-22h2'),
  'Windows 11 24H2': windows10('26100', 'windows-11-22h2'),
  'Server 2022': server('10.0', '20348', 'Windows Server 2022 Standard', 'server-2022'),
  // Its documented list is that of "Server 2022 and later"; what it comes with lacks the DHE suites.
  'Server 2025, as documented': server('10.0', '26100', 'Windows Server 2025 Standard', 'server-2022'),
  'Server 2025, without DHE': server('10.0', '26100', 'Windows Server 2025 Standard', 'windows-11-22h2'),
};

function windows10(build: string, suites: keyof typeof defaultSuites): System {
  return { nt: '10.0', build, product: 'Windows 10 Pro', suites };
}

function server(nt: string, build: string, product: string, suites: keyof typeof defaultSuites): System {
  return { nt, build, product, type: 'server', suites };
}

/** A report of that Windows; before Windows 10 the list comes from the registry, since there is no cmdlet. */
function reportOf({ nt, build, product, type, suites }: System): readonly Changes[] {
  const names = defaultSuites[suites];
  const os = { 'os.nt': nt, 'os.build': build, 'os.product': product, 'os.type': type ?? 'client' };
  const list: Changes =
    nt === '10.0'
      ? { 'suites:Get-TlsCipherSuite': names }
      : { 'suites.local.functions': names.join(','), 'suites.cmdlet': 'unavailable' };
  return nt === '10.0' ? [os, list] : [systems['windows-8.1'], os, list];
}

function suitesOf(system: System, day: string): string {
  const { severity, variant } = findingOf(judgeReport(reportOf(system), day).findings, 'cipher-suites');
  return `${severity} ${variant}`;
}

describe('The suites that each Windows has by default, whole', () => {
  for (const [name, system] of Object.entries(rows)) {
    const after = system.nt === '10.0' ? 'pass accepted' : 'warn cbc-only';
    it(`${name}: pass the day before DHE is retired, ${after} the day after`, () => {
      assert.equal(suitesOf(system, '2026-03-31'), 'pass accepted');
      assert.equal(suitesOf(system, '2026-04-02'), after);
    });
  }

  it('fail after that day where the accepted ones are taken out, and pass before if DHE is left', () => {
    for (const [name, system] of Object.entries(rows)) {
      const rest = defaultSuites[system.suites].filter(
        (suite) => !/^TLS_AES_/.test(suite) && !/^TLS_ECDHE_RSA_WITH_.*(?:GCM|SHA384|SHA256)/.test(suite),
      );
      const report = reportOf(system);
      const list: Changes =
        system.nt === '10.0'
          ? { 'suites:Get-TlsCipherSuite': rest }
          : { 'suites.local.functions': rest.join(',') };
      const at = (day: string) =>
        findingOf(judgeReport([...report, list], day).findings, 'cipher-suites').severity;
      assert.equal(at('2026-04-02'), 'fail', name);
      assert.equal(
        at('2026-03-31'),
        rest.some((suite) => /_DHE_RSA_.*GCM/.test(suite)) ? 'pass' : 'fail',
        name,
      );
    }
  });
});
