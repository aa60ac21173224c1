import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The text of a file of content, and of its wording in each language. */
export type ArticleText = {
  readonly file: string;
  readonly text: string;
  readonly wordings: readonly WordingText[];
};
/** `text` is null where the language has no such file. */
export type WordingText = { readonly language: string; readonly file: string; readonly text: string | null };

const project = new URL('../../', import.meta.url);
const notAnArticle = 'error-codes.yaml';

/** Ids of the articles in this folder: a new file here is a new article. */
export function listArticles(): readonly string[] {
  return readdirSync(new URL('src/articles/', project))
    .filter((name) => name.endsWith('.yaml') && name !== notAnArticle)
    .map((name) => name.slice(0, -'.yaml'.length));
}

/** The text of an article or another file of this folder; names are without their ending. */
export function readArticleText(name: string, wording: string = name): ArticleText {
  const file = `src/articles/${name}.yaml`;
  return {
    file,
    text: readText(file) ?? '',
    wordings: spokenLanguages().map((language) => readWording(wording, language)),
  };
}

/** Those in which the bot talks; in others it only sends notices, and articles need no wording there. */
function spokenLanguages(): readonly string[] {
  return readdirSync(new URL('src/locales/', project)).filter((language) =>
    existsSync(new URL(`src/locales/${language}/bot.yaml`, project)),
  );
}

function readWording(name: string, language: string): WordingText {
  const file = `src/locales/${language}/${name}.yaml`;
  return { language, file, text: readText(file) };
}

function readText(file: string): string | null {
  const url = new URL(file, project);
  return existsSync(url) ? readFileSync(url, 'utf8') : null;
}
