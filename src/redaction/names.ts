import { type Found, named } from './found.ts';
import type { NameKind, Standing } from './pseudonym.ts';
import { isEverydayWord, isHostEnding, isPublicHost } from './public-names.ts';

/** The names met so far and their pseudonyms. Lives as long as one report is worked on, and is never kept. */
export type Names = {
  /** From now on the name is looked for everywhere, and so are the names that are part of it. */
  learn(kind: NameKind, name: string): void;
  pseudonymOf(kind: NameKind, name: string): string;
  /** Where names that were learnt stand, whatever is around them. */
  findKnown(text: string): readonly Found[];
  countOnFrom(standing: readonly Standing[]): void;
};

type Known = { readonly kind: NameKind; readonly name: string };

/** An honest report has a dozen; past this, a text made to slow the search down is not searched for more. */
const mostNames = 400;

export function createNames(): Names {
  const counts = new Map<NameKind, number>();
  const pseudonyms = new Map<string, string>();
  /** Another spelling, such as the short name of a host, to the name that has the pseudonym. */
  const spellings = new Map<string, string>();
  const kinds = new Map<string, NameKind>();
  const known = new Map<string, Known[]>();

  function remember(kind: NameKind, name: string): void {
    if (kinds.has(name) && kind !== 'tenant') return;
    kinds.set(name, kind);
    const word = firstWord(name);
    if (kinds.size > mostNames || !isSearchedFor(kind) || word === null || !isTelling(name)) return;
    known.set(word, [...(known.get(word) ?? []), { kind, name }].sort(longestFirst));
  }

  function learn(kind: NameKind, name: string): void {
    remember(kind, name);
    const short = shortName(kind, name);
    if (short !== null && !kinds.has(short)) {
      spellings.set(short, name);
      remember(kind, short);
    }
    for (const part of namesWithin(kind, name)) learn(part.kind, part.name);
  }

  function number(kind: NameKind): string {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}-${count}`;
  }

  return {
    learn: (kind, name) => learn(kind, name.toLowerCase()),
    pseudonymOf(kind, name) {
      const spelt = name.toLowerCase();
      const key = spellings.get(spelt) ?? spelt;
      const pseudonym = pseudonyms.get(key) ?? number(kinds.get(key) ?? kind);
      pseudonyms.set(key, pseudonym);
      return pseudonym;
    },
    findKnown: (text) => (known.size === 0 ? [] : findWords(text, known)),
    countOnFrom(standing) {
      for (const { kind, count } of standing) counts.set(kind, Math.max(counts.get(kind) ?? 0, count));
    },
  };
}

function longestFirst(a: Known, b: Known): number {
  return b.name.length - a.name.length;
}

/** Of one or two letters, or of everyday words alone: it names nobody, and replacing it would spoil the report. */
function isTelling(name: string): boolean {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const isPublic = isPublicHost(name) || /^[\d.:-]+$/.test(name);
  return name.length > 2 && !isPublic && words.some(isTellingWord);
}

function isTellingWord(word: string): boolean {
  return word.length > 1 && !isEverydayWord(word) && !isHostEnding(word);
}

function firstWord(name: string): string | null {
  return /^[\p{L}\p{N}]+/u.exec(name)?.[0] ?? null;
}

/** The other kinds give themselves away by their shape. */
function isSearchedFor(kind: NameKind): boolean {
  return kind === 'user' || kind === 'host' || kind === 'domain';
}

/** `srv-4.corp.example` is `srv-4` as well, `contoso.com` is `contoso`. */
function shortName(kind: NameKind, name: string): string | null {
  const first = name.split('.')[0] ?? name;
  return (kind !== 'host' && kind !== 'domain') || first === name ? null : first;
}

/** The names that are part of another: the domain of a host or a domain, and person and domain of an address. */
function namesWithin(kind: NameKind, name: string): readonly Known[] {
  const at = name.indexOf('@');
  if (kind === 'mail') {
    return [
      { kind: 'user', name: name.slice(0, at) },
      { kind: 'domain', name: name.slice(at + 1) },
    ];
  }
  const parent = name.slice(name.indexOf('.') + 1);
  const isOfOthers = (kind !== 'host' && kind !== 'domain') || !parent.includes('.') || isPublicHost(parent);
  return parent === name || isOfOthers ? [] : [{ kind: 'domain', name: parent }];
}

/** Goes from word to word, so that the time does not grow with the number of names that begin otherwise. */
function findWords(text: string, known: ReadonlyMap<string, readonly Known[]>): readonly Found[] {
  const lower = lowerCase(text);
  return [...lower.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(({ 0: word, index }) => {
    const fits = known.get(word)?.find(({ name }) => standsAt(lower, index, name));
    return fits === undefined ? [] : [named(fits.kind, index, fits.name.length)];
  });
}

function standsAt(text: string, index: number, name: string): boolean {
  return text.startsWith(name, index) && !/[\p{L}\p{N}]/u.test(text[index + name.length] ?? ' ');
}

/** Small letters at the same places; a few letters would become two. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (letter) =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  ).join('');
}
