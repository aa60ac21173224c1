import type { NameKind } from './pseudonym.ts';

/** A stretch of text that is not to be kept. `start` and `end` count characters, the end exclusive. */
export type Found =
  | { readonly start: number; readonly end: number; readonly as: 'name'; readonly kind: NameKind }
  /** Replaced by fixed words: the part of an address that may tell something and has no name. */
  | { readonly start: number; readonly end: number; readonly as: 'words'; readonly words: string };

/** Looks for one kind of thing. The text has LF, CR or CRLF line ends; time grows with its length alone. */
export type Finder = (text: string) => readonly Found[];

export function named(kind: NameKind, start: number, length: number): Found {
  return { start, end: start + length, as: 'name', kind };
}

/** Every match of the pattern, or of its first group; `accept` has the last word. */
export function findMatches(
  kind: NameKind,
  pattern: RegExp,
  accept: (name: string, found: RegExpExecArray) => boolean = () => true,
): Finder {
  return (text) =>
    [...text.matchAll(pattern)].flatMap((found) => {
      const whole = found[0];
      const name = found[1] ?? whole;
      // The group stands at the end of what the pattern matches, so that its place is known.
      const start = found.index + whole.length - name.length;
      return accept(name, found) ? [named(kind, start, name.length)] : [];
    });
}
