/** A text as it is searched, and for each of its characters the range of the text as it came. */
export type View = {
  readonly text: string;
  /** The range of the original behind the characters from `start` up to `end`. */
  rangeOf(start: number, end: number): { readonly start: number; readonly end: number };
  /** Something was left out in the middle of these characters: a line end, or a backslash of Markdown. */
  isJoined(start: number, end: number): boolean;
};

/** Characters that hide a name from a search, and what they stand for. */
const disguises =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters hide a name as well
  /\u001b\[[0-9;]{0,20}[A-Za-z]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|[\uff01-\uff5e]|[\u2010\u2011]|&(?:nbsp|amp|lt|gt|quot|apos|commat|bsol|period|#\d{1,6}|#x[0-9a-f]{1,5});|%(?:40|5c)/gi;

const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  commat: '@',
  bsol: '\\',
  period: '.',
};

/** The text without what hides names in it. Lines stay as they are. */
export function revealedView(text: string): View {
  const cuts = [...text.matchAll(disguises)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    by: plainOf(found[0]),
  }));
  return viewWithout(text, cuts, []);
}

/**
 * The same with names put together that a console 80 or 120 columns wide cut in two, or that Markdown escaped.
 * Only what reaches over such a seam is to be taken from this view: it can put together what does not belong.
 * null where there is no seam, as in most texts.
 */
export function joinedView(text: string): View | null {
  const { text: revealed, rangeOf } = revealedView(text);
  const cuts = [...wraps(revealed), ...escapes(revealed)].sort((a, b) => a.start - b.start);
  if (cuts.length === 0) return null;
  const joined = viewWithout(
    revealed,
    cuts,
    cuts.map(({ start }) => start),
  );
  return {
    ...joined,
    rangeOf(start, end) {
      const inner = joined.rangeOf(start, end);
      return rangeOf(inner.start, inner.end);
    },
  };
}

type Cut = { readonly start: number; readonly end: number; readonly by: string };

function plainOf(disguise: string): string {
  const code = disguise.charCodeAt(0);
  if (disguise.startsWith('%')) return disguise === '%40' ? '@' : '\\';
  if (disguise.startsWith('&')) return entityOf(disguise.slice(1, -1).toLowerCase());
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x2010 || code === 0x2011) return '-';
  return /\s/.test(disguise) && code !== 0xfeff && code > 0x20 ? ' ' : '';
}

/** An entity that stands for a control character or a line end becomes a blank, so that lines stay lines. */
function entityOf(name: string): string {
  if (!name.startsWith('#')) return entities[name] ?? ' ';
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0x20 && code < 0xd800 ? String.fromCharCode(code) : ' ';
}

const consoleWidths: ReadonlySet<number> = new Set([79, 80, 119, 120]);
/** How a line begins that is no rest of the line before. */
const ownBeginning = /^(?:[\s|+=[>]|[\p{L}\p{N}._-]{1,80} ?[=:]|(?:begin|end) raw)/iu;

function wraps(text: string): readonly Cut[] {
  const cuts: Cut[] = [];
  let lineStart = 0;
  for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\r|\n/g)) {
    const next = index + lineEnd.length;
    const isFull = consoleWidths.has(index - lineStart) && !/\s/.test(text[index - 1] ?? ' ');
    if (isFull && next < text.length && !ownBeginning.test(text.slice(next, next + 90))) {
      cuts.push({ start: index, end: next, by: '' });
    }
    lineStart = next;
  }
  return cuts;
}

function escapes(text: string): readonly Cut[] {
  return [...text.matchAll(/(?<=[\p{L}\p{N}])\\(?=[_*])/gu)].map(({ index }) => ({
    start: index,
    end: index + 1,
    by: '',
  }));
}

/** `seams` are the starts of those cuts across which a name may reach. */
function viewWithout(text: string, cuts: readonly Cut[], seams: readonly number[]): View {
  if (cuts.length === 0) {
    return { text, rangeOf: (start, end) => ({ start, end }), isJoined: () => false };
  }
  const from: number[] = [];
  const to: number[] = [];
  const parts: string[] = [];
  let at = 0;
  const keep = (end: number) => {
    parts.push(text.slice(at, end));
    for (; at < end; at += 1) {
      from.push(at);
      to.push(at + 1);
    }
  };
  for (const cut of cuts) {
    keep(cut.start);
    parts.push(cut.by);
    for (const _ of cut.by.split('')) {
      from.push(cut.start);
      to.push(cut.end);
    }
    at = cut.end;
  }
  keep(text.length);
  const rangeOf = (start: number, end: number) => ({ start: from[start] ?? 0, end: to[end - 1] ?? 0 });
  const isJoined = (start: number, end: number) => {
    const range = rangeOf(start, end);
    const seam = seams[countUpTo(seams, range.start)];
    return seam !== undefined && seam < range.end;
  };
  return { text: parts.join(''), rangeOf, isJoined };
}

/** How many of the ascending numbers are not above the limit; by halves. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
