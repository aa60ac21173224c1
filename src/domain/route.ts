import type { Article, Step } from './article.ts';
import { stepsFor } from './article-walk.ts';
import { type OsFamily, osFamilies } from './os.ts';

/** The steps of the article for a system, in order; without a system, those that hold for every one. */
export function routeFor(article: Article, os: OsFamily | null): readonly Step[] {
  if (os !== null) return stepsFor(article, os);
  const routes = osFamilies.map((family) => new Set(stepsFor(article, family).map((step) => step.id)));
  const [family] = osFamilies;
  return stepsFor(article, family).filter((step) => routes.every((route) => route.has(step.id)));
}
