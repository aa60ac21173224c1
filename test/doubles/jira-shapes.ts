import { json, type WireAnswer } from './http-double.ts';
import type { Indexed, JiraStatus, StoredComment, StoredIssue } from './jira-state.ts';

/** How Jira Cloud shows what it keeps; sources: the OpenAPI document of its REST API, version 3. */

/** Such as `2026-11-24T09:30:00.000+0000`. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

function showStatus({ id, name, category }: JiraStatus) {
  return { id, name, statusCategory: { key: category, name: category } };
}

/** A transition; with `expand=transitions.fields`, what its screen asks for. */
export function showWay(to: JiraStatus, resolutions: readonly string[]) {
  const allowedValues = resolutions.map((name) => ({ name }));
  const asks = to.category === 'done' && resolutions.length > 0;
  const fields = asks ? { resolution: { required: true, allowedValues } } : {};
  return { id: `t${to.id}`, name: to.name, to: showStatus(to), fields };
}

/** An issue, or what the search knows of it. */
export function showIssue(issue: StoredIssue | Indexed) {
  const { id, key, summary, creator, status, updated } = issue;
  const files = 'files' in issue ? issue.files : [];
  const attachment = files.map(({ id: file, name, content }) => ({
    id: file,
    filename: name,
    size: content.byteLength,
  }));
  const shown = { accountId: creator.account, displayName: creator.name };
  return {
    id,
    key,
    fields: { summary, creator: shown, status: showStatus(status), updated: stamp(updated), attachment },
  };
}

export function showComment(comment: StoredComment, withProperties: boolean) {
  const { id, author, body, created, isPublic, properties } = comment;
  return {
    id,
    author: { accountId: author.account, displayName: author.name, active: true },
    body,
    created: stamp(created),
    updated: stamp(created),
    jsdPublic: isPublic,
    ...(withProperties ? { properties } : {}),
  };
}

type Node = { readonly type?: string; readonly text?: string; readonly content?: readonly Node[] };

/** Source: developer.atlassian.com/cloud/jira/platform/apis/document/structure; a text node is never empty. */
export function isDocument(body: unknown): body is Node {
  const document = body as Node & { readonly version?: number };
  if (document?.type !== 'doc' || document.version !== 1) return false;
  const texts = (document.content ?? []).flatMap(({ content = [] }) => content);
  return texts.every(({ type, text }) => type !== 'text' || (text ?? '') !== '');
}

/** As people read it. */
export function documentText(body: unknown): string {
  const { content = [] } = body as Node;
  return content.map((block) => (block.content ?? []).map(({ text = '' }) => text).join('')).join('\n');
}

/** Source: the `ErrorCollection` of the OpenAPI document. */
export function problem(status: number, message: string): WireAnswer {
  return json(status, { errorMessages: [message], errors: {} });
}
