import type { HelpdeskConnector } from './helpdesk/connector.ts';
import type { DeliveryStore } from './helpdesk/ticket-store.ts';

type Text = (key: string, values?: Readonly<Record<string, string | number>>) => string;
type WriteLine = (line: string) => void;

/** `handshake helpdesk check`: how each connector is. Returns the exit code: 1 when one is unwell. */
export async function checkConnectors(
  connectors: readonly HelpdeskConnector[],
  text: Text,
  writeLine: WriteLine,
): Promise<number> {
  if (connectors.length === 0) writeLine(text('connectors.none'));
  const found = await Promise.all(
    connectors.map(async (connector) => ({ name: connector.name, health: await connector.check() })),
  );
  for (const { name, health } of found) {
    writeLine(
      health.kind === 'well'
        ? text('connectors.well', { name })
        : text('connectors.unwell', { name, reason: health.reason }),
    );
  }
  return found.some(({ health }) => health.kind === 'unwell') ? 1 : 0;
}

const mostListed = 1_000;

/** `handshake helpdesk dead`: the events that nobody tries to bring over any more. Returns the exit code, 0. */
export async function listDeadLetters(
  store: Pick<DeliveryStore, 'deadLetters'>,
  text: Text,
  writeLine: WriteLine,
): Promise<number> {
  const letters = await store.deadLetters(mostListed);
  if (letters.length === 0) writeLine(text('connectors.no-dead'));
  for (const { connector, eventId: event, kind, at, attempts, reason } of letters) {
    writeLine(text('connectors.dead', { connector, event, kind, at: at.toISOString(), attempts, reason }));
  }
  if (letters.length > 0) writeLine(text('connectors.dead-hint'));
  return 0;
}

/** `handshake helpdesk retry`: gives a dead letter another chance. Returns the exit code: 1 when there is none. */
export async function retryDeadLetter(
  store: Pick<DeliveryStore, 'revive'>,
  { connector, event }: { readonly connector: string; readonly event: string },
  text: Text,
  writeLine: WriteLine,
): Promise<number> {
  const revived = await store.revive(connector, event);
  writeLine(text(revived ? 'connectors.revived' : 'connectors.not-dead', { connector, event }));
  return revived ? 0 : 1;
}
