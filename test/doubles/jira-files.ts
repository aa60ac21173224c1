import { json, type WireAnswer } from './http-double.ts';
import type { JiraRequest } from './jira.ts';
import { problem } from './jira-shapes.ts';
import { addComment, type JiraPerson, type JiraState, nextId, type StoredIssue } from './jira-state.ts';

/** Files of a Jira site. Sources: the OpenAPI documents of its two REST APIs, by the path of each route. */

/** POST /rest/servicedeskapi/servicedesk/{id}/attachTemporaryFile */
export async function upload(state: JiraState, { headers, body }: JiraRequest): Promise<WireAnswer> {
  if (headers['x-atlassian-token'] !== 'no-check') return problem(403, 'XSRF check failed');
  const type = String(headers['content-type']);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) return problem(400, 'No file');
  const id = `temp${nextId(state)}`;
  state.temporary.set(id, { name: file.name, content: Buffer.from(await file.arrayBuffer()) });
  return json(201, { temporaryAttachments: [{ temporaryAttachmentId: id, fileName: file.name }] });
}

/** POST /rest/servicedeskapi/request/{id}/attachment: the file comes with a comment of its own. */
export function attach(
  state: JiraState,
  issue: StoredIssue,
  me: JiraPerson,
  body: { temporaryAttachmentIds: string[]; public: boolean },
): WireAnswer {
  for (const id of body.temporaryAttachmentIds) {
    const file = state.temporary.get(id);
    if (file === undefined) return problem(400, 'The temporary attachment is not there any more.');
    state.temporary.delete(id);
    issue.files.push({ id: nextId(state), ...file });
  }
  const empty = { type: 'doc', version: 1, content: [] };
  addComment(state, issue, { author: me, body: empty, isPublic: body.public, properties: [] });
  return json(201, { attachments: { size: body.temporaryAttachmentIds.length } });
}

/** GET /rest/api/3/attachment/content/{id}?redirect=false */
export function download(state: JiraState, id: string): WireAnswer {
  const file = state.issues.flatMap(({ files }) => files).find((one) => one.id === id);
  if (file === undefined) return problem(404, 'The attachment was not found.');
  return { kind: 'file', type: 'application/octet-stream', content: file.content };
}
