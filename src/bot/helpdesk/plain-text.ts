import type { Activity } from 'botbuilder';

/** The words of a message as they were written: without mentions of the bot, other mentions by name, no markup. */
export function plainText({ text, textFormat, entities, recipient }: Activity): string {
  const named = (entities ?? []).slice(0, mostEntities).reduce((rest: string, entity) => {
    const { type, text: shown, mentioned } = entity as Mention;
    if (type !== 'mention' || !shown) return rest;
    return rest.replaceAll(shown, mentioned?.id === recipient?.id ? ' ' : (mentioned?.name ?? ''));
  }, text ?? '');
  const written = textFormat === 'xml' || textFormat === 'html' ? decode(withoutTags(named)) : named;
  return written
    .replaceAll('&nbsp;', ' ')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** True when the message speaks to the bot. */
export function mentionsBot({ entities, recipient }: Activity): boolean {
  return (entities ?? []).some((entity) => {
    const { type, mentioned } = entity as Mention;
    return type === 'mention' && mentioned?.id !== undefined && mentioned.id === recipient?.id;
  });
}

type Mention = {
  readonly type: string;
  readonly text?: string;
  readonly mentioned?: { readonly id?: string; readonly name?: string };
};

/** Nobody mentions more people in a line. */
const mostEntities = 50;
const endsLine: ReadonlySet<string> = new Set(['br', 'br/', '/p', '/div', '/li', '/tr', '/blockquote']);

/** Looks at each sign once: text of strangers must not make it slow. */
function withoutTags(markup: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const begin = markup.indexOf('<', at);
    const end = begin < 0 ? -1 : markup.indexOf('>', begin);
    if (end < 0) break;
    parts.push(markup.slice(at, begin));
    const name = markup.slice(begin + 1, Math.min(end, begin + 16)).toLowerCase();
    if (endsLine.has(name.split(' ')[0] ?? '')) parts.push('\n');
    at = end + 1;
  }
  return parts.join('') + markup.slice(at);
}

const signs: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return signs[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
