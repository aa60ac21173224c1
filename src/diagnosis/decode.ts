import iconv from 'iconv-lite';
import { type CodePage, guessCodePage } from './code-pages.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | CodePage;
export type Decoded = { readonly text: string; readonly encoding: TextEncoding };
export type ContentKind = 'text' | 'image' | 'pdf' | 'archive' | 'html' | 'binary' | 'empty';

/**
 * Turns the bytes of a text file into text, without throwing. PowerShell 5.1 and `reg export` write UTF-16,
 * PowerShell 7 UTF-8, cmd the OEM code page. ASCII carries the facts, so a page that is guessed wrong loses
 * none; but a page of two bytes a character must be known, because its second byte may look like `\\` or `|`.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return decodeBytes(bytes.subarray(3));
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  // UTF-16 of ASCII is valid UTF-8 full of NULs, so the NULs are asked first.
  const bare = guessUtf16(bytes);
  return bare === null ? decodeBytes(bytes) : utf16(bytes, bare);
}

function decodeBytes(bytes: Uint8Array): Decoded {
  try {
    return { text: withoutNuls(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), encoding: 'utf-8' };
  } catch {
    const cut = new TextDecoder().decode(bytes);
    if (isMostlyUtf8(cut)) return { text: withoutNuls(cut), encoding: 'utf-8' };
    const encoding = guessCodePage(bytes);
    return { text: withoutNuls(iconv.decode(Buffer.from(bytes), encoding)), encoding };
  }
}

/** A character that was cut in two at the end of a part spoils one place, the wrong encoding all of them. */
function isMostlyUtf8(text: string): boolean {
  let wrong = 0;
  let right = 0;
  for (const character of text.slice(0, 65_536)) {
    if (character === '\ufffd') wrong += 1;
    else if (character > '\u007f') right += 1;
  }
  return wrong * 10 <= right;
}

/** `>>` in PowerShell appends UTF-16 to whatever the file holds: without its NULs it reads like the rest. */
function withoutNuls(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/**
 * No other text has NULs, and in UTF-16 they stand for the upper half of each ASCII character: at odd places
 * in little endian. Blanks and line ends suffice, whatever script the words are in.
 */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4 || !sample.includes(0)) return null;
  const nuls = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  const least = sample.length * 0.03;
  if (odd > least && even < odd * 0.1) return 'utf-16le';
  if (even > least && odd < even * 0.1) return 'utf-16be';
  return null;
}

const magic: readonly (readonly [ContentKind, readonly number[]])[] = [
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['image', [0x42, 0x4d]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['archive', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x50, 0x4b, 0x05, 0x06]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['binary', [0x4d, 0x5a, 0x90]],
  ['binary', [0xd0, 0xcf, 0x11, 0xe0]],
];

/** What a file is by its first bytes; its name is not to be trusted. docx and xlsx are archives. */
export function sniff(bytes: Uint8Array): ContentKind {
  const known = magic.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte));
  if (known !== undefined && (known[1].length > 2 || looksBinary(bytes))) return known[0];
  if (isWebp(bytes)) return 'image';
  const head = decode(bytes.subarray(0, 2048)).text.replaceAll('\uFEFF', '').trim().toLowerCase();
  if (head === '' && bytes.length <= 2048) return 'empty';
  if (head.startsWith('<!doctype html') || head.startsWith('<html')) return 'html';
  return looksBinary(bytes) ? 'binary' : 'text';
}

function isWebp(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'RIFF' && looksBinary(bytes);
}

/** Control characters that no text has, once a possible UTF-16 is decoded. */
function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4096);
  const { text } = decode(sample);
  let strange = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 9 || (code > 13 && code < 27) || (code > 27 && code < 32) || code === 0xfffd) strange += 1;
  }
  return strange > text.length * 0.05;
}
