const markup = /<(?:br|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6])[ />]/i;
const cellEnd = /<\/t[dh]>/gi;
const lineEnd = /<(?:br|hr|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6]|\/blockquote|\/table)(?: [^<>]{0,200}|\/)?>/gi;

/** True for the HTML of a chat client, and false for other text that has tags, such as CLIXML. */
export function holdsMarkup(text: string): boolean {
  return markup.test(text);
}

/**
 * Lays out a line of HTML in lines, as a browser would show it. They are counted after that, because nobody sees the
 * source.
 */
export function layOut(line: string): readonly string[] {
  const laid = line.replace(cellEnd, ' | ').split(lineEnd);
  // Behind a tag that ends a line, the end of the line itself adds none.
  return laid.length > 1 && laid.at(-1) === '' ? laid.slice(0, -1) : laid;
}
