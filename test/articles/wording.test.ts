import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { listArticles, readArticleText } from '../../src/articles/texts.ts';
import { createWording } from '../../src/cards/wording.ts';

describe('The wording of articles', () => {
  for (const name of [...listArticles(), 'codes']) {
    for (const { language, text } of readArticleText(name).wordings) {
      it(`comes out of the catalogue as it was written: ${name} in ${language}`, () => {
        const catalogue: unknown = parse(text ?? '');
        const wording = createWording(language, { [name]: catalogue });
        const sentences = sentencesOf(catalogue, name);
        assert.ok(sentences.length > 10);
        for (const [key, sentence] of sentences) {
          const shown = Array.isArray(sentence) ? wording.list(key) : wording.text(key);
          assert.deepEqual(shown, sentence, key);
        }
      });
    }
  }

  it('keeps its lines short enough to be read on a card', () => {
    for (const name of listArticles()) {
      for (const { text } of readArticleText(name).wordings) {
        for (const [key, sentence] of sentencesOf(parse(text ?? ''), name)) {
          for (const line of Array.isArray(sentence) ? sentence : [sentence]) {
            assert.ok(line.length <= 450, `${key}: ${line.length} characters`);
          }
        }
      }
    }
  });
});

function sentencesOf(value: unknown, key: string): readonly (readonly [string, string | string[]])[] {
  if (typeof value === 'string' || Array.isArray(value)) return [[key, value]];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, inner]) =>
    sentencesOf(inner, `${key}.${name}`),
  );
}
