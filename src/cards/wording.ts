import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';

/**
 * The sentences of one language. Keys are `file.path.to.sentence` in `src/locales/<language>/<file>.yaml`;
 * sentences are ICU messages.
 */
export type Wording = {
  readonly language: string;
  /** The sentence at the key. Throws WordingMissing: a missing sentence is a broken build, not an input. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** The sentences at the key, in order; empty when there is no such key. */
  list(key: string, values?: Readonly<Record<string, string | number>>): readonly string[];
  has(key: string): boolean;
};

/** A sentence that the code asks for is not in the catalogue. */
export class WordingMissing extends Error {
  readonly code = 'wording-missing';
}

const locales = new URL('../locales/', import.meta.url);

/** The languages whose catalogue has this file; `notices` alone where only notices are read in a language. */
export function listLanguages(file: string): readonly string[] {
  return readdirSync(locales).filter((language) => existsSync(new URL(`${language}/${file}.yaml`, locales)));
}

/** Reads a language's catalogue once; later calls are look-ups. */
export function loadWording(language: string): Wording {
  const folder = new URL(`${language}/`, locales);
  const catalogue: Record<string, unknown> = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    catalogue[file.slice(0, -'.yaml'.length)] = parse(readFileSync(new URL(file, folder), 'utf8'));
  }
  return createWording(language, catalogue);
}

export function createWording(language: string, catalogue: unknown): Wording {
  const compiled = new Map<string, IntlMessageFormat>();

  function format(key: string, message: string, values: Readonly<Record<string, string | number>>): string {
    const ready = compiled.get(key) ?? new IntlMessageFormat(message, language);
    compiled.set(key, ready);
    return String(ready.format({ ...values }));
  }

  return {
    language,
    has: (key) => find(catalogue, key) !== undefined,
    text(key, values = {}) {
      const message = find(catalogue, key);
      if (typeof message !== 'string') {
        throw new WordingMissing(`No sentence "${key}" in src/locales/${language}; add it to the catalogue.`);
      }
      return format(key, message, values);
    },
    list(key, values = {}) {
      const messages = find(catalogue, key);
      if (messages === undefined || messages === null) return [];
      if (!Array.isArray(messages)) throw new WordingMissing(`"${key}" in ${language} is not a list.`);
      return messages.map((message, index) => format(`${key}.${index}`, String(message), values));
    },
  };
}

/** Ids such as `windows-8.1` have dots of their own, so the whole rest of a key is tried before its first part. */
function find(catalogue: unknown, key: string): unknown {
  if (typeof catalogue !== 'object' || catalogue === null) return undefined;
  const entries = catalogue as Record<string, unknown>;
  if (Object.hasOwn(entries, key)) return entries[key];
  const dot = key.indexOf('.');
  return dot < 0 ? undefined : find(entries[key.slice(0, dot)], key.slice(dot + 1));
}
