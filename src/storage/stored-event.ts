import type { StoredEvent } from '../helpdesk/connector.ts';
import type { TicketChange } from '../helpdesk/ticket-store.ts';

/** Events as they stand in the database: the bytes of files in Base64, since JSON has no bytes. */
export function storableTicket(change: TicketChange): unknown {
  const hasFile = change.events.some(({ what }) => what.kind === 'file');
  return hasFile ? { ...change, events: change.events.map(storable) } : change;
}

function storable(event: TicketChange['events'][number]): unknown {
  const { what } = event;
  if (what.kind !== 'file') return event;
  const content = Buffer.from(what.file.content).toString('base64');
  return { ...event, what: { ...what, file: { ...what.file, content } } };
}

/** The event with the bytes of its file, when it has one. */
export function eventOfStored(stored: StoredEvent): StoredEvent {
  const { what } = stored;
  if (what.kind !== 'file') return stored;
  const content = Buffer.from(String(what.file.content), 'base64');
  return { ...stored, what: { ...what, file: { ...what.file, content } } };
}
