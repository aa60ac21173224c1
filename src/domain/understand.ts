import { readAnswer } from './spoken-answers.ts';
import { readCodes } from './spoken-codes.ts';
import { readCommand } from './spoken-commands.ts';
import { readOs } from './spoken-os.ts';
import type { Understanding } from './understanding.ts';
import { fold, splitWords } from './words.ts';

/** Longer messages tell a story: a "back" or a "works" in one is not meant for the bot. */
const shortMessage = 25;
/** Nobody names their system so late; keeps the time for a huge paste small. */
const longestStory = 2000;

/**
 * What a person's message says. Never throws; time is linear in the text. Codes and systems are also read from
 * long messages, commands and answers from short ones alone. A pasted report names its system to the diagnosis,
 * which knows that Windows 11 calls itself 10 in places; here it has none.
 */
export function understand(text: string): Understanding {
  const folded = fold(text);
  const sentence = splitWords(folded);
  const { words } = sentence;
  const report = looksLikeReport(text);
  const short = words.length <= shortMessage;
  const codes = readCodes(folded, words, report ? 'report' : short ? 'short' : 'long');
  const system =
    report && !short ? { os: null, bareOs: false, device: null } : readOs(words.slice(0, longestStory));
  if (report || !short) {
    return { codes, ...system, command: null, answer: null };
  }
  if (/^[\s?]*$/.test(folded) && folded.includes('?')) {
    return { codes, ...system, command: 'help', answer: null };
  }
  return { codes, ...system, command: readCommand(words), answer: readAnswer(sentence) };
}

/** Lines and labels of reports and of tools' raw output, as `fold` leaves them. All are linear in time. */
const reportSigns: readonly RegExp[] = [
  /== ?handshake report \d/,
  /handshake-report \d/,
  /(?:begin|end) raw\b/,
  /(?:azuread|enterprise|domain|workplace)joined ?: ?(?:yes|no)\b/,
  /azureadprt ?:/,
  /\b(?:drs|ad) (?:discovery|connectivity|configuration) test ?:/,
  /\| (?:device|user|sso) (?:state|details) ?\|/,
  /\[version[^\]\n\d]{0,12}\d{1,4}\.\d{1,5}\.\d/,
  /\bhkey_[a-z]/,
  /\breg_(?:dword|sz|multi_sz|expand_sz|binary|qword)\b/,
  /windows registry editor version/,
  /=dword:[\da-f]/,
];

/** One name of a cipher suite in a sentence is a question about it; a line that is a name, or several, is a list. */
const suiteLine =
  /(?:^|\n)(?:[\d|.*\->: ]{0,8}|[ |]{0,4}name {0,60}: ?)tls_[a-z\d]{2,9}_[a-z\d_]+[ \r]{0,9}(?:\n|$)/;
const suite = /\btls_[a-z\d]{2,9}_[a-z\d_]+/g;

/** What `netsh winhttp show proxy` prints, by language. */
const proxyWords: readonly string[] = [
  'current winhttp proxy settings',
  'direct access (no proxy server)',
  'aktuelle winhttp-proxyeinstellungen',
  'direktzugriff (kein proxyserver)',
  'parametres de proxy winhttp',
  'acces direct (sans serveur proxy)',
  'configuracion actual del proxy winhttp',
  'configuracion de proxy winhttp',
  'acceso directo (sin servidor proxy)',
  'impostazioni proxy winhttp',
  'accesso diretto (nessun server proxy)',
];

/** Whether a text is, or is a part of, a report or a tool's raw output. Cheap; the diagnosis judges it. */
export function looksLikeReport(text: string): boolean {
  const folded = fold(text).replaceAll('\t', ' ').replace(/ {2,}/g, ' ');
  if (reportSigns.some((sign) => sign.test(folded)) || proxyWords.some((words) => folded.includes(words))) {
    return true;
  }
  if (suiteLine.test(folded) || (folded.match(suite)?.length ?? 0) >= 3) {
    return true;
  }
  return (folded.match(/(?:^|\n)[| ]{0,4}[a-z][a-z\d.-]{1,60} = \S/g)?.length ?? 0) >= 3;
}
