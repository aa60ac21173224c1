import type { HandoffCommand, Ticket } from '../domain/handoff.ts';
import { type ChangeParts, changeTicket } from './change.ts';
import type { Actor, StoredTicket, TicketStore } from './ticket-store.ts';

/** Minutes in a status until both sides are reminded, and until a quiet ticket is closed. */
export type Patience = { readonly remindAfter: number; readonly closeAfter: number };

export type ClockParts = ChangeParts & {
  readonly store: Pick<TicketStore, 'load' | 'save'>;
  /**
   * Tickets in a status that somebody waits in, there since before `remindBefore` and not reminded, and those that
   * may be closed, there since before `closeBefore`; some of them are enough.
   */
  readonly listDue: (remindBefore: Date, closeBefore: Date) => Promise<readonly StoredTicket[]>;
  readonly patience: Patience;
};

const clock: Actor = { side: 'bot', id: 'clock', name: '' };

/** Does what is due by the clock, so that nobody waits in silence. Returns how many tickets changed. */
export async function windClock(parts: ClockParts): Promise<number> {
  const now = parts.now();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const stored = await parts.listDue(ago(parts.patience.remindAfter), ago(parts.patience.closeAfter));
  let changed = 0;
  for (const { ticket } of stored) {
    const command = dueCommand(ticket, parts.patience, now);
    if (command === null) continue;
    const outcome = await changeTicket(parts, ticket.id, command, clock, null);
    if (outcome.kind === 'changed') changed += 1;
  }
  return changed;
}

/** Closing comes before reminding: who did not answer for so long is not asked once more at the same moment. */
export function dueCommand(ticket: Ticket, patience: Patience, now: Date): HandoffCommand | null {
  const minutes = (now.getTime() - Date.parse(ticket.since)) / 60_000;
  const { at } = ticket.status;
  const canClose = at === 'solved' || at === 'waiting-for-user';
  if (canClose && minutes >= patience.closeAfter) return { do: 'close-quiet' };
  const canRemind = at !== 'solved' && at !== 'closed' && at !== 'withdrawn' && ticket.remindedAt === null;
  return canRemind && minutes >= patience.remindAfter ? { do: 'remind' } : null;
}
