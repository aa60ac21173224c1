import type { Article } from './article.ts';
import type { Case, Place } from './case.ts';
import type { Knowledge, Note } from './decision.ts';
import type { Understanding } from './understanding.ts';
import { beginGuide, type WalkedOn } from './walk-on.ts';

export type Learned = {
  readonly current: Case;
  readonly learned: boolean;
  readonly notes: readonly Note[];
};

/** Takes the error code and the operating system out of what was said; "10" is a Windows only where one was asked for. */
export function learn(
  current: Case,
  place: Place | null,
  said: Understanding,
  knowledge: Knowledge,
): Learned {
  const code = codeToFollow(said.codes, knowledge) ?? current.code;
  const saidOs = said.bareOs && place?.at !== 'os' ? null : said.os;
  const os = saidOs ?? current.os;
  const learned = code !== current.code || os !== current.os;
  const device =
    said.device === null || os === current.os ? [] : [{ note: 'device', device: said.device } as const];
  return { current: withCode({ ...current, os }, code, knowledge), learned, notes: device };
}

/** The report's own words on the system count more than the person's. */
export function learnFromReport(current: Case): Pick<Learned, 'current' | 'notes'> {
  const os = current.examined?.diagnosis.os ?? null;
  if (os === null) return { current, notes: [] };
  const isCorrected = current.os !== null && current.os !== 'unknown' && current.os !== os;
  return { current: { ...current, os }, notes: isCorrected ? [{ note: 'os-from-report', os }] : [] };
}

export function withCode(current: Case, code: string | null, knowledge: Knowledge): Case {
  const article = knowledge.articles.find(({ codes }) => code !== null && codes.includes(code));
  return { ...current, code, article: article?.id ?? current.article };
}

/** Of several codes the one that an article covers, else the first. */
function codeToFollow(codes: readonly string[], knowledge: Knowledge): string | undefined {
  const covered = knowledge.articles.flatMap((article) => article.codes);
  return codes.find((code) => covered.includes(code)) ?? codes[0];
}

/** The next thing that the bot must know, or the way chosen once it knows enough. */
export function placeToAsk(current: Case, knowledge: Knowledge): WalkedOn {
  if (current.code === null) return straightTo({ at: 'code' });
  if (current.code !== 'unknown' && !isCovered(current.code, knowledge)) {
    return straightTo({ at: 'other-code', code: current.code });
  }
  if (current.way === 'check') return straightTo({ at: 'script' });
  if (current.os === null) return straightTo({ at: 'os' });
  if (current.way === 'guide') return beginGuide(current, articleOf(current, knowledge));
  return straightTo({ at: 'way' });
}

function straightTo(place: Place): WalkedOn {
  return { place, skipped: [], held: [] };
}

/** Where a case begins whose code is not known yet. */
export function firstArticle(knowledge: Knowledge): string {
  const [article] = knowledge.articles;
  if (article === undefined) throw new Error('There is no article; src/articles must hold at least one.');
  return article.id;
}

export function articleOf(current: Case, knowledge: Knowledge): Article {
  const article = knowledge.articles.find(({ id }) => id === current.article);
  if (article === undefined) throw new Error(`There is no article "${current.article}".`);
  return article;
}

function isCovered(code: string, knowledge: Knowledge): boolean {
  return knowledge.articles.some(({ codes }) => codes.includes(code));
}
