/**
 * A link for a TextBlock. The title must be our own wording: TextBlocks read markdown. Anything but a web
 * address gives the title alone.
 */
export function linkText(title: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) return title;
  const target = url
    .replace(/[()<>\s\\]/g, encodeURIComponent)
    .replace(/\(/g, '%28')
    .replace(/\)/g, '%29');
  return `[${title.replace(/[[\]]/g, '')}](${target})`;
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

/**
 * People's text, fit to be shown: cut by characters, not by halves of them. Control characters and signs that
 * turn the direction of writing become blanks: they could disguise what stands there, and PostgreSQL stores no NUL.
 */
export function clip(text: string, length: number): string {
  const safe = text
    .slice(0, 2 * length + 1)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');
  const characters = [...safe];
  return characters.length <= length ? safe : `${characters.slice(0, length - 1).join('')}…`;
}

/** The client would fill in `{{DATE(…)}}` in any text: it is shown as it was typed. */
export function unmarked(text: string): string {
  return text.replaceAll('{{', '{\u200b{');
}

/** People's text for a heading, which is a TextBlock and so reads markdown: what has a meaning there is left out. */
export function headingText(text: string): string {
  return unmarked(text)
    .replace(/[*`[\]\\<>#]/g, '')
    .replaceAll('_', ' ')
    .replace(/^\s*(\d{1,9})\./, '$1)')
    .trim();
}
