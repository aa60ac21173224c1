import assert from 'node:assert/strict';
import { checkErrorCodes, loadErrorCodes, readErrorCodeText } from '../../src/articles/error-codes.ts';
import { loadArticles } from '../../src/articles/load.ts';
import type { ArticleText } from '../../src/articles/texts.ts';
import { type ErrorCode, meaningKey } from '../../src/domain/error-code.ts';
import { change, lineOf } from './small-article.ts';

const codes = loadErrorCodes();
const ofKind = (kind: ErrorCode['kind']) =>
  [...codes.values()].filter((code) => code.kind === kind).map(({ code }) => code);

describe('The family of error codes', () => {
  it('covers exactly the codes that an article here leads through', () => {
    const covered = loadArticles().flatMap((article) => article.codes.map((code) => [code, article.id]));
    const told = [...codes.values()].flatMap((code) =>
      code.kind === 'covered' ? [[code.code, code.article]] : [],
    );
    assert.deepEqual(told, covered);
  });

  it('knows the codes that have a page of their own', () => {
    const known = 'de80 de85 de86 de8a dec5 deef def4 def7 e4d0'.split(' ').map((end) => `0x8004${end}`);
    assert.deepEqual(ofKind('known').sort(), known);
  });

  it('gives an unconfirmed code no meaning of its own', () => {
    const unconfirmed = 'de90 dedc def0 def1 def5 e4f0'.split(' ').map((end) => `0x8004${end}`);
    assert.deepEqual(ofKind('unconfirmed').sort(), unconfirmed);
    for (const code of unconfirmed) {
      const entry = codes.get(code);
      assert.ok(entry);
      assert.equal(meaningKey(entry), 'codes.unconfirmed');
    }
  });

  it('links each known code to a page that names it', () => {
    for (const code of ofKind('known')) assert.ok(codes.get(code)?.link.includes(code), code);
  });

  it('tells a person what each known code means', () => {
    const entry = codes.get('0x8004dec5');
    assert.ok(entry);
    assert.equal(meaningKey(entry), 'codes.0x8004dec5');
    assert.deepEqual(checkErrorCodes(readErrorCodeText()).problems, []);
  });
});

describe('Checking the family of error codes', () => {
  const text = "'0x8004de99':\n  kind: known\n  link: https://learn.microsoft.com/de99\n";
  const words = "'0x8004de99': It means something.\n";

  it('finds nothing wrong with a healthy one', () => {
    assert.deepEqual(checkErrorCodes(familyOf(text, words)).problems, []);
  });

  for (const [rule, from, to, at, message] of [
    ['a code that is no code', "'0x8004de99'", "'8004DE99'", "'8004DE99'", /0x8004de40|Invalid/],
    ['an unknown kind', 'known', 'guessed', 'kind: guessed', /kind|Invalid/],
    ["a page that is not Microsoft's", 'learn.microsoft.com', 'example.com', 'link:', /URL|Invalid/],
    ['a covered code without its article', 'known', 'covered', "'0x8004de99'", /expected string|article/],
  ] as const) {
    it(`reports ${rule}, with its line`, () => {
      const broken = change(text, from, to);
      const [problem] = checkErrorCodes(familyOf(broken, words)).problems;
      assert.equal(problem?.line, lineOf(broken, at));
      assert.match(problem?.message ?? '', message);
    });
  }

  it('reports a code without a sentence', () => {
    const [problem] = checkErrorCodes(familyOf(text, change(words, 'de99', 'de98'))).problems;
    assert.deepEqual(problem, {
      file: 'src/locales/en/codes.yaml',
      line: 1,
      message: '"0x8004de99" has no wording',
    });
  });
});

function familyOf(text: string, words: string): ArticleText {
  const wordings = [{ language: 'en', file: 'src/locales/en/codes.yaml', text: words }];
  return { file: 'src/articles/error-codes.yaml', text, wordings };
}
