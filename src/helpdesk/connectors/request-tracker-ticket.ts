import { z } from 'zod';
import type { TicketState, Urgency } from '../../domain/handoff.ts';
import type { ConnectorEvent, ConnectorFile, TicketSnapshot } from '../connector.ts';
import type { Asked, Failure } from '../http-call.ts';
import { pageSize, type RequestTrackerApi, rtId } from './request-tracker-api.ts';

export type TicketOptions = {
  /** Name or number of the queue. */
  readonly queue: string;
  /** Address of the requestor; null for none, and then RT writes to nobody. */
  readonly requestor: string | null;
};

/** The numbers behind RT's own words Low, Medium and High. */
const priorities: Readonly<Record<Urgency, number>> = { low: 0, normal: 50, high: 100 };

const done = z.unknown();

/**
 * The number of the ticket over there; there is one in the end, whatever was lost on the way. Looks again after
 * creating: an answer that was given up may have been written by RT a moment later.
 */
export async function findOrCreate(
  api: RequestTrackerApi,
  options: TicketOptions,
  ticket: TicketSnapshot,
): Promise<string | Failure> {
  const found = await findTicket(api, ticket.id);
  if (found !== null) return found;
  const created = await api.post('ticket', '/ticket', newTicket(ticket, options), z.object({ id: rtId }));
  if (created.kind !== 'ok') return created;
  return (await findTicket(api, ticket.id)) ?? created.value.id;
}

function newTicket(ticket: TicketSnapshot, { queue, requestor }: TicketOptions): Record<string, unknown> {
  const { name, contact } = ticket.person;
  return {
    Queue: queue,
    Subject: marked(ticket.id, ticket.title),
    Priority: priorities[ticket.urgency],
    ContentType: 'text/plain',
    Content: `${contact === '' ? name : `${name} (${contact})`}\n\n${ticket.description}`,
    ...(requestor === null ? {} : { Requestor: [requestor] }),
  };
}

const foundTickets = z.object({ items: z.array(z.object({ id: rtId, Subject: z.string() })) });

/** Null when there is none. Counts only what we created: anybody may mail a subject like ours to RT. */
async function findTicket(api: RequestTrackerApi, id: string): Promise<string | Failure | null> {
  const query = `Creator = '__CurrentUser__' AND Subject LIKE '${mark(id)}'`;
  const search = { query, fields: 'Subject', orderby: 'id', order: 'ASC', per_page: `${pageSize}` };
  const asked = await api.get('tickets', '/tickets', search, foundTickets);
  if (asked.kind !== 'ok') return asked;
  const [first, ...others] = asked.value.items.filter(({ Subject }) => Subject.startsWith(mark(id)));
  for (const other of others) {
    const merged = await api.put('merge', `/ticket/${other.id}`, { MergeInto: first?.id });
    if (merged.kind !== 'ok') return merged;
  }
  return first?.id ?? null;
}

/** Ids are ours, and still nothing in them may end a string of RT's query language. */
function mark(id: string): string {
  return `[${id.replaceAll(/[^A-Za-z0-9/_.-]/g, '-')}]`;
}

/** RT keeps 200 bytes of a subject. */
const longestSubject = 200;

function marked(id: string, text: string): string {
  const subject = `${mark(id)} ${text.replaceAll(/\s+/g, ' ')}`;
  if (Buffer.byteLength(subject) <= longestSubject) return subject;
  let cut = Buffer.from(subject)
    .subarray(0, longestSubject - 3)
    .toString('utf8');
  while (cut.endsWith('\ufffd')) cut = cut.slice(0, -1);
  return `${cut}…`;
}

/** Brings what the event is about into the ticket; null when it is there. */
export async function bringOver(
  api: RequestTrackerApi,
  { id, ticket, what }: ConnectorEvent,
  remoteId: string,
): Promise<Failure | null> {
  switch (what.kind) {
    case 'opened':
      return null;
    case 'status':
      return setStatus(api, remoteId, ticket.state);
    case 'line': {
      const line = { ContentType: 'text/plain', Content: `${what.by}:\n${what.text}` };
      return addOnce(api, remoteId, 'correspond', { Subject: marked(id, ticket.title), ...line });
    }
    case 'file':
      // A comment, because RT mails what is said in public to the requestor.
      return addOnce(api, remoteId, 'comment', {
        Subject: marked(id, what.file.name),
        ...attached(what.file),
      });
  }
}

function attached({ name, contentType, content }: ConnectorFile): Record<string, unknown> {
  // RT reads names as bytes of its own: other letters come out garbled.
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  const file = {
    FileName: plain,
    FileType: contentType,
    FileContent: Buffer.from(content).toString('base64'),
  };
  return { ContentType: 'text/plain', Content: plain, Attachments: [file] };
}

/** The id of the event begins the subject of what it brings, and so tells whether it was brought already. */
async function addOnce(
  api: RequestTrackerApi,
  remoteId: string,
  how: 'correspond' | 'comment',
  message: Readonly<Record<string, unknown>> & { readonly Subject: string },
): Promise<Failure | null> {
  const begun = message.Subject.slice(0, message.Subject.indexOf(']') + 1);
  const there = await isThere(api, remoteId, begun);
  if (there.kind !== 'ok') return there;
  if (there.value) return null;
  return failureIn(await api.post(how, `/ticket/${remoteId}/${how}`, message, done));
}

const messages = z.object({ items: z.array(z.object({ id: rtId, Subject: z.string().nullish() })) });

/** Pages by number, because RT does not say how many there are. */
async function isThere(api: RequestTrackerApi, remoteId: string, begun: string): Promise<Asked<boolean>> {
  for (let page = 1; ; page++) {
    const query = { fields: 'Subject', page: `${page}`, per_page: `${pageSize}`, orderby: 'id' };
    const asked = await api.get('messages', `/ticket/${remoteId}/attachments`, query, messages);
    if (asked.kind !== 'ok') return asked;
    const { items } = asked.value;
    if (items.some(({ Subject }) => Subject?.startsWith(begun))) return { ...asked, value: true };
    if (items.length === 0) return { ...asked, value: false };
  }
}

const shown = z.object({ Status: z.string() });
const over: ReadonlySet<string> = new Set(['resolved', 'rejected', 'deleted']);

/** RT answers 200 to a status that it does not take, so it is asked what became of it. */
async function setStatus(
  api: RequestTrackerApi,
  remoteId: string,
  state: TicketState,
): Promise<Failure | null> {
  const read = () => api.get('ticket', `/ticket/${remoteId}`, {}, shown);
  const before = await read();
  if (before.kind !== 'ok') return before;
  const wanted = statusFor(state, before.value.Status);
  if (wanted === before.value.Status) return null;
  const put = await api.put('status', `/ticket/${remoteId}`, { Status: wanted });
  if (put.kind !== 'ok') return put;
  const after = await read();
  if (after.kind !== 'ok') return after;
  return after.value.Status === wanted
    ? null
    : { kind: 'refused', reason: `status: ${wanted} was not taken` };
}

function statusFor(state: TicketState, now: string): string {
  switch (state) {
    case 'new':
    case 'queued':
      return over.has(now) || now === 'stalled' ? 'open' : now;
    case 'assigned':
      return 'open';
    case 'waiting-for-user':
      return 'stalled';
    case 'solved':
      return 'resolved';
    case 'closed':
      return over.has(now) ? now : 'resolved';
    case 'withdrawn':
      return over.has(now) ? now : 'rejected';
  }
}

function failureIn(asked: Asked<unknown>): Failure | null {
  return asked.kind === 'ok' ? null : asked;
}
