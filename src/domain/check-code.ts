import type { Case } from './case.ts';

/** Letters and digits that nobody mistakes for one another when read out over the telephone. */
export const codeAlphabet = '23456789CDFGHJKMNPQRTVWXZ';

/** A code of 8 characters as it is handed out, and until when it takes a report (ISO, UTC). */
export type CheckCode = { readonly code: string; readonly caseId: string; readonly expiresAt: string };

const hours = 3_600_000;
const lives = 24 * hours;
/** Whoever is shown a code has at least this long to walk to the other PC and run the check there. */
const shortest = hours;

const wellFormed = new RegExp(`^[${codeAlphabet}]{8}$`);

/** The code that a person typed or a link holds: in any case, with or without the hyphen; null when it is none. */
export function readCheckCode(text: string): string | null {
  const code = text
    .slice(0, 40)
    .replace(/[\s\p{Dash}]/gu, '')
    .toUpperCase();
  return wellFormed.test(code) ? code : null;
}

/** The code as people read it: `ABCD-2345`. */
export function showCheckCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/**
 * Sees to it that the case has a code that takes a report for a good while. `handedOut` is the new one, null
 * when the code that was handed out before is still good.
 */
export function withCheckCode(
  current: Case,
  fresh: string,
  now: Date,
): { readonly case: Case; readonly handedOut: CheckCode | null } {
  const { checkCodeUntil: until } = current;
  if (until !== null && Date.parse(until) - now.getTime() > shortest)
    return { case: current, handedOut: null };
  const expiresAt = new Date(now.getTime() + lives).toISOString();
  return {
    case: { ...current, checkCodes: [...current.checkCodes, fresh], checkCodeUntil: expiresAt },
    handedOut: { code: fresh, caseId: current.id, expiresAt },
  };
}
