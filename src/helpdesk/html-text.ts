const breaks = /<(?:br|hr|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6]|\/blockquote)\b[^<>]*>/gi;
const tags = /<[^<>]*>/g;
const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi;

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** HTML that somebody wrote in an editor, as plain text: lines where it shows lines, and no markup. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/\s+/g, ' ')
    .replace(breaks, '\n')
    .replace(tags, '')
    .replace(entity, (all, decimal, hex, name) => signOf(all, decimal, hex, name))
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function signOf(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? all;
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all;
}
