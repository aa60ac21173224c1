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

/** Cuts by characters, not by halves of them, and says so with an ellipsis. */
export function clip(text: string, length: number): string {
  const characters = [...text.slice(0, 2 * length)];
  if (characters.length <= length && text.length <= 2 * length) return text;
  return `${characters.slice(0, length - 1).join('')}…`;
}
