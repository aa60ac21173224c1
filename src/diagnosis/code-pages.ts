import iconv from 'iconv-lite';

/** The code pages of Windows consoles (OEM) and editors (ANSI) that are told apart. */
export const codePages = [
  'windows-1252',
  'cp850',
  'cp437',
  'windows-1251',
  'cp866',
  'windows-1250',
  'cp852',
  'cp932',
  'cp936',
] as const;
export type CodePage = (typeof codePages)[number];

type SingleBytePage = Exclude<CodePage, 'cp932' | 'cp936'>;

/** Letters beyond ASCII that texts of one language hold; a text is in one language, seldom in two. */
const alphabets = {
  german: 'äöüß',
  french: 'àâçéèêëîïôùûœ',
  spanish: 'áéíóúñü¿¡ºª',
  portuguese: 'áâãàçéêíóôõúü',
  italian: 'àèéìòù',
  nordic: 'åäöøæé',
  polish: 'ąćęłńóśźż',
  czech: 'áčďéěíňóřšťúůýžĺľŕôä',
  hungarian: 'áéíóöőúüű',
  romanian: 'ăâîşţșț',
  croatian: 'čćđšž',
  russian: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  ukrainian: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
} as const;
type Language = keyof typeof alphabets;

const western: readonly Language[] = ['german', 'french', 'spanish', 'portuguese', 'italian', 'nordic'];
const central: readonly Language[] = ['polish', 'czech', 'hungarian', 'romanian', 'croatian'];
const cyrillic: readonly Language[] = ['russian', 'ukrainian'];
const languages: Readonly<Record<SingleBytePage, readonly Language[]>> = {
  'windows-1252': western,
  cp850: western,
  cp437: western,
  'windows-1251': cyrillic,
  cp866: cyrillic,
  'windows-1250': central,
  cp852: central,
};

/** What one byte says for a language: a letter of it, part of a frame, other print, or none of these. */
const weights = { wrong: 0, print: 1, frame: 2, small: 3, capital: 4 } as const;
type Reading = {
  readonly page: SingleBytePage;
  readonly bytes: Uint8Array;
  /** Its words are of Latin letters, with some more among them. */
  readonly latin: boolean;
};

const readings: readonly Reading[] = codePages
  .filter((page) => page !== 'cp932' && page !== 'cp936')
  .flatMap((page) => languages[page].map((language) => readingOf(page, language)));

function readingOf(page: SingleBytePage, language: Language): Reading {
  const small = alphabets[language];
  const capitals = small.toUpperCase();
  const high = Buffer.from(Array.from({ length: 128 }, (_, index) => index + 128));
  const bytes = Uint8Array.from(iconv.decode(high, page), (character) => {
    if (small.includes(character)) return weights.small;
    if (capitals.includes(character)) return weights.capital;
    if (/[\u2500-\u256c]/.test(character)) return weights.frame;
    return /[\u00a0«»„“”‘’–—…©®°§]/.test(character) ? weights.print : weights.wrong;
  });
  return { page, bytes, latin: !cyrillic.includes(language) };
}

/** What is looked at is enough to know a language by, and short enough to cost nothing. */
const sampleSize = 1024;

/**
 * The code page under which most bytes beyond ASCII are letters of one language, or kana and ideographs in a row.
 * Where several fit alike, such as for German, the first of the list above.
 */
export function guessCodePage(bytes: Uint8Array): CodePage {
  const sample = sampleOf(bytes);
  const scores = [
    ...readings.map((reading) => [reading.page, scoreSingle(sample, reading)] as const),
    ['cp932', scoreDouble(sample, isJapanese)] as const,
    ['cp936', scoreDouble(sample, isChinese)] as const,
  ];
  return scores.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** The bytes beyond ASCII of the first lines that have any, with one neighbour on either side. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(sampleSize);
  let size = 0;
  let before = 0;
  let byte = bytes[0] ?? 0;
  for (let index = 0; index < bytes.length && size < sampleSize; index += 1) {
    const after = bytes[index + 1] ?? 0;
    if ((before | byte | after) >= 0x80) {
      sample[size] = byte;
      size += 1;
    }
    before = byte;
    byte = after;
  }
  return sample.subarray(0, size);
}

/** A point for each letter, two off for what no text of the language has. */
function scoreSingle(sample: Uint8Array, reading: Reading): number {
  let score = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const byte = sample[index] ?? 0;
    if (byte < 0x80) continue;
    const weight = reading.bytes[byte - 0x80] ?? weights.wrong;
    if (weight === weights.wrong) score -= 2;
    else if (weight === weights.frame) score += 0.5;
    else if (weight !== weights.print) score += scoreLetter(sample, index, reading);
  }
  return score;
}

/** No word has a letter three times in a row, a capital after a small one, or letters of two scripts. */
function scoreLetter(sample: Uint8Array, index: number, { bytes, latin }: Reading): number {
  const byte = sample[index] ?? 0;
  const before = index > 0 ? (sample[index - 1] ?? 0) : 0;
  const first = index > 1 ? (sample[index - 2] ?? 0) : 0;
  const isCapital = bytes[byte - 0x80] === weights.capital;
  const isAfterSmall = before < 0x80 ? isSmallAscii(before) : bytes[before - 0x80] === weights.small;
  const isAmongOthers = !latin && (isAsciiLetter(before) || isAsciiLetter(sample[index + 1] ?? 0));
  if ((byte === before && byte === first) || (isCapital && isAfterSmall) || isAmongOthers) return -2;
  return isCapital ? 0.9 : 1;
}

function isSmallAscii(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isAsciiLetter(byte: number): boolean {
  return isSmallAscii(byte | 0x20) && byte < 0x80;
}

/** What a character of two bytes is worth: a little less than two letters, which words of even length look like. */
const pair = 1.8;

/** Two bytes a character. A single one between Latin letters is no character of these languages. */
function scoreDouble(sample: Uint8Array, fits: (lead: number, trail: number) => boolean): number {
  let score = 0;
  let run = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const lead = sample[index] ?? 0;
    if (lead < 0x80) {
      score += run === 1 ? -4 : 0;
      run = 0;
      continue;
    }
    if (fits(lead, sample[index + 1] ?? 0)) {
      score += pair;
      run += 1;
      index += 1;
    } else {
      score -= 2;
    }
  }
  return score;
}

/** Kana, punctuation and kanji of Shift JIS; without its half-width kana, which no Windows message uses. */
function isJapanese(lead: number, trail: number): boolean {
  if (trail < 0x40 || trail === 0x7f || trail > 0xfc) return false;
  if (lead === 0x81) return [0x40, 0x41, 0x42, 0x45, 0x46, 0x5b, 0x69, 0x6a, 0x75, 0x76].includes(trail);
  if (lead === 0x82) return trail >= 0x9f && trail <= 0xf1;
  if (lead === 0x83) return trail <= 0x96;
  return (lead >= 0x88 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xea);
}

/** Punctuation and the ideographs of GB 2312; of the larger GBK only what stands beside them. */
function isChinese(lead: number, trail: number): boolean {
  if (trail >= 0xa1 && trail <= 0xfe) return (lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xf7);
  return false;
}
