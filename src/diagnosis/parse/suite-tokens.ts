import type { Line } from '../lines.ts';
import { codeAt, hasMark, mark } from '../marks.ts';
import { findAll } from './find-all.ts';
import { completeSuite, isCutSuite, isKnownSuite, stripCurve } from './suite-names.ts';

export type SuiteLine = {
  readonly line: Line;
  /** What the line holds besides the end of a name that began in the one before. */
  readonly text: string;
  /** Names in the order of the line, without their curve. */
  readonly names: readonly string[];
  /** A name in this line stops before its end and could not be completed. */
  readonly cut: boolean;
  /** Nothing but names and what separates them. */
  readonly pure: boolean;
  /** How many characters of the next line belong to the last name. */
  readonly taken: number;
};

/**
 * Finds the suite names of a line, putting together those that a narrow console cut over several lines. The first
 * `taken` characters belong to a name of the line before.
 */
export function scanSuiteLine(line: Line, next: Line | undefined, taken: number): SuiteLine {
  const hasUnderscore = hasMark(line.marks, mark.underscore);
  if (hasUnderscore && taken === 0 && isKnownSuite(line.plain) && !mayGoOn(next)) {
    return { line, text: line.plain, names: [stripCurve(line.plain)], cut: false, pure: true, taken: 0 };
  }
  const text = textOf(line).slice(taken);
  // A name may be cut behind its first letters.
  const wrap = hasUnderscore || /[tls]$/i.test(text) ? findWrap(text, next) : null;
  const mayName = wrap !== null || hasUnderscore;
  return mayName ? scanLine(line, text, wrap) : { line, text, names: [], cut: false, pure: false, taken: 0 };
}

/** A name that begins within a line and ends in the next, of which it takes some characters. */
type Wrap = { readonly from: number; readonly to: number; readonly name: string; readonly taken: number };

/** A whole name may still be the beginning of a longer one. */
function mayGoOn(next: Line | undefined): boolean {
  return next !== undefined && next.plain !== '' && !next.plain.startsWith('TLS_');
}

function findWrap(text: string, next: Line | undefined): Wrap | null {
  const more = /^[A-Z0-9_]{1,60}/i.exec(next?.plain ?? '')?.[0];
  if (more === undefined || /^TLS_/i.test(more)) return null;
  const last = lastWord(text);
  if (/^(?:T|TL|TLS|TLS_[A-Z0-9_]{0,60})$/i.test(last)) {
    return wrapOf(text.length - last.length, last, more);
  }
  // In a table the rest of a name stands alone in the next line, below the first column.
  const first = more === next?.plain ? /TLS_[A-Z0-9_]{0,60}/i.exec(text) : null;
  return first === null ? null : wrapOf(first.index, first[0], more);
}

function wrapOf(from: number, start: string, more: string): Wrap | null {
  const name = `${start}${more}`.toUpperCase();
  return isKnownSuite(name) ? { from, to: from + start.length, name, taken: more.length } : null;
}

/** The word that a text ends in, as far as a suite's name can be long. */
function lastWord(text: string): string {
  let start = text.length;
  while (start > 0 && text.length - start < 65 && isWordCode(codeAt(text, start - 1))) start -= 1;
  return text.slice(start);
}

function isWordCode(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
  );
}

/** List separators of registry exports become blanks. */
function textOf({ plain, marks }: Line): string {
  return hasMark(marks, mark.backslash) ? plain.replaceAll('\\0', ' ').replaceAll('\\_', '_') : plain;
}

const suiteName = /TLS_[A-Z0-9_]*/gi;

function scanLine(line: Line, text: string, wrap: Wrap | null): SuiteLine {
  const own = wrap === null ? text : text.slice(0, wrap.from) + text.slice(wrap.to);
  const names: string[] = [];
  let cut = false;
  let rest = '';
  let from = 0;
  for (const found of findAll(own, suiteName)) {
    const end = found.index + found[0].length;
    const name = found[0].toUpperCase();
    const ellipsis = /^(?:…|\.{2,3})/.test(own.slice(end, end + 3));
    const whole = isKnownSuite(name) && !ellipsis ? name : ellipsis ? completeSuite(name) : name;
    if (whole === null || isCutSuite(whole)) cut = true;
    else names.push(stripCurve(whole));
    rest += own.slice(from, found.index);
    from = end;
  }
  rest += own.slice(from);
  if (wrap !== null) names.push(stripCurve(wrap.name));
  const pure = (names.length > 0 || cut) && /^[\s,;"'[\]{}|.…=:-]*$/.test(rest);
  return { line, text, names, cut, pure, taken: wrap?.taken ?? 0 };
}
