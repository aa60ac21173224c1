/**
 * Which telling characters a line holds, as bits of a number, so that a reader can pass over most lines without
 * looking at them again. A mark says that the character may be there, its absence that it is not.
 */
export const mark = {
  /** Beyond printable ASCII. */
  odd: 1,
  ampersand: 2,
  less: 4,
  greater: 8,
  /** ` or *. */
  emphasis: 16,
  backslash: 32,
  underscore: 64,
  colon: 128,
  equals: 256,
  digit: 512,
  hyphen: 1024,
  bracket: 2048,
  /** The letters stand for a word with a rare one in it: `reg`, HANDSHAKE, `query`, SetValue. */
  letterG: 4096,
  letterK: 8192,
  letterQ: 16384,
  letterV: 32768,
  /** A line end other than LF: CR, of Word, of Unicode. Such a character is odd as well. */
  lineEnd: 65536,
} as const;

const characters: Readonly<Record<keyof typeof mark, string>> = {
  odd: '',
  ampersand: '&',
  less: '<',
  greater: '>',
  emphasis: '`*',
  backslash: '\\',
  underscore: '_',
  colon: ':',
  equals: '=',
  digit: '0123456789',
  hyphen: '-',
  bracket: '[',
  letterG: 'gG',
  letterK: 'kK',
  letterQ: 'qQ',
  letterV: 'vV',
  lineEnd: '\r\v\f',
};

const marksOfCode = new Uint32Array(128).map((_, code) => {
  const kinds = Object.keys(mark) as (keyof typeof mark)[];
  const found = kinds.filter((kind) => characters[kind].includes(String.fromCharCode(code)));
  const own = code < 32 || code === 127 ? mark.odd : 0;
  return found.reduce((marks, kind) => marks | mark[kind], own);
});

const { charCodeAt } = String.prototype;

/** `text.charCodeAt(index)`, which V8 stops compiling well where it has met strings of five kinds in memory. */
export function codeAt(text: string, index: number): number {
  return charCodeAt.call(text, index);
}

/** The marks of the characters of a text, from `start` up to `end`. */
export function marksOf(text: string, start = 0, end = text.length): number {
  let marks = 0;
  for (let index = start; index < end; index += 1) {
    const code = codeAt(text, index);
    if (code < 128) marks |= marksOfCode[code] ?? 0;
    else marks |= code === 0x2028 || code === 0x2029 ? mark.odd | mark.lineEnd : mark.odd;
  }
  return marks;
}

/** True when all the asked marks are there. */
export function hasMark(marks: number, asked: number): boolean {
  return (marks & asked) === asked;
}
