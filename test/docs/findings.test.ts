import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { findingPages } from '../../docs/findings/pages.ts';
import { findingCodes } from '../../src/domain/diagnosis.ts';

const folder = new URL('../../docs/findings/', import.meta.url);

describe('The pages about the findings', () => {
  const pages = findingPages();

  it('are there for every code, and for nothing else', () => {
    const expected = ['README.md', ...findingCodes.map((code) => `${code}.md`)];
    assert.deepEqual(
      readdirSync(folder)
        .filter((file) => file.endsWith('.md'))
        .sort(),
      expected.sort(),
    );
  });

  for (const [file, text] of pages) {
    it(`say in ${file} what the catalogue, the article and the rules say (npm run docs:findings)`, () => {
      assert.equal(readFileSync(new URL(file, folder), 'utf8'), text);
    });
  }

  it('name a source for every code', () => {
    for (const code of findingCodes) assert.match(pages.get(`${code}.md`) ?? '', /Source: <https:/);
  });
});
