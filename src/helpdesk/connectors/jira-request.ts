import { z } from 'zod';
import type { Urgency } from '../../domain/handoff.ts';
import type { ConnectorEvent, ConnectorFile, TicketSnapshot } from '../connector.ts';
import { type Asked, type Failure, isSameText } from '../http-call.ts';
import type { JiraApi } from './jira-api.ts';
import { readComments } from './jira-comments.ts';
import { type JiraIssue, lookForRequest, markOf } from './jira-look.ts';
import { type JiraStatuses, moveTo } from './jira-status.ts';
import { toDocument } from './jira-text.ts';

export type RequestOptions = {
  readonly serviceDesk: string;
  readonly requestType: string;
  readonly statuses: JiraStatuses;
  /** Names of priorities; null where the request type has no such field. */
  readonly priorities: Readonly<Record<Urgency, string>> | null;
};

const created = z.object({ issueId: z.string(), issueKey: z.string() });
const anything = z.unknown();
const longestSummary = 255;

/** The ticket's request; created when neither the search nor the newest issues show one. */
export async function findOrCreate(
  api: JiraApi,
  options: RequestOptions,
  ticket: TicketSnapshot,
): Promise<Asked<JiraIssue>> {
  const place = await api.place();
  if (place.kind !== 'ok') return place;
  const found = await lookForRequest(api, place.value, ticket.id);
  if (found.kind !== 'ok') return found;
  if (found.value !== null) return { ...found, value: found.value };
  const asked = await api.post('request', '/rest/servicedeskapi/request', bodyOf(ticket, options), created);
  if (asked.kind !== 'ok') return asked;
  return { ...asked, value: { id: asked.value.issueId, key: asked.value.issueKey } };
}

function bodyOf(ticket: TicketSnapshot, { serviceDesk, requestType, priorities }: RequestOptions): unknown {
  const { name, contact } = ticket.person;
  const from = contact === '' ? name : `${name} (${contact})`;
  return {
    serviceDeskId: serviceDesk,
    requestTypeId: requestType,
    isAdfRequest: true,
    requestFieldValues: {
      summary: `${markOf(ticket.id)}${ticket.title.replaceAll(/\s+/g, ' ')}`.slice(0, longestSummary),
      description: toDocument(`${from}\n\n${ticket.description}`),
      ...(priorities === null ? {} : { priority: { name: priorities[ticket.urgency] } }),
    },
  };
}

/** Brings what the event is about into the request; null when it is there. */
export async function bringOver(
  api: JiraApi,
  options: RequestOptions,
  { id, what, ticket }: ConnectorEvent,
  request: string,
): Promise<Failure | null> {
  switch (what.kind) {
    case 'opened':
      return null;
    case 'status':
      return moveTo(api, request, ticket.state, options.statuses);
    case 'line':
      return addComment(api, request, `${what.by}: ${what.text}`, id);
    case 'file':
      return addFile(api, options.serviceDesk, request, what.file);
  }
}

/** A property of the comment carries the event's id; people do not see it, and it comes with the comment or not at all. */
async function addComment(
  api: JiraApi,
  request: string,
  words: string,
  eventId: string,
): Promise<Failure | null> {
  const held = await readComments(api, request, null);
  if (held.kind !== 'ok') return held;
  if (held.value.some(({ event }) => event === eventId)) return null;
  const properties = [
    { key: 'sd.public.comment', value: { internal: false } },
    { key: 'handshake', value: { event: eventId } },
  ];
  const body = { body: toDocument(words), properties };
  return failureIn(await api.post('comment', `/rest/api/3/issue/${at(request)}/comment`, body, anything));
}

const attached = z.object({
  fields: z.object({
    attachment: z.array(z.object({ id: z.string(), filename: z.string(), size: z.number() })),
  }),
});
const uploaded = z.object({
  temporaryAttachments: z.array(z.object({ temporaryAttachmentId: z.string() })).min(1),
});

/** In two steps, as service management wants it: a temporary file alone is nothing that anybody sees. */
async function addFile(
  api: JiraApi,
  serviceDesk: string,
  request: string,
  file: ConnectorFile,
): Promise<Failure | null> {
  const there = await isThere(api, request, file);
  if (there.kind !== 'ok') return there;
  if (there.value) return null;
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(file.content)], { type: file.contentType }), file.name);
  const path = `/rest/servicedeskapi/servicedesk/${serviceDesk}/attachTemporaryFile`;
  const asked = await api.upload(path, form, uploaded);
  if (asked.kind !== 'ok') return asked;
  const ids = asked.value.temporaryAttachments.map(({ temporaryAttachmentId }) => temporaryAttachmentId);
  const body = { temporaryAttachmentIds: ids, public: true };
  const target = `/rest/servicedeskapi/request/${at(request)}/attachment`;
  return failureIn(await api.post('attachment', target, body, anything));
}

async function isThere(api: JiraApi, request: string, file: ConnectorFile): Promise<Asked<boolean>> {
  const path = `/rest/api/3/issue/${at(request)}`;
  const held = await api.get('issue', path, { fields: 'attachment' }, attached);
  if (held.kind !== 'ok') return held;
  for (const { id, filename, size } of held.value.fields.attachment) {
    if (filename !== file.name || size !== file.content.byteLength) continue;
    const read = await api.read('attachment', `/rest/api/3/attachment/content/${id}`, { redirect: 'false' });
    if (read.kind !== 'ok') return read;
    if (isSameText(file.content, read.value)) return { ...read, value: true };
  }
  return { ...held, value: false };
}

function at(request: string): string {
  return encodeURIComponent(request);
}

function failureIn(asked: Asked<unknown>): Failure | null {
  return asked.kind === 'ok' ? null : asked;
}
