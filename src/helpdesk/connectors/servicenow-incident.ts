import { z } from 'zod';
import type { TicketState, Urgency } from '../../domain/handoff.ts';
import type { ConnectorEvent, ConnectorFile, TicketSnapshot } from '../connector.ts';
import { type Asked, type Failure, isSameText } from '../http-call.ts';
import type { ServiceNowApi } from './servicenow-api.ts';
import { correlation } from './servicenow-news.ts';

export type IncidentOptions = {
  /** A resolution code that the instance has; without one it lets no incident be resolved. */
  readonly closeCode: string;
  /** `sys_id` of the caller and of the assignment group; null leaves them to the instance. */
  readonly caller: string | null;
  readonly group: string | null;
};

const anyRow = z.object({ sys_id: z.string() });

const urgencies: Readonly<Record<Urgency, string>> = { high: '1', normal: '2', low: '3' };

/** What an instance cuts off in silence: the usual lengths of `short_description` and `description`. */
const longestTitle = 160;
const longestDescription = 4_000;

/** The `sys_id` of the ticket's incident. The ticket's id in `correlation_id` makes sure that there is only one. */
export async function findOrOpen(
  api: ServiceNowApi,
  options: IncidentOptions,
  ticket: TicketSnapshot,
): Promise<string | Failure> {
  const query = `correlation_id=${ticket.id}^correlation_display=${correlation}^ORDERBYsys_created_on`;
  const found = await api.rows('incident', query, anyRow);
  if (found.kind !== 'ok') return found;
  const [first] = found.value;
  if (first !== undefined) return first.sys_id;
  const saved = await api.save('incident', null, incidentOf(ticket, options));
  return saved.kind === 'ok' ? saved.value.sys_id : saved;
}

function incidentOf(ticket: TicketSnapshot, { caller, group }: IncidentOptions): Record<string, string> {
  const { name, contact } = ticket.person;
  const text = `${contact === '' ? name : `${name} (${contact})`}\n\n${ticket.description}`;
  return {
    correlation_id: ticket.id,
    correlation_display: correlation,
    short_description: cut(`[${ticket.id}] ${ticket.title}`, longestTitle),
    description: cut(text, longestDescription),
    // Nothing that the person wanted to share may be missing.
    ...(text.length > longestDescription ? { comments: plain(text) } : {}),
    urgency: urgencies[ticket.urgency],
    ...(caller === null ? {} : { caller_id: caller }),
    ...(group === null ? {} : { assignment_group: group }),
  };
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Journals read what stands between `[code]` and `[/code]` as HTML; nobody's words are. */
function plain(text: string): string {
  return text.replaceAll(/\[(\/?code)\]/gi, '[$1 ]');
}

/** Brings what the event is about into the incident; null when it is there. */
export async function bringOver(
  api: ServiceNowApi,
  options: IncidentOptions,
  event: ConnectorEvent,
  incident: string,
): Promise<Failure | null> {
  const { what, ticket } = event;
  switch (what.kind) {
    case 'opened':
      return null;
    case 'status':
      return failureIn(await api.save('incident', incident, stateOf(ticket, options)));
    case 'line':
      return addComment(api, incident, `${what.by}: ${what.text}`, event.id);
    case 'file':
      return addFile(api, incident, what.file);
  }
}

const states: Readonly<Record<TicketState, string>> = {
  new: '1',
  queued: '1',
  assigned: '2',
  'waiting-for-user': '3',
  solved: '6',
  closed: '7',
  withdrawn: '8',
};

/** The incident state model; https://www.servicenow.com/docs, Incident Management state model. */
function stateOf(
  { id, state: at, agent }: TicketSnapshot,
  { closeCode }: IncidentOptions,
): Record<string, string> {
  const state = states[at];
  const notes = agent === null ? `[${id}]` : `[${id}] ${agent}`;
  switch (at) {
    case 'new':
    case 'queued':
    case 'assigned':
      return { state };
    case 'waiting-for-user':
      return { state, hold_reason: '1' };
    case 'solved':
    case 'closed':
    case 'withdrawn':
      return { state, close_code: closeCode, close_notes: notes };
  }
}

/** An entry of a journal has no place for an id but its text, so the event's stands at its end. */
async function addComment(
  api: ServiceNowApi,
  incident: string,
  words: string,
  eventId: string,
): Promise<Failure | null> {
  const mark = `[${eventId}]`;
  const query = `name=incident^element=comments^element_id=${incident}^valueLIKE${mark}`;
  const found = await api.rows('sys_journal_field', query, z.object({ value: z.string() }));
  if (found.kind !== 'ok') return found;
  // At its end alone: somebody may have written the mark of another line in their own words.
  if (found.value.some(({ value }) => value.trimEnd().endsWith(mark))) return null;
  return failureIn(await api.save('incident', incident, { comments: `${plain(words)}\n${mark}` }));
}

async function addFile(api: ServiceNowApi, incident: string, file: ConnectorFile): Promise<Failure | null> {
  const held = await api.attachments('incident', incident);
  if (held.kind !== 'ok') return held;
  const size = String(file.content.byteLength);
  for (const one of held.value) {
    if (one.file_name !== file.name || one.size_bytes !== size) continue;
    const read = await api.readFile(one.sys_id);
    if (read.kind !== 'ok') return read;
    if (isSameText(file.content, read.value)) return null;
  }
  return failureIn(await api.attach('incident', incident, file));
}

function failureIn(asked: Asked<unknown>): Failure | null {
  return asked.kind === 'ok' ? null : asked;
}
