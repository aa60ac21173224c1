/** A word of a message, folded to lower case without accents. `clause` counts the parts between stops. */
export type Word = { readonly text: string; readonly clause: number };

export type Sentence = {
  readonly words: readonly Word[];
  /** Clauses that end in a question mark. */
  readonly asked: ReadonlySet<number>;
};

// Neither pattern can run past the next "<", so a text full of them is still read in one pass.
const mention = /<at\b[^<>]*>[^<>]*<\/at>/gi;
const tag = /<\/?[a-z][^<>]*>/gi;

const entities: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&#160;': ' ',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
};

/**
 * A message as the bot compares it: mentions and markup gone, lower case, no accents, no hidden characters,
 * no apostrophes ("can't" is "cant"). Keeps line breaks.
 */
export function fold(text: string): string {
  return text
    .replace(mention, ' ')
    .replace(tag, ' ')
    .replace(/&(?:nbsp|amp|lt|gt|quot|apos|#39|#160);/gi, (entity) => entities[entity.toLowerCase()] ?? ' ')
    .replace(/[®™©]/g, ' ')
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}'’‘ʼ`´′]/gu, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '');
}

const piece = /[\p{L}\p{N}]+(?:[.,]\p{N}+)*|[👍👎✅❌]|[.,;!?\n]/gu;

/** Splits folded text into words and clauses. A decimal comma is a decimal point: "8,1" is "8.1". */
export function splitWords(folded: string): Sentence {
  const words: Word[] = [];
  const asked = new Set<number>();
  let clause = 0;
  for (const [text] of folded.matchAll(piece)) {
    if (/^[.,;!?\n]$/.test(text)) {
      if (text === '?') {
        asked.add(clause);
      }
      clause += 1;
    } else {
      words.push({ text: text.replaceAll(',', '.'), clause });
    }
  }
  return { words, asked };
}
