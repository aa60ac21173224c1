import { randomInt, randomUUID } from 'node:crypto';

/** Letters and digits that nobody mistakes for one another when read out over the telephone. */
const alphabet = '23456789CDFGHJKMNPQRTVWXZ';

export function newCaseId(): string {
  return code(8);
}

/** Short enough to say to a helpdesk; 25^6 of them, and the database refuses a second one. */
export function newTicketId(): string {
  return `HS-${code(6)}`;
}

export function newReportId(): string {
  return randomUUID();
}

function code(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
