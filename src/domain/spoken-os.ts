import type { Os, OsFamily } from './os.ts';
import { endsWith, listPhrases, wordSet } from './phrases.ts';
import * as names from './system-vocabulary.ts';
import type { Device } from './understanding.ts';
import type { Word } from './words.ts';

export type SpokenOs = { readonly os: Os | null; readonly bareOs: boolean; readonly device: Device | null };

/** `family` is null where two versions are named as alternatives. `end` is the word after the mention. */
type Mention = { readonly family: OsFamily | 'other' | null; readonly end: number };

const windows = wordSet(names.windowsNames);
const server = wordSet(names.serverNames);
const fillers = wordSet(names.windowsFillers);
const units = wordSet(names.timeUnits);
const alternatives = wordSet(names.alternatives);
const corrections = wordSet(names.corrections);
const osFillers = wordSet(names.osFillers);
const bareFillers = wordSet(names.bareFillers);
const old = wordSet(names.oldWindows);
const negations = listPhrases(names.notThisOs);
const devices = new Map<string, Device>(
  (['mac', 'phone', 'linux'] as const).flatMap((device) =>
    [...wordSet(names.devices[device])].map((word) => [word, device] as const),
  ),
);

/** The system that a message names: the last one that is not denied; Windows before any other device. */
export function readOs(spoken: readonly Word[]): SpokenOs {
  const words = spoken.flatMap(splitName);
  const bare = readBareVersion(words);
  if (bare !== null) {
    return { os: bare, bareOs: true, device: null };
  }
  let windowsSeen = false;
  let os: Os | null = null;
  let device: Device | null = null;
  let at = 0;
  while (at < words.length) {
    const mention: Mention | null =
      readWindows(words, at) ?? (windowsSeen ? readCorrection(words, at) : null);
    windowsSeen ||= mention !== null;
    if (mention !== null && !isDenied(words, at)) {
      os = mention.family;
    }
    const other = readDevice(words, at);
    if (other !== null && !isDenied(words, at)) {
      device = other;
    }
    at = mention?.end ?? at + 1;
  }
  if (os === null && device !== null) {
    return { os: 'other', bareOs: false, device };
  }
  return { os, bareOs: false, device: null };
}

const fused = /^(windows|win|w|server|srv)(\d[\d.]*|xp)((?:sp|r)\d)?$/;
const yearWithRelease = /^(\d{4}|2k\d{1,2})((?:sp|r)\d)$/;
const shortYear = /^2k(\d{1,2})$/;

/** "win11" is "win 11", "2008r2" is "2008 r2", "2k12" is "2012". */
function splitName(word: Word): readonly Word[] {
  const parts = fused.exec(word.text) ?? yearWithRelease.exec(word.text);
  const texts = parts === null ? [word.text] : parts.slice(1).filter((part) => part !== undefined);
  return texts.map((text) => ({
    text: text === 'w' ? 'win' : text.replace(shortYear, (_, year: string) => `20${year.padStart(2, '0')}`),
    clause: word.clause,
  }));
}

function readBareVersion(words: readonly Word[]): OsFamily | null {
  const rest = words.filter((word) => !bareFillers.has(word.text));
  const [version] = rest;
  if (version === undefined || rest.length > 1) {
    return null;
  }
  return names.clientVersions[version.text] ?? names.serverVersions[version.text] ?? null;
}

function readWindows(words: readonly Word[], at: number): Mention | null {
  const word = words[at]?.text ?? '';
  if (windows.has(word) || server.has(word)) {
    return readVersion(words, at);
  }
  if (word in names.serverR2Versions || word in names.serverVersions) {
    return readYear(words, at, server.has(words[at + 1]?.text ?? ''));
  }
  const family = readBuild(words, at);
  if (family !== null) {
    return { family, end: at + 1 };
  }
  return word === 'xp' ? { family: 'other', end: at + 1 } : null;
}

/** After "Windows" or "Server": the version, past words like "version" and "Pro". */
function readVersion(words: readonly Word[], at: number): Mention | null {
  const clause = words[at]?.clause;
  let isServer = server.has(words[at]?.text ?? '');
  let next = at + 1;
  while (words[next]?.clause === clause && next <= at + 4) {
    const text = words[next]?.text ?? '';
    if (!fillers.has(text) && !server.has(text)) {
      break;
    }
    isServer ||= server.has(text);
    next += 1;
  }
  const version = words[next];
  if (version === undefined || version.clause !== clause) {
    return null;
  }
  const build = readBuild(words, next);
  if (build !== null) {
    return { family: build, end: next + 1 };
  }
  const family = isServer ? undefined : names.clientVersions[version.text];
  if (family !== undefined) {
    return readAlternative(words, next, family);
  }
  const year = readYear(words, next, true);
  return year ?? (old.has(version.text) ? { family: 'other', end: next + 1 } : null);
}

/** "Windows 10 or 11" leaves it open; "I restarted Windows 10 minutes ago" names no version. */
function readAlternative(words: readonly Word[], at: number, family: OsFamily): Mention | null {
  if (units.has(words[at + 1]?.text ?? '')) {
    return null;
  }
  if (!alternatives.has(words[at + 1]?.text ?? '')) {
    return { family, end: at + 1 };
  }
  const second = windows.has(words[at + 2]?.text ?? '') ? at + 3 : at + 2;
  const open =
    (words[second]?.text ?? '') in names.clientVersions && !units.has(words[second + 1]?.text ?? '');
  return open ? { family: null, end: second + 1 } : { family, end: at + 1 };
}

/** A server's year. Without "server" or "Windows" beside it only "2012 R2" and its like say enough. */
function readYear(words: readonly Word[], at: number, named: boolean): Mention | null {
  const year = words[at]?.text ?? '';
  const near = words.slice(at + 1, at + 4).filter((word) => word.clause === words[at]?.clause);
  const release = near.findIndex(
    (word, offset) => word.text === 'r2' || (word.text === 'release' && near[offset + 1]?.text === '2'),
  );
  const family = release >= 0 ? names.serverR2Versions[year] : undefined;
  if (family !== undefined) {
    return { family, end: at + release + 2 };
  }
  const plain = names.serverVersions[year];
  return named && plain !== undefined ? { family: plain, end: at + 1 } : null;
}

const fullVersion = /^(?:10\.0|6\.[123])\.(\d{4,5})(?:\.\d{1,6})?$/;
const buildNumber = /^(\d{4,5})(?:\.\d{1,6})?$/;
const heralds = wordSet('build, version');

/** "10.0.19045.4046", "build 9600"; five digits of a known release, as `winver` shows them, say enough alone. */
function readBuild(words: readonly Word[], at: number): OsFamily | null {
  const text = words[at]?.text ?? '';
  const full = fullVersion.exec(text)?.[1];
  const short = buildNumber.exec(text)?.[1] ?? '';
  const heralded = short !== '' && heralds.has(words[at - 1]?.text ?? '');
  if (full === undefined && !heralded && !names.knownBuilds.includes(short)) {
    return null;
  }
  const build = Number(full ?? short);
  const onServer = words.some((word) => server.has(word.text)) || build === 20348;
  const table = onServer ? names.serverBuilds : names.clientBuilds;
  return build > 30000 ? null : (table.find(([first]) => build >= first)?.[1] ?? null);
}

/** "Not Windows 10, it's 11": once Windows is spoken of, a number after "it's" or "but" is a version. */
function readCorrection(words: readonly Word[], at: number): Mention | null {
  const family = names.clientVersions[words[at]?.text ?? ''];
  const corrects = corrections.has(words[at - 1]?.text ?? '');
  const counted = units.has(words[at + 1]?.text ?? '');
  return family !== undefined && corrects && !counted ? { family, end: at + 1 } : null;
}

function readDevice(words: readonly Word[], at: number): Device | null {
  const word = words[at]?.text ?? '';
  const next = words[at + 1]?.text ?? '';
  if (word === 'mac' && (next === 'address' || next === 'adresse')) {
    return null;
  }
  if ((word === 'os' && next === 'x') || (word === 'chrome' && next === 'os')) {
    return word === 'os' ? 'mac' : 'linux';
  }
  return devices.get(word) ?? null;
}

function isDenied(words: readonly Word[], at: number): boolean {
  const clause = words[at]?.clause;
  let end = at;
  while (end > 0 && words[end - 1]?.clause === clause) {
    const stop = end;
    if (negations.some((phrase) => endsWith(words, stop, phrase))) {
      return true;
    }
    if (!osFillers.has(words[end - 1]?.text ?? '')) {
      return false;
    }
    end -= 1;
  }
  return false;
}
