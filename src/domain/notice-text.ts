import type { ImpactClass, NoticeText, NoticeTexts } from './notice.ts';

/**
 * What stands for something else in the text of a notice, as in `{day}`. `pc` is the reader's system in words, `cause`
 * what the report of their PC shows, `contact` whom the settings name.
 */
export const placeholders = ['name', 'day', 'cause', 'pc', 'organisation', 'contact'] as const;
export type Placeholder = (typeof placeholders)[number];

export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

/** Anything in braces, however it is written: a slip such as `{Day }` must not reach a reader. */
const braced = /\{([^{}]{0,60})\}/g;

/** Puts values in place of placeholders, once: what a value brings along is text, whatever it looks like. */
export function fillText({ title, body }: NoticeText, values: PlaceholderValues): NoticeText {
  const fill = (text: string) =>
    text.replace(braced, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));
  return { title: fill(title), body: fill(body) };
}

/** What stands in braces and is no placeholder, each once; in all texts of a notice. */
export function unknownPlaceholders(texts: NoticeTexts): readonly string[] {
  const all = Object.values(texts).flatMap((byLanguage) => Object.values(byLanguage));
  const found = all.flatMap(({ title, body }) =>
    [...`${title}\n${body}`.matchAll(braced)].map(([, name = '']) => name),
  );
  return [...new Set(found)].filter((name) => !isPlaceholder(name));
}

export type ChosenText = { readonly language: string; readonly text: NoticeText };

/** The text for somebody: their class before `all`, their language before English; null where there is none. */
export function textFor(texts: NoticeTexts, impact: ImpactClass, locale: string | null): ChosenText | null {
  const wanted = (locale ?? 'en').toLowerCase();
  const languages = [wanted, wanted.split('-')[0] ?? '', 'en'];
  for (const byLanguage of [texts[impact] ?? {}, texts.all ?? {}]) {
    for (const language of languages) {
      const text = byLanguage[language];
      if (text !== undefined) return { language, text };
    }
  }
  return null;
}

/** The languages in which people of a class may get a notice. */
export function languagesFor(texts: NoticeTexts, impact: ImpactClass): readonly string[] {
  const written = new Set([texts[impact], texts.all].flatMap((byLanguage) => Object.keys(byLanguage ?? {})));
  return [...written].filter((language) => textFor(texts, impact, language)?.language === language);
}

function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some((known) => known === name);
}
