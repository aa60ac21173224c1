import type { Finder, Found } from './found.ts';
import { labelledNames, labelledProxies } from './labelled.ts';
import { createNames, type Names } from './names.ts';
import { pathFinders } from './paths.ts';
import { findPseudonyms } from './pseudonym.ts';
import { addressFinders, shapeFinders } from './shapes.ts';
import { joinedView, revealedView, type View } from './view.ts';

/** Replaces names by pseudonyms, the same name always by the same one (docs/report-format.md). */
export type Redactor = {
  /** Keeps the lines, and changes nothing in a text that was redacted before. */
  redact(text: string): string;
};

/** `earlier` are redacted texts of the same case: counting goes on after the pseudonyms in them. */
export function createRedactor(earlier: readonly string[] = []): Redactor {
  const names = createNames();
  for (const text of earlier) names.countOnFrom(findPseudonyms(text));
  return {
    redact(text) {
      names.countOnFrom(findPseudonyms(text));
      const joined = joinedView(text);
      const whole = joined === null ? text : replace(joined, text, names, true);
      return replace(revealedView(whole), whole, names, false);
    },
  };
}

/** Certain things first: what one finder took, the next ones find only the rest of. */
const finders: readonly Finder[] = [
  labelledProxies,
  ...shapeFinders,
  labelledNames,
  ...pathFinders,
  ...addressFinders,
];

function replace(view: View, text: string, names: Names, onlyJoined: boolean): string {
  const taken = new Uint8Array(view.text.length);
  for (const { start, end } of findPseudonyms(view.text)) taken.fill(1, start, end);
  const isWanted = ({ start, end }: Found) => !onlyJoined || view.isJoined(start, end);
  const found: Found[] = [];
  const take = (candidates: readonly Found[]) => {
    for (const candidate of candidates.filter(isWanted)) {
      for (const part of freeParts(candidate, view.text, taken)) {
        taken.fill(1, part.start, part.end);
        found.push(part);
      }
    }
  };
  for (const find of finders) take(find(view.text));
  for (const each of found) {
    if (each.as === 'name') names.learn(each.kind, view.text.slice(each.start, each.end));
  }
  take(names.findKnown(view.text));
  return rebuild(view, text, names, found);
}

/** A name that holds something that was taken already is what remains of it on both sides. */
function freeParts(found: Found, text: string, taken: Uint8Array): readonly Found[] {
  if (found.as === 'words') return [found];
  const parts: Found[] = [];
  let start = found.start;
  for (let at = found.start; at <= found.end; at += 1) {
    if (at < found.end && taken[at] === 0) continue;
    const part = trimmed({ ...found, start, end: at }, text);
    if (part !== null) parts.push(part);
    start = at + 1;
  }
  return parts;
}

function trimmed(found: Extract<Found, { as: 'name' }>, text: string): Found | null {
  const piece = text.slice(found.start, found.end);
  const first = piece.search(/[\p{L}\p{N}]/u);
  // Behind the sign of an address stands a host, which has a finder of its own.
  if (first < 0 || (found.kind === 'mail' && !piece.includes('@', first))) return null;
  if (found.kind === 'ip') return found;
  let { end } = found;
  while (isBetweenNames.test(text.charAt(end - 1))) end -= 1;
  return { ...found, start: found.start + first, end };
}

const isBetweenNames = /[\s,;:=(@\\/]/;

function rebuild(view: View, text: string, names: Names, found: readonly Found[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const each of found.toSorted((a, b) => a.start - b.start)) {
    const { start, end } = view.rangeOf(each.start, each.end);
    const by =
      each.as === 'words' ? each.words : names.pseudonymOf(each.kind, view.text.slice(each.start, each.end));
    // A name cut in two by a line end keeps the line end behind it.
    parts.push(text.slice(at, start), by, text.slice(start, end).replace(/[^\r\n]+/g, ''));
    at = end;
  }
  return [...parts, text.slice(at)].join('');
}
