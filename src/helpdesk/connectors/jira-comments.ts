import { z } from 'zod';
import type { Asked } from '../http-call.ts';
import type { JiraApi } from './jira-api.ts';
import { fromDocument } from './jira-text.ts';

export type JiraComment = {
  readonly id: string;
  readonly author: { readonly account: string; readonly name: string };
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether the person who asked for help may see it. */
  readonly isPublic: boolean;
  /** Id of the event that it was written for, when we wrote it. */
  readonly event: string | null;
};

const comment = z.object({
  id: z.string(),
  author: z.object({ accountId: z.string().default(''), displayName: z.string().default('') }).default({
    accountId: '',
    displayName: '',
  }),
  body: z.unknown().optional(),
  created: z.string(),
  jsdPublic: z.boolean().default(true),
  /** Restricts it to a role or a group. */
  visibility: z.unknown().optional(),
  properties: z.array(z.object({ key: z.string(), value: z.unknown().optional() })).default([]),
});
type Comment = z.infer<typeof comment>;
const page = z.object({ total: z.number(), comments: z.array(comment) });
const ownMark = z.object({ event: z.string() });

const pageSize = 100;

/** Comments of an issue, the newest first; with `since`, in milliseconds since 1970, none that is older. */
export async function readComments(
  api: JiraApi,
  issue: string,
  since: number | null,
): Promise<Asked<readonly JiraComment[]>> {
  const path = `/rest/api/3/issue/${encodeURIComponent(issue)}/comment`;
  const found: JiraComment[] = [];
  for (let startAt = 0; ; startAt += pageSize) {
    const query = {
      startAt: `${startAt}`,
      maxResults: `${pageSize}`,
      orderBy: '-created',
      expand: 'properties',
    };
    const asked = await api.get('comments', path, query, page);
    if (asked.kind !== 'ok') return asked;
    const read = asked.value.comments.map(readComment);
    found.push(...read.filter(({ at }) => since === null || at >= since));
    const isPast = since !== null && read.some(({ at }) => at < since);
    if (isPast || startAt + pageSize >= asked.value.total) return { ...asked, value: found };
  }
}

function readComment({ id, author, body, created, ...rest }: Comment): JiraComment {
  const mark = ownMark.safeParse(rest.properties.find(({ key }) => key === 'handshake')?.value);
  return {
    id,
    author: { account: author.accountId, name: author.displayName },
    text: fromDocument(body),
    at: Date.parse(created),
    isPublic: rest.jsdPublic && (rest.visibility ?? null) === null,
    event: mark.success ? mark.data.event : null,
  };
}
