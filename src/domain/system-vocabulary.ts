import type { OsFamily } from './os.ts';
import type { Device } from './understanding.ts';

// What people call their systems and error codes. Phrases are compared as `fold` leaves them.

/** Endings of `0x8004….` that have been seen as OneDrive errors; each may be named without its head. */
export const shortCodes = `de40, de88, de80, de85, de86, de8a, de90, dec5, dedc, deef, def0, def1, def4, def5, def7,
  e4d0, e4f0`;
export const codeWords = 'error, code, errorcode, err, fehler, fehlercode, erreur, código, codigo';

export const windowsNames = 'windows, win, window, windos, windwos, windws, wndows';
export const serverNames = 'server, srv, serveur, servidor';
export const windowsFillers = `version, microsoft, pro, home, professional, enterprise, education, edition, os, on, the,
  datacenter, standard, ultimate, 64, bit`;
export const timeUnits = `minute, minutes, min, mins, hour, hours, hrs, second, seconds, sec, secs, day, days, week, weeks,
  month, months, year, years, time, times, percent, am, pm, minuten, stunden, tage, tagen, mal, heures, jours, fois,
  minutos, horas, días, veces`;
export const alternatives = 'or, and, oder, und, ou, et, o, y';
export const corrections = "it's, is, but, to, actually, rather, sondern, mais, sino, es, est, auf, have";
export const notThisOs = `not, isn't, wasn't, ain't, instead of, rather than, upgraded from, updated from, migrated from,
  moved from, don't have, don't use, do not have, do not use, not have, not use, no longer, nicht, kein, keine, pas, no es`;
/** May stand between a negation and what it negates. */
export const osFillers =
  'a, an, on, using, running, the, my, even, really, with, under, have, use, ein, mit, auf, sous, un';
/** With these around it, a number alone is still a number alone: "it's 10 pro, I think". */
export const bareFillers = `it's, it, is, i, i'm, have, on, version, pro, home, enterprise, professional, think, think,
  guess, probably, sp1, the, a, sp`;

export const clientVersions: Readonly<Record<string, OsFamily>> = {
  '11': 'windows-11',
  '10': 'windows-10',
  '8.1': 'windows-8.1',
  '8': 'windows-8',
  '7': 'windows-7',
};
export const serverVersions: Readonly<Record<string, OsFamily>> = {
  '2025': 'server-2025',
  '2022': 'server-2022',
  '2019': 'server-2019',
  '2016': 'server-2016',
  '2012': 'server-2012',
};
export const serverR2Versions: Readonly<Record<string, OsFamily>> = {
  '2012': 'server-2012-r2',
  '2008': 'server-2008-r2',
};
/** Windows that the bot knows by name only. Words that mean something else too count after "Windows" alone. */
export const oldWindows = 'xp, vista, 2000, 2003, 95, 98, 3.1, nt, rt, phone, ce';

/** First build of each release, newest first; a build belongs to the first that is not above it. */
export const clientBuilds: readonly (readonly [number, OsFamily])[] = [
  [22000, 'windows-11'],
  [10240, 'windows-10'],
  [9600, 'windows-8.1'],
  [9200, 'windows-8'],
  [7600, 'windows-7'],
];
export const serverBuilds: readonly (readonly [number, OsFamily])[] = [
  [26100, 'server-2025'],
  [20348, 'server-2022'],
  [17763, 'server-2019'],
  [14393, 'server-2016'],
  [9600, 'server-2012-r2'],
  [9200, 'server-2012'],
  [7600, 'server-2008-r2'],
];

export const devices: Readonly<Record<Device, string>> = {
  mac: 'mac, macos, macbook, macbooks, imac, osx, macintosh',
  phone: 'iphone, ipad, ipados, ios, android, smartphone',
  linux: 'linux, ubuntu, debian, fedora, chromebook, chromeos',
};

/** Builds that are recognised without the word "build" before them. */
export const knownBuilds: readonly string[] = [
  ...['10240', '10586', '14393', '15063', '16299', '17134', '17763', '18362', '18363', '19041', '19042'],
  ...['19043', '19044', '19045', '20348', '22000', '22621', '22631', '26100', '26200', '28000'],
];
