import type { Changes } from '../report-builder.ts';
import { defaultSuites } from '../windows-default-suites.ts';
import { type Labelled, whole } from './labelled.ts';

type Version = { readonly nt: string; readonly build: string; readonly product: string };

/** What a Windows older than 10 answers where it differs from the healthy one. */
export function older({ nt, build, product }: Version, suites: keyof typeof defaultSuites): Changes {
  return {
    'os.nt': nt,
    'os.build': build,
    'os.product': product,
    'os.type': product.includes('Server') ? 'server' : 'client',
    'os.display-version': 'absent',
    'wininet.user.secure-protocols': '0xa80',
    'suites.local.functions': defaultSuites[suites].join(','),
    'suites:Get-TlsCipherSuite': null,
    'suites.cmdlet': 'unavailable',
    'curves:Get-TlsEccCurve': null,
    'curves.cmdlet': 'unavailable',
    'join:dsregcmd /status': null,
    'join.dsregcmd': 'unavailable',
    'updates.kb3140245': 'installed',
  };
}

function newer({ build, product }: Omit<Version, 'nt'>, suites: keyof typeof defaultSuites): Changes {
  return {
    'os.build': build,
    'os.product': product,
    'os.type': product.includes('Server') ? 'server' : 'client',
    'suites:Get-TlsCipherSuite': defaultSuites[suites],
  };
}

/** Both halves of the registry let WinHTTP speak TLS 1.2. */
export const winhttpOn: Changes = {
  'winhttp.native.default-secure-protocols': '0xa00',
  'winhttp.wow64.default-secure-protocols': '0xa00',
};
export const schannelOn: Changes = {
  'schannel.tls12.enabled': '0x1',
  'schannel.tls12.disabled-by-default': '0x0',
};

const seven = older({ nt: '6.1', build: '7601', product: 'Windows 7 Professional' }, 'windows-7');
const r2 = older({ nt: '6.1', build: '7601', product: 'Windows Server 2008 R2 Standard' }, 'windows-7');
const eight = older({ nt: '6.2', build: '9200', product: 'Windows 8 Pro' }, 'windows-8');
const server2012 = older({ nt: '6.2', build: '9200', product: 'Windows Server 2012 Standard' }, 'windows-8');
const eightOne = older({ nt: '6.3', build: '9600', product: 'Windows 8.1 Pro' }, 'windows-8.1');
const server2012R2 = older({ nt: '6.3', build: '9600', product: 'Windows Server 2012 R2' }, 'windows-8.1');

/** Each Windows as it is installed, and the older ones once more with TLS 1.2 put right. */
export const systemCases: readonly Labelled[] = [
  whole('Windows 7 as installed', [seven], 'fail', 'schannel-tls12', {
    'os-support': 'warn',
    'tls12-schannel': 'fail',
    'tls12-winhttp': 'fail',
    'cipher-suites': 'warn',
  }),
  whole('Windows 7 with TLS 1.2 put right', [seven, schannelOn, winhttpOn], 'warn', 'cipher-check-legacy', {
    'tls12-schannel': 'pass',
    'tls12-winhttp': 'pass',
    'tls12-wininet': 'pass',
    'cipher-suites': 'warn',
    curves: 'pass',
  }),
  whole('Windows 7 with Schannel alone put right', [seven, schannelOn], 'fail', 'easy-fix', {
    'tls12-schannel': 'pass',
    'tls12-winhttp': 'fail',
  }),
  whole('Windows 7 without the update', [seven, schannelOn, winhttpOn, missing()], 'warn', 'easy-fix', {
    'tls12-winhttp': 'warn',
  }),
  whole('Server 2008 R2 as installed', [r2], 'fail', 'schannel-tls12', { 'tls12-schannel': 'fail' }),
  whole('Server 2008 R2 put right', [r2, schannelOn, winhttpOn], 'warn', 'cipher-check-legacy', {
    'tls12-winhttp': 'pass',
  }),
  whole('Windows 8 as installed', [eight], 'fail', 'easy-fix', {
    'tls12-schannel': 'pass',
    'tls12-winhttp': 'fail',
  }),
  whole('Windows 8 put right', [eight, winhttpOn], 'warn', 'cipher-check-legacy', {
    'tls12-winhttp': 'pass',
    'os-support': 'warn',
  }),
  whole('Server 2012 as installed', [server2012], 'fail', 'easy-fix', { 'tls12-winhttp': 'fail' }),
  whole('Server 2012 put right', [server2012, winhttpOn], 'warn', 'cipher-check-legacy', {
    'tls12-winhttp': 'pass',
  }),
  whole('Windows 8.1 as installed', [eightOne], 'warn', 'cipher-check-legacy', {
    'tls12-schannel': 'pass',
    'tls12-winhttp': 'pass',
    'cipher-suites': 'warn',
  }),
  whole('Server 2012 R2 as installed', [server2012R2], 'warn', 'cipher-check-legacy', {
    'tls12-winhttp': 'pass',
    'os-support': 'warn',
  }),
  healthy('Windows 10 1809', '17763', 'Windows 10 Enterprise', 'windows-10-1809', 'info'),
  healthy('Windows 10 21H2', '19044', 'Windows 10 Pro', 'windows-10-21h2', 'info'),
  healthy('Windows 10 22H2', '19045', 'Windows 10 Home', 'windows-10-22h2', 'info'),
  healthy('Server 2016', '14393', 'Windows Server 2016 Standard', 'windows-10-1607', 'pass'),
  healthy('Server 2019', '17763', 'Windows Server 2019 Standard', 'windows-10-1809', 'pass'),
  healthy('Server 2022', '20348', 'Windows Server 2022 Datacenter', 'server-2022', 'pass'),
  healthy('Server 2025', '26100', 'Windows Server 2025 Standard', 'windows-11-22h2', 'pass'),
  healthy('Windows 11 21H2', '22000', 'Windows 10 Pro', 'windows-11-21h2', 'pass'),
  healthy('Windows 11 23H2', '22631', 'Windows 10 Enterprise', 'windows-11-22h2', 'pass'),
  healthy('Windows 11 24H2', '26100', 'Windows 10 Enterprise', 'windows-11-22h2', 'pass'),
];

function missing(): Changes {
  return { 'updates.kb3140245': 'missing' };
}

function healthy(
  name: string,
  build: string,
  product: string,
  suites: keyof typeof defaultSuites,
  support: 'pass' | 'info',
): Labelled {
  return whole(`${name} as installed`, [newer({ build, product }, suites)], 'pass', 'restart', {
    'os-support': support,
    'cipher-suites': 'pass',
    'cipher-order': 'pass',
    'tls12-schannel': 'pass',
    'tls12-winhttp': 'pass',
    'tls12-wininet': 'pass',
    network: 'pass',
    'tls-handshake': 'pass',
    'tls-interception': 'pass',
    clock: 'pass',
    proxy: 'pass',
    curves: 'pass',
    'key-exchange': 'pass',
    'cipher-policy': 'pass',
    'join-state': 'pass',
  });
}
