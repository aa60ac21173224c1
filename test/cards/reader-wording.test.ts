import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readNoticeInput } from '../../src/bot/notices/read.ts';
import { loadReaderWordings, wordingFor } from '../../src/cards/reader-wording.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { findingCodes } from '../../src/domain/diagnosis.ts';

const readers = loadReaderWordings(loadWording('en'));
const others = readers.slice(1).map(({ language }) => language);

type Sentences = ReadonlyMap<string, string>;

describe('the words for readers of notices', () => {
  it('are English first, and German', () => {
    deepEqual(
      readers.map(({ language }) => language),
      ['en', 'de'],
    );
  });

  const chosen = [
    ['de', 'de'],
    ['de-CH', 'de'],
    ['de-AT', 'de'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    [null, 'en'],
  ] as const;
  for (const [language, expected] of chosen) {
    it(`are ${expected} for a text in ${language}`, () => {
      equal(wordingFor(readers, language).language, expected);
    });
  }

  it('name every cause that a report can have', () => {
    const nameless = readers.flatMap(({ language, has }) =>
      findingCodes.filter((code) => !has(`notices.reader.causes.${code}`)).map((code) => [language, code]),
    );
    deepEqual(nameless, []);
  });

  for (const language of others) {
    describe(`in ${language}`, () => {
      const own = sentencesOf(language);
      const wanted = new Map(
        [...sentencesOf('en')].filter(([key]) => !key.startsWith('templates.announcement.')),
      );

      it('have exactly the keys of the English ones, but for the announcement, which is a place to write in', () => {
        deepEqual([...own.keys()].sort(), [...wanted.keys()].sort());
      });

      it('have the placeholders of the English ones', () => {
        const placeholdersOf = (sentences: Sentences) =>
          Object.fromEntries([...sentences].map(([key, text]) => [key, bracedIn(text)]));
        deepEqual(placeholdersOf(own), placeholdersOf(wanted));
      });

      it('say something else than the English ones', () => {
        const same = [...own].filter(([key, text]) => wanted.get(key) === text).map(([key]) => key);
        deepEqual(same, ['reader.some-pc']);
      });
    });
  }

  for (const { language } of readers) {
    it(`name buttons as they are, and words that the bot understands, in ${language}`, () => {
      const sentences = sentencesOf(language);
      const buttons = [...sentences].filter(([key]) => key.startsWith('reader.buttons.'));
      const titles = buttons.map(([, title]) => title);
      const quoted = [...sentences.values()].flatMap((text) =>
        [...text.matchAll(/["„]([^"“”]+)["“]/g)].map(([, words = '']) => words),
      );
      ok(quoted.length > 5);
      deepEqual(
        quoted.filter((words) => !titles.includes(words) && languageOf(words) !== language),
        [],
      );
    });
  }
});

/** What readers see: `reader` and `templates`, by key. */
function sentencesOf(language: string): Sentences {
  const file = new URL(`../../src/locales/${language}/notices.yaml`, import.meta.url);
  const { reader, templates } = Object(parse(readFileSync(file, 'utf8')));
  return new Map(leavesOf({ reader, templates }, ''));
}

function leavesOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path.slice(1), value]];
  return Object.entries(Object(value)).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`));
}

/** Each once: a text may name its reader's PC as often as its language needs. */
function bracedIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort();
}

/** The language of words that opt out or in; null for words that the bot does not take for that. */
function languageOf(words: string): string | null {
  const input = readNoticeInput({ type: 'message', text: words, conversation: { id: 'c' } } as never);
  return input.kind === 'opt' ? input.language : null;
}
