import assert from 'node:assert/strict';
import { checkArticles, showArticles } from '../../src/articles/commands.ts';
import { checkArticle } from '../../src/articles/load.ts';
import { showArticle } from '../../src/articles/show.ts';
import { sourceOf } from './small-article.ts';

const { article } = checkArticle(sourceOf());
assert.ok(article);
const titles: Readonly<Record<string, string>> = { look: 'Look at the "cable"', ask: 'Is it joined?' };
const titleOf = (id: string) => titles[id] ?? id;

describe('Showing an article as text', () => {
  it('names each node with its section, its impact and where its answers lead', () => {
    const text = showArticle(article, 'text', titleOf);
    assert.match(text, /^small {2}0x8004de40\n/);
    assert.match(
      text,
      /look {2}\[A, harmless\]\n {2}Look at the "cable"\n {2}works -> solved\n {2}broken \/ cannot -> ask/,
    );
    assert.match(text, /ask {2}\[beyond, question\]/);
    assert.match(text, /end {2}\[R, end\]\n {2}end\n {2}person -> person/);
  });

  it('names the systems that an edge holds for', () => {
    const text = showArticle(article, 'text', titleOf);
    assert.match(text, / {2}joined \(windows-10, windows-11\) -> rejoin\n/);
  });

  it('shows one system its own ways alone', () => {
    const text = showArticle(article, 'text', titleOf, 'windows-7');
    assert.match(text, / {2}lone \/ joined -> end/);
    assert.doesNotMatch(text, /rejoin/);
  });
});

describe('Showing an article as Mermaid', () => {
  const mermaid = showArticle(article, 'mermaid', titleOf);

  it('draws a flowchart with a box for each node and both ways out', () => {
    assert.match(mermaid, /^%% small.*\nflowchart TD\n/);
    for (const box of ['n_look[', 'n_ask{', 'n_rejoin[[', 'n_end([', 'n_solved([', 'n_person([']) {
      assert.ok(mermaid.includes(`\n  ${box}`), box);
    }
  });

  it('draws arrows between boxes that exist', () => {
    const boxes = new Set([...mermaid.matchAll(/^ {2}(n_\w+)[[({]/gm)].map((match) => match[1]));
    const arrows = [...mermaid.matchAll(/^ {2}(n_\w+) -- "[^"]+" --> (n_\w+)$/gm)];
    assert.equal(arrows.length, 8);
    for (const [, from, to] of arrows) assert.ok(boxes.has(from) && boxes.has(to), `${from} ${to}`);
  });

  it('keeps quotes of a title from ending the label', () => {
    assert.match(mermaid, /Look at the #quot;cable#quot;/);
  });
});

describe('The article commands', () => {
  it('check: find the articles of the product well, and exit with 0', () => {
    const lines: string[] = [];
    assert.equal(
      checkArticles((line) => lines.push(line)),
      0,
    );
    assert.match(
      lines.join('\n'),
      /^onedrive-sign-in: \d+ nodes, all is well\nerror codes: \d+, all is well$/,
    );
  });

  it('show: look titles up in the catalogue', () => {
    const lines: string[] = [];
    const code = showArticles(
      { format: 'text', os: 'server-2012' },
      (key) => `<${key}>`,
      (line) => lines.push(line),
    );
    assert.equal(code, 0);
    assert.match(lines.join('\n'), /<onedrive-sign-in\.disable-dhe\.title>/);
  });
});
