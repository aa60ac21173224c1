import { wordSet } from './phrases.ts';
import { codeWords, shortCodes } from './system-vocabulary.ts';
import type { Word } from './words.ts';

// Every repetition is bounded, so the time is linear. "o" stands for a zero that was typed as a letter.
const gap = '[\\s\\-\\u2010-\\u2015_]{0,2}';
const hex = '[0-9a-fo]';
const notBefore = '(?<![\\p{L}\\p{N}])';
const notAfter = '(?![\\p{L}\\p{N}])';
const withHead = `(?:[0o]${gap})?[x×х]${gap}(8${hex}${gap}${hex}{2}${gap}${hex}{2}${gap}${hex}{2})`;
const familyOnly = `${notBefore}(8[0o]${gap}[0o]4${gap}(?:d${hex}|e[0-9o])${gap}${hex}{2})`;
const anyCode = new RegExp(`(?:${withHead}|${familyOnly})${notAfter}`, 'giu');

const known = wordSet(shortCodes);
const heralds = wordSet(codeWords);
/** "error de12": any ending counts where the word before says that it is a code. */
const anyEnding = /^(?:d[0-9a-f]|e[0-9])[0-9a-f]{2}$/;

/**
 * Error codes in folded text, as `0x8004de40`, in the order named. Of a report only OneDrive's own family
 * counts: other codes there are results of tools.
 */
export function readCodes(
  folded: string,
  words: readonly Word[],
  kind: 'short' | 'long' | 'report',
): readonly string[] {
  const codes: string[] = [];
  for (const match of folded.matchAll(anyCode)) {
    const digits = (match[1] ?? match[2] ?? '').replace(/[^0-9a-fo]/g, '').replaceAll('o', '0');
    if (kind !== 'report' || /^8004[de]/.test(digits)) {
      codes.push(`0x${digits}`);
    }
  }
  const named = kind === 'report' ? [] : readEndings(words, kind);
  return [...new Set([...codes, ...named])];
}

function readEndings(words: readonly Word[], kind: 'short' | 'long'): readonly string[] {
  return words.flatMap((word, at) => {
    const ending = word.text.replaceAll('o', '0');
    const heralded = heralds.has(words[at - 1]?.text ?? '');
    const counts = heralded ? anyEnding.test(ending) : kind === 'short' && known.has(ending);
    return counts ? [`0x8004${ending}`] : [];
  });
}
