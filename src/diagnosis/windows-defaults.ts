import type { OsFamily } from '../domain/os.ts';

/** Windows as it is installed: which of the suites that the service has ever accepted it offers. */
export type WindowsDefault = {
  readonly os: OsFamily;
  /** Releases of that Windows, as people know them; empty where all are alike. */
  readonly release: string;
  readonly tls13: boolean;
  readonly suites: readonly string[];
  readonly source: string;
};

const tls13 = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'];
const gcm = ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'];
const dhe = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'];
const cbc = ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'];
// Before Windows 10 the names of suites carry their curve.
const cbcWithCurves = cbc.flatMap((name) => [`${name}_P256`, `${name}_P384`]);

const pages = 'https://learn.microsoft.com/windows/win32/secauthn/tls-cipher-suites-in-windows-';
const legacy = { release: '', tls13: false, suites: [...cbcWithCurves, ...dhe] };

/** By Microsoft's tables of the default suites, one a release; the DHE suites came to old systems by update. */
export const windowsDefaults: readonly WindowsDefault[] = [
  { os: 'windows-7', ...legacy, source: `${pages}7` },
  { os: 'server-2008-r2', ...legacy, source: `${pages}7` },
  { os: 'windows-8', ...legacy, source: `${pages}8` },
  { os: 'server-2012', ...legacy, source: `${pages}8` },
  { os: 'windows-8.1', ...legacy, source: `${pages}8-1` },
  { os: 'server-2012-r2', ...legacy, source: `${pages}8-1` },
  {
    os: 'windows-10',
    release: '1607 to 21H2',
    tls13: false,
    suites: [...gcm, ...dhe, ...cbc],
    source: `${pages}10-v1903`,
  },
  { os: 'windows-10', release: '22H2', tls13: false, suites: [...gcm, ...cbc], source: `${pages}10-v22h2` },
  {
    os: 'server-2016',
    release: '',
    tls13: false,
    suites: [...gcm, ...dhe, ...cbc],
    source: `${pages}10-v1607`,
  },
  {
    os: 'server-2019',
    release: '',
    tls13: false,
    suites: [...gcm, ...dhe, ...cbc],
    source: `${pages}10-v1809`,
  },
  {
    os: 'server-2022',
    release: '',
    tls13: true,
    suites: [...tls13, ...gcm, ...dhe, ...cbc],
    source: `${pages}server-2022`,
  },
  {
    os: 'windows-11',
    release: '21H2',
    tls13: true,
    suites: [...tls13, ...gcm, ...dhe, ...cbc],
    source: `${pages}11`,
  },
  {
    os: 'windows-11',
    release: '22H2 and later',
    tls13: true,
    suites: [...tls13, ...gcm, ...cbc],
    source: `${pages}11-v22h2`,
  },
  {
    os: 'server-2025',
    release: '',
    tls13: true,
    suites: [...tls13, ...gcm, ...dhe, ...cbc],
    source: `${pages}server-2022`,
  },
];
