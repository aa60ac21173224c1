import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Binding } from '../domain/press.ts';

/** One showing of a card: the case that it belongs to, and its number in the conversation. */
export type Showing = { readonly conversation: string; readonly caseId: string; readonly serial: number };

/** The card of a ticket can be pressed as long as the ticket is there: no other showing has this number. */
export function ticketShowing(conversation: string, ticketId: string): Showing {
  return { conversation, caseId: ticketId, serial: 0 };
}

export type Binder = {
  sign(showing: Showing): Binding;
  /** True only for the binding of exactly this showing. */
  matches(binding: string, showing: Showing): boolean;
};

/** Card actions are hostile input: a signature keeps people from pressing buttons that they were not shown. */
export function createBinder(secret: string): Binder {
  function sign(showing: Showing): Binding {
    const bound = JSON.stringify([showing.conversation, showing.caseId, showing.serial]);
    const mac = createHmac('sha256', secret).update(bound).digest('base64url').slice(0, 22);
    return `${showing.caseId}.${showing.serial}.${mac}`;
  }
  return {
    sign,
    matches(binding, showing) {
      const given = Buffer.from(binding);
      const wanted = Buffer.from(sign(showing));
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}
