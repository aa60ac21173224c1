import type { Logger } from 'pino';
import type { ConnectorEvent, Delivery, HelpdeskConnector, StoredEvent } from './connector.ts';
import type { DeliveryOutcome, DeliveryStore, PendingDelivery } from './ticket-store.ts';

export type DeliveryParts = {
  readonly store: Pick<DeliveryStore, 'claim' | 'settle'>;
  readonly connectors: readonly HelpdeskConnector[];
  /** Everything that is kept of a ticket, as plain text; null when there is no such ticket. */
  readonly transcriptOf: (ticketId: string) => Promise<string | null>;
  /** From 0 to 1: spreads repeats, so that a peer that comes back is not hit by all of them at once. */
  readonly random: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

/** Of different tickets; those of one ticket go one after the other. */
const atOnce = 5;

/**
 * Brings everything over that is due, to all connectors side by side. Returns how many events were settled.
 * An event whose settling is lost is handed out again later, and its connector looks before it creates.
 */
export async function deliverDue(parts: DeliveryParts, stop?: AbortSignal): Promise<number> {
  const counts = await Promise.allSettled(parts.connectors.map((one) => deliverTo(parts, one, stop)));
  const failed = counts.find((count) => count.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return counts.reduce((sum, count) => sum + (count.status === 'fulfilled' ? count.value : 0), 0);
}

async function deliverTo(
  parts: DeliveryParts,
  connector: HelpdeskConnector,
  stop?: AbortSignal,
): Promise<number> {
  for (let settled = 0; ; ) {
    if (stop?.aborted) return settled;
    const due = await parts.store.claim(connector.name, atOnce);
    if (due.length === 0) return settled;
    const ends = await Promise.allSettled(due.map((pending) => deliverOne(parts, connector, pending)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    settled += due.length;
  }
}

async function deliverOne(
  { store, random, log, transcriptOf }: DeliveryParts,
  connector: HelpdeskConnector,
  { event, remote, attempts }: PendingDelivery,
): Promise<void> {
  const whole = await completed(event, transcriptOf);
  const delivery =
    whole === null
      ? ({ kind: 'refused', reason: 'ticket-gone' } as const)
      : await connector.deliver(whole, remote).catch((error: unknown): Delivery => {
          log.error(
            { err: error, connector: connector.name, event: event.id },
            'a connector broke its promise',
          );
          return { kind: 'unknown', reason: 'connector-failed' };
        });
  const outcome = outcomeOf(delivery, attempts, random);
  await store.settle(connector.name, event.id, outcome);
  if (outcome.kind === 'done') return;
  const { kind, reason } = outcome;
  const about = { connector: connector.name, event: event.id, attempt: attempts + 1, outcome: kind, reason };
  log.warn(about, kind === 'dead' ? 'an event is a dead letter' : 'an event was not brought over yet');
}

async function completed(
  event: StoredEvent,
  transcriptOf: DeliveryParts['transcriptOf'],
): Promise<ConnectorEvent | null> {
  const { what, ...rest } = event;
  if (what.kind !== 'transcript') return { ...rest, what };
  const text = await transcriptOf(event.ticket.id);
  if (text === null) return null;
  const name = `transcript-${event.ticket.id}.txt`;
  const file = { name, contentType: 'text/plain; charset=utf-8', content: new TextEncoder().encode(text) };
  return { ...rest, what: { kind: 'file', file } };
}

const minute = 60;
const hour = 3600;

/** Seconds after each attempt, as Standard Webhooks proposes: 10 attempts within about 75 h. */
const pauses = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** What becomes of an event; `attempts` were made before this one. */
export function outcomeOf(delivery: Delivery, attempts: number, random: () => number): DeliveryOutcome {
  switch (delivery.kind) {
    case 'done':
      return delivery;
    case 'refused':
      return { kind: 'dead', reason: delivery.reason };
    case 'later':
    case 'unknown': {
      const pause = pauses[attempts];
      const { reason } = delivery;
      if (pause === undefined) return { kind: 'dead', reason: `${reason}, after ${attempts + 1} attempts` };
      const asked = delivery.kind === 'later' ? (delivery.retryAfterSeconds ?? 0) : 0;
      // Never before what the other side asked for, and up to a fifth later than planned.
      const afterSeconds = Math.round(Math.max(pause, asked) * (1 + random() / 5));
      return { kind: 'later', afterSeconds, reason };
    }
  }
}
