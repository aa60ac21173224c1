import { isOver, type Ticket, type Urgency } from '../domain/handoff.ts';

/** Minutes from opening to solving. */
export type Targets = Readonly<Record<Urgency, number>>;

/** When a ticket should be solved. */
export function targetOf({ openedAt, urgency }: Ticket, targets: Targets): Date {
  return new Date(Date.parse(openedAt) + targets[urgency] * 60_000);
}

export function isBreaching(ticket: Ticket, targets: Targets, now: Date): boolean {
  return !isSettled(ticket) && targetOf(ticket, targets) <= now;
}

/** The last fifth of the time has begun and the ticket is not solved. */
export function isClose(ticket: Ticket, targets: Targets, now: Date): boolean {
  const warnedAt = targetOf(ticket, targets).getTime() - (targets[ticket.urgency] * 60_000) / 5;
  return !isSettled(ticket) && !isBreaching(ticket, targets, now) && warnedAt <= now.getTime();
}

function isSettled(ticket: Ticket): boolean {
  return isOver(ticket) || ticket.status.at === 'solved';
}
