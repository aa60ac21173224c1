import type { Phrases } from './vocabulary.ts';
import { fold, splitWords, type Word } from './words.ts';

/** A phrase found at words `start` up to, not including, `end`. */
export type Match<Meaning> = { readonly meaning: Meaning; readonly start: number; readonly end: number };

export type PhraseBook<Meaning> = {
  /** What the words mean when they are all that is said. */
  whole(words: readonly Word[]): Meaning | null;
  /** Phrases inside, longest first at each place, none overlapping. */
  within(words: readonly Word[]): readonly Match<Meaning>[];
};

/** Phrases of a vocabulary table: parted by commas or line ends, each a list of words. */
export function listPhrases(table: string): readonly (readonly string[])[] {
  return table
    .split(/[,\n]/)
    .map((phrase) => splitWords(fold(phrase)).words.map((word) => word.text))
    .filter((words) => words.length > 0);
}

export function wordSet(table: string): ReadonlySet<string> {
  return new Set(listPhrases(table).flat());
}

/** The first of the phrases that the words at `start` begin with. Stays within one clause. */
export function startsWith(words: readonly Word[], start: number, phrase: readonly string[]): boolean {
  const clause = words[start]?.clause;
  return phrase.every((text, offset) => {
    const word = words[start + offset];
    return word?.text === text && word.clause === clause;
  });
}

export function endsWith(words: readonly Word[], end: number, phrase: readonly string[]): boolean {
  return end >= phrase.length && startsWith(words, end - phrase.length, phrase);
}

export function createPhraseBook<Meaning extends string>(
  table: Readonly<Record<Meaning, Phrases>>,
  courtesies: ReadonlySet<string>,
): PhraseBook<Meaning> {
  const meanings = Object.keys(table) as Meaning[];
  const exact = new Map<string, Meaning>();
  const bare = new Map<string, Meaning>();
  const inside = new Map<string, { readonly phrase: readonly string[]; readonly meaning: Meaning }[]>();

  const strip = (words: readonly string[]) => words.filter((word) => !courtesies.has(word)).join(' ');
  const learn = (map: Map<string, Meaning>, key: string, meaning: Meaning) => {
    if (key !== '' && !map.has(key)) {
      map.set(key, meaning);
    }
  };

  for (const meaning of meanings) {
    for (const phrase of listPhrases(table[meaning].whole)) {
      learn(exact, phrase.join(' '), meaning);
      learn(bare, strip(phrase), meaning);
    }
    for (const phrase of listPhrases(table[meaning].within)) {
      const first = phrase[0] ?? '';
      inside.set(first, [...(inside.get(first) ?? []), { phrase, meaning }]);
    }
  }
  for (const entries of inside.values()) {
    entries.sort((a, b) => b.phrase.length - a.phrase.length);
  }

  return {
    whole(words) {
      const texts = words.map((word) => word.text);
      return exact.get(texts.join(' ')) ?? bare.get(strip(texts)) ?? null;
    },
    within(words) {
      const matches: Match<Meaning>[] = [];
      for (let at = 0; at < words.length; at += 1) {
        const found = inside.get(words[at]?.text ?? '')?.find((entry) => startsWith(words, at, entry.phrase));
        if (found !== undefined) {
          matches.push({ meaning: found.meaning, start: at, end: at + found.phrase.length });
          at += found.phrase.length - 1;
        }
      }
      return matches;
    },
  };
}
