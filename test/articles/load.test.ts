import assert from 'node:assert/strict';
import {
  ArticleInvalid,
  checkArticle,
  describeProblem,
  loadArticle,
  loadArticles,
} from '../../src/articles/load.ts';
import { listArticles, readArticleText } from '../../src/articles/texts.ts';
import { brokenGraphs, brokenShapes, brokenWordings, late } from './broken-articles.ts';
import {
  articleFile,
  change,
  lineOf,
  smallArticle,
  smallWording,
  sourceOf,
  wordingFile,
} from './small-article.ts';

describe('Checking an article', () => {
  it('finds nothing wrong with a healthy one', () => {
    const { article, problems } = checkArticle(sourceOf());
    assert.deepEqual(problems, []);
    assert.deepEqual([...(article?.nodes.keys() ?? [])], ['look', 'ask', 'rejoin', 'end']);
  });

  it('finds nothing wrong with a second step after a harmless one', () => {
    const text = `${change(smallArticle, 'broken: ask', 'broken: late')}${late.replaceAll('broken: end', 'broken: ask')}`;
    const words = change(
      smallWording,
      'ask:\n',
      `late:${smallWording.slice('look:'.length, smallWording.indexOf('ask:'))}ask:\n`,
    );
    assert.deepEqual(checkArticle(sourceOf(text, words)).problems, []);
  });

  it('spells out groups of systems', () => {
    const ask = checkArticle(sourceOf()).article?.nodes.get('ask');
    assert.ok(ask?.kind === 'question');
    assert.deepEqual(ask.options[1]?.to, [
      { for: ['windows-10', 'windows-11'], to: 'rejoin' },
      { to: 'end' },
    ]);
  });

  for (const [rule, from, to, at, message] of [...brokenShapes, ...brokenGraphs]) {
    it(`reports ${rule}, with its line`, () => {
      const text = change(smallArticle, from, to) + (to.includes('late') ? late : '');
      expectProblem(sourceOf(text), articleFile, lineOf(text, at), message);
    });
  }

  for (const [rule, from, to, at, message] of brokenWordings) {
    it(`reports ${rule}, with its line`, () => {
      const text = change(smallWording, from, to);
      expectProblem(sourceOf(smallArticle, text), wordingFile, lineOf(text, at), message);
    });
  }

  it('reports a language that has no wording at all', () => {
    expectProblem(sourceOf(smallArticle, null), wordingFile, 1, /no wording in "en"/);
  });

  it('reports a mistake once, although every system meets it', () => {
    const text = change(smallArticle, 'broken: ask', 'broken: asks');
    assert.equal(checkArticle(sourceOf(text)).problems.length, 1);
  });

  it('reports all mistakes together', () => {
    const text = change(change(smallArticle, 'broken: ask', 'broken: asks'), 'section: R', 'section: Q');
    const lines = checkArticle(sourceOf(text)).problems.map(describeProblem);
    assert.ok(
      lines.some((line) => line.startsWith(`${articleFile}:16: `)),
      lines.join('\n'),
    );
    assert.ok(
      lines.some((line) => line.includes('"Q"')),
      lines.join('\n'),
    );
  });
});

describe('Loading articles', () => {
  it('finds every article of the folder, and nothing else', () => {
    assert.deepEqual(listArticles(), ['onedrive-sign-in']);
    assert.deepEqual(
      loadArticles().map((article) => article.id),
      listArticles(),
    );
  });

  it('refuses a broken one with all that is wrong', () => {
    assert.throws(
      () => loadArticle('no-such-article'),
      (error) =>
        error instanceof ArticleInvalid && error.problems.length > 0 && /no-such-article/.test(error.message),
    );
  });

  it('reads the wording of every language', () => {
    const { wordings } = readArticleText('onedrive-sign-in');
    assert.ok(wordings.some(({ language }) => language === 'en'));
    for (const { text, language } of wordings) assert.ok(text, language);
  });
});

function expectProblem(
  source: ReturnType<typeof sourceOf>,
  file: string,
  line: number,
  message: RegExp,
): void {
  const { problems } = checkArticle(source);
  const found = problems.some(
    (problem) => problem.file === file && problem.line === line && message.test(problem.message),
  );
  assert.ok(found, `expected ${file}:${line} ${message}, got\n${problems.map(describeProblem).join('\n')}`);
}
