const isMarkup = /<(?:br|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6])[ />]/i;
const cellEnd = /<\/t[dh]>/gi;
/** A line end behind a tag that ends a line adds none. */
const lineEnd =
  /<(?:br|hr|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6]|\/blockquote|\/table)(?: [^<>]{0,200}|\/)?>(?:\r{0,2}\n|\r)?/gi;

/**
 * Lays out the HTML of a chat client in lines, as a browser would show it; any other text comes back as it is.
 * Lines are counted after that, because nobody sees the source.
 */
export function layOut(text: string): string {
  if (!isMarkup.test(text)) return text;
  return text.replace(cellEnd, ' | ').replace(lineEnd, '\n');
}
