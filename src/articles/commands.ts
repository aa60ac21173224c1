import type { Os } from '../domain/os.ts';
import type { Problem } from '../yaml-text.ts';
import { checkErrorCodes, readErrorCodeText } from './error-codes.ts';
import { checkArticle, describeProblem, loadArticles } from './load.ts';
import { type ShowFormat, showArticle } from './show.ts';
import { listArticles, readArticleText } from './texts.ts';

export type Write = (line: string) => void;

/** `handshake article check`: tells what is wrong, with file and line. Returns the exit code. */
export function checkArticles(write: Write): number {
  const problems: Problem[] = [];
  for (const id of listArticles()) {
    const checked = checkArticle(readArticleText(id));
    problems.push(...checked.problems);
    if (checked.problems.length === 0) write(`${id}: ${checked.article?.nodes.size} nodes, all is well`);
  }
  const family = checkErrorCodes(readErrorCodeText());
  problems.push(...family.problems);
  if (family.problems.length === 0) write(`error codes: ${family.codes.size}, all is well`);

  for (const problem of problems) write(describeProblem(problem));
  return problems.length === 0 ? 0 : 1;
}

/**
 * `handshake article show`: every article as text or Mermaid. Returns the exit code.
 * `text` gives the sentence at a key of the catalogue.
 */
export function showArticles(
  options: { readonly format: ShowFormat; readonly os: Os | null },
  text: (key: string) => string,
  write: Write,
): number {
  for (const article of loadArticles()) {
    const titleOf = (node: string) => text(`${article.id}.${node}.title`);
    write(showArticle(article, options.format, titleOf, options.os));
  }
  return 0;
}
