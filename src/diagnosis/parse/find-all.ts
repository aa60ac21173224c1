/**
 * All matches of a global pattern that never matches nothing. `text.matchAll(pattern)` copies the pattern each
 * time, which takes longer than to search a line.
 */
export function findAll(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let next = pattern.exec(text); next !== null; next = pattern.exec(text)) found.push(next);
  return found;
}
