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
  letterQ: 4096,
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
  letterQ: 'qQ',
};

const marksOfCode = new Uint16Array(128).map((_, code) => {
  if (code < 32 || code === 127) return mark.odd;
  const kinds = Object.keys(mark) as (keyof typeof mark)[];
  const found = kinds.filter((kind) => characters[kind].includes(String.fromCharCode(code)));
  return found.reduce((marks, kind) => marks | mark[kind], 0);
});

const { charCodeAt } = String.prototype;

/** `text.charCodeAt(index)`, which V8 stops compiling well where it has met strings of five kinds in memory. */
export function codeAt(text: string, index: number): number {
  return charCodeAt.call(text, index);
}

/** The marks of all characters of a text. */
export function marksOf(text: string): number {
  const { length } = text;
  let marks = 0;
  for (let index = 0; index < length; index += 1) {
    const code = codeAt(text, index);
    marks |= code < 128 ? (marksOfCode[code] ?? 0) : mark.odd;
  }
  return marks;
}

/** True when all the asked marks are there. */
export function hasMark(marks: number, asked: number): boolean {
  return (marks & asked) === asked;
}
