import type { Changes } from '../report-builder.ts';
import { type Labelled, type Pair, pasted, whole } from './labelled.ts';
import { registryPairs } from './registry-traps.ts';

const schannel =
  'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2';
const windows10: Changes = { 'os.build': '19045', 'os.product': 'Windows 10 Pro' };
const list = (...names: readonly string[]): Changes => ({ 'suites:Get-TlsCipherSuite': names });
const dhe = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'];

function entry(name: string, protocols: string, suite: string): readonly string[] {
  return [
    'KeyType : 0',
    'Certificate : RSA',
    `CipherSuite : ${suite}`,
    `Name : ${name}`,
    `Protocols : {${protocols}}`,
  ];
}

/** Where other checkers went wrong. */
export const pairs: Readonly<Record<string, Pair>> = {
  ...registryPairs,
  'comparing names without stripping their curve': {
    trap: whole(
      'a curve behind an accepted name',
      [list('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256')],
      'pass',
      'restart',
      {
        'cipher-suites': 'pass',
      },
    ),
    twin: whole(
      'a curve behind a name that is not accepted',
      [list('TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256')],
      'fail',
      'cipher-enable',
      {
        'cipher-suites': 'fail',
      },
    ),
  },
  'requiring Protocols 771': {
    trap: pasted(
      'Server 2016, suffixed and without protocols',
      entry('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384', '', '0'),
      'unknown',
      'internet',
      {
        'cipher-suites': 'pass',
      },
    ),
    twin: pasted(
      'with protocols, but not accepted',
      entry('TLS_RSA_WITH_AES_256_GCM_SHA384', '771, 65277', '157'),
      'fail',
      'cipher-enable',
      {
        'cipher-suites': 'fail',
      },
    ),
  },
  'reading systeminfo by an English header': {
    trap: pasted(
      'systeminfo in Polish',
      [
        'Nazwa systemu operacyjnego: Microsoft Windows 7 Professional',
        'Wersja systemu operacyjnego: 6.1.7601 Service Pack 1 Kompilacja 7601',
      ],
      'warn',
      'internet',
      {
        'os-support': 'warn',
      },
    ),
    twin: pasted(
      'systeminfo in English',
      ['OS Name: Microsoft Windows 11 Pro', 'OS Version: 10.0.22631 N/A Build 22631'],
      'unknown',
      'internet',
      {
        'os-support': 'pass',
      },
    ),
  },
  'cutting the label off a proxy line by its letters': {
    trap: pasted(
      'a server whose name begins like the label',
      [
        'Current WinHTTP proxy settings:',
        '',
        '    Proxy Server(s) :  proxyserver.fabrikam.example:8080',
        '    Bypass List     :  (none)',
      ],
      'unknown',
      'internet',
      {
        proxy: 'info',
      },
    ),
    twin: pasted(
      'no server',
      ['Current WinHTTP proxy settings:', '', '    Direct access (no proxy server).'],
      'unknown',
      'internet',
      {
        proxy: 'pass',
      },
    ),
  },
  'matching the first substring instead of the key of its section': {
    trap: pasted(
      'a device with a telling name',
      [
        '| Device State |',
        'AzureAdJoined : NO',
        'DomainJoined : NO',
        'Device Name : AzureAdJoined : YES',
        '| User State |',
        'WorkplaceJoined : NO',
        '| Diagnostic Data |',
        'AzureAdJoined : YES',
      ],
      'unknown',
      'internet',
      {
        'join-state': 'pass',
      },
    ),
    twin: pasted(
      'really joined, no ticket',
      [
        '| Device State |',
        'AzureAdJoined : YES',
        'DomainJoined : NO',
        'Device Name : host-1',
        '| SSO State |',
        'AzureAdPrt : NO',
      ],
      'warn',
      'work-account',
      {
        'join-state': 'warn',
      },
    ),
  },
  'reporting an absent TLS 1.3 as disabled': {
    trap: whole(
      'Windows 10 without TLS 1.3',
      [windows10, list('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')],
      'pass',
      'restart',
      {
        'cipher-suites': 'pass',
        'tls12-schannel': 'pass',
      },
    ),
    twin: whole(
      'TLS 1.3 off, and no suite for TLS 1.2',
      [{ 'schannel.tls13.enabled': '0x0' }, list('TLS_AES_256_GCM_SHA384')],
      'fail',
      'cipher-enable',
      {
        'cipher-suites': 'fail',
      },
    ),
  },
  'reporting differences of client and server as faults': {
    trap: pasted(
      'off for the server alone',
      [
        `${schannel}\\Client`,
        '  Enabled  REG_DWORD  0x1',
        '  DisabledByDefault  REG_DWORD  0x0',
        `${schannel}\\Server`,
        '  Enabled  REG_DWORD  0x0',
      ],
      'unknown',
      'internet',
      {
        'tls12-schannel': 'pass',
      },
    ),
    twin: pasted(
      'off for the client alone',
      [
        `${schannel}\\Client`,
        '  Enabled  REG_DWORD  0x0',
        `${schannel}\\Server`,
        '  Enabled  REG_DWORD  0x1',
      ],
      'fail',
      null,
      {
        'tls12-schannel': 'fail',
      },
    ),
  },
  'reading a key that is only almost the right one': {
    trap: pasted(
      'a key without the blank in its name, which Windows does not look at',
      [`${schannel.replace('TLS 1.2', 'TLS1.2')}\\Client`, '  Enabled  REG_DWORD  0x0'],
      'unknown',
      'internet',
      { 'tls12-schannel': 'unknown' },
    ),
    twin: pasted(
      'the key with its blank',
      [`${schannel}\\Client`, '  Enabled  REG_DWORD  0x0'],
      'fail',
      null,
      { 'tls12-schannel': 'fail' },
    ),
  },
  'counting DHE as a pass': {
    trap: whole('DHE alone', [list(...dhe)], 'fail', 'cipher-enable', { 'cipher-suites': 'fail' }),
    twin: whole(
      'DHE and one accepted',
      [list(...dhe, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')],
      'pass',
      'restart',
      {
        'cipher-suites': 'pass',
      },
    ),
  },
  'treating a missing field as "no"': {
    trap: pasted(
      'the domain line is missing',
      ['AzureAdJoined : YES', 'AzureAdPrt : NO'],
      'unknown',
      'internet',
      { 'join-state': 'unknown' },
    ),
    twin: pasted(
      'the domain line is there',
      ['AzureAdJoined : YES', 'DomainJoined : NO', 'AzureAdPrt : NO'],
      'warn',
      'work-account',
      { 'join-state': 'warn' },
    ),
  },
  'taking a word for the curve that it begins like': {
    trap: pasted('a heading of one word', ['Windows 10', '', 'Security'], 'unknown', 'internet', {
      curves: 'unknown',
    }),
    twin: pasted('a curve alone in its line', ['Windows 10', '', 'secP256k1'], 'fail', 'curves', {
      curves: 'fail',
    }),
  },
};

export const trapCases: readonly Labelled[] = Object.values(pairs).flatMap(({ trap, twin }) => [trap, twin]);
