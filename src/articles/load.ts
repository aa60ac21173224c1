import type { Article } from '../domain/article.ts';
import { type Problem, readYaml, type YamlText } from '../yaml-text.ts';
import { checkGraph } from './graph-rules.ts';
import { shapeArticle } from './shape.ts';
import { type ArticleText, listArticles, readArticleText, type WordingText } from './texts.ts';
import { checkWording } from './wording-rules.ts';

export type CheckedArticle = { readonly article: Article | null; readonly problems: readonly Problem[] };

/** Content of this product is broken; nothing that rests on it may start. */
export class ArticleInvalid extends Error {
  readonly code = 'article-invalid';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`Mend the article first:\n${problems.map(describeProblem).join('\n')}`);
    this.problems = problems;
  }
}

/** Every article, checked. Throws ArticleInvalid with all that is wrong. */
export function loadArticles(): readonly Article[] {
  return listArticles().map(loadArticle);
}

/** One article, checked. Throws ArticleInvalid with all that is wrong. */
export function loadArticle(id: string): Article {
  const { article, problems } = checkArticle(readArticleText(id));
  if (article === null || problems.length > 0) throw new ArticleInvalid(problems);
  return article;
}

/** Everything that is wrong with an article and its wording, in the order of file and line. */
export function checkArticle(source: ArticleText): CheckedArticle {
  const yaml = readYaml(source.file, source.text);
  if (yaml.problems.length > 0) return { article: null, problems: yaml.problems };
  const { article, problems: shapeProblems } = shapeArticle(yaml);
  if (article === null) return { article, problems: inOrder(shapeProblems) };
  const problems = [
    ...shapeProblems,
    ...articleProblems(article, yaml),
    ...source.wordings.flatMap((wording) => wordingProblems(article, wording)),
  ];
  return { article, problems: inOrder(problems) };
}

export function describeProblem({ file, line, message }: Problem): string {
  return `${file}:${line}: ${message}`;
}

function articleProblems(article: Article, yaml: YamlText): readonly Problem[] {
  const { file } = yaml;
  const problems: Problem[] = [];
  if (file !== `src/articles/${article.id}.yaml`) {
    problems.push({
      file,
      line: yaml.lineOf(['id']),
      message: `the id "${article.id}" is not the file's name`,
    });
  }
  checkGraph(article, (path, message) => problems.push({ file, line: yaml.lineOf(path), message }));
  return problems;
}

function wordingProblems(article: Article, { file, language, text }: WordingText): readonly Problem[] {
  if (text === null) return [{ file, line: 1, message: `"${article.id}" has no wording in "${language}"` }];
  const yaml = readYaml(file, text);
  if (yaml.problems.length > 0) return yaml.problems;
  const problems: Problem[] = [];
  checkWording(article, yaml.value, (path, message) => {
    problems.push({ file, line: yaml.lineOf(path), message });
  });
  return problems;
}

/** The same mistake can be met on the ways of several systems; it is told once. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const once = new Map(problems.map((problem) => [describeProblem(problem), problem]));
  return [...once.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
