const breaks = /<(?:br|hr|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6]|\/blockquote)\b[^<>]*>/gi;
const tags = /<[^<>]*>/g;
const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z0-9]{2,8}));/gi;

/** Entities that editors write, by name; those of Latin-1 stand in the order of their code points, from 160 on. */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';
const named: ReadonlyMap<string, string> = new Map([
  ...latin1.split(' ').map((name, place): [string, string] => [name, String.fromCodePoint(160 + place)]),
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—' }),
  ...Object.entries({ hellip: '…', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bdquo: '„', euro: '€' }),
]);

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
  if (name !== undefined) return named.get(name) ?? all;
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all;
}
