import { createHmac, timingSafeEqual } from 'node:crypto';

/** Binds buttons to a ticket: a press on an old showing of its card still means the same ticket. */
export type Sealer = {
  seal(ticketId: string): string;
  fits(seal: string, ticketId: string): boolean;
};

export function createSealer(secret: string): Sealer {
  const seal = (ticketId: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['ticket', ticketId]))
      .digest('base64url')
      .slice(0, 22);
  return {
    seal,
    fits(given, ticketId) {
      const [a, b] = [Buffer.from(given), Buffer.from(seal(ticketId))];
      return a.length === b.length && timingSafeEqual(a, b);
    },
  };
}
