import { randomInt, randomUUID } from 'node:crypto';
import { codeAlphabet } from '../domain/check-code.ts';

export function newCaseId(): string {
  return code(8);
}

/** Short enough to say to a helpdesk; 25^6 of them, and the database refuses a second one. */
export function newTicketId(): string {
  return `HS-${code(6)}`;
}

/** Opens the page for one report; 25^8 of them. */
export function newCheckCode(): string {
  return code(8);
}

/** Finds a failed turn in the log; short enough to say to a helpdesk. */
export function newFailureReference(): string {
  return `E-${code(6)}`;
}

export function newReportId(): string {
  return randomUUID();
}

function code(length: number): string {
  return Array.from({ length }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
}
