import { createHmac, timingSafeEqual } from 'node:crypto';

const minutes = 15;

/** A token that opens the transcript of one ticket for a quarter of an hour: `TICKET.SECONDS.MAC`. */
export function transcriptToken(secret: string, ticketId: string, now: Date): string {
  const expires = Math.floor(now.getTime() / 1_000) + minutes * 60;
  return `${ticketId}.${expires}.${macOf(secret, ticketId, expires)}`;
}

/** The ticket that the token opens now; null for one that is made up or too old. */
export function openTranscriptToken(secret: string, token: string, now: Date): string | null {
  const [ticketId = '', expires = '', mac = '', ...rest] = token.split('.');
  if (rest.length > 0 || !/^\d{1,12}$/.test(expires)) return null;
  const [given, wanted] = [Buffer.from(mac), Buffer.from(macOf(secret, ticketId, Number(expires)))];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  return Number(expires) * 1_000 > now.getTime() ? ticketId : null;
}

function macOf(secret: string, ticketId: string, expires: number): string {
  const bound = JSON.stringify(['transcript', ticketId, expires]);
  return createHmac('sha256', secret).update(bound).digest('base64url');
}
