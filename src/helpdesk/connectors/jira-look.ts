import { z } from 'zod';
import type { Asked } from '../http-call.ts';
import type { JiraApi, JiraPlace } from './jira-api.ts';

/** A request, which is an issue of the platform as well. */
export type JiraIssue = { readonly id: string; readonly key: string };

const issue = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string().nullable(),
    creator: z.object({ accountId: z.string() }).nullable(),
  }),
});
type Found = z.infer<typeof issue>;
const answer = z.object({ issues: z.array(issue) });
const fields = ['summary', 'creator'];

/** What the summary of a ticket's request begins with. */
export function markOf(ticketId: string): string {
  return `[${ticketId}] `;
}

/**
 * The request of a ticket; null when there is none. Jira's search finds a new issue only after seconds or minutes
 * (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile), so a request that was created while
 * its answer got lost is looked for a second time, by the keys that the newest issues must have: reading an issue
 * by its key does not need the index.
 */
export async function lookForRequest(
  api: JiraApi,
  place: JiraPlace,
  ticketId: string,
): Promise<Asked<JiraIssue | null>> {
  const isOurs = ({ fields: { summary, creator } }: Found) =>
    creator?.accountId === place.account && (summary ?? '').startsWith(markOf(ticketId));
  const indexed = await search(api, `${ours(place)} AND text ~ "\\"${ticketId}\\""`, 50);
  if (indexed.kind !== 'ok') return indexed;
  const found = indexed.value.find(isOurs);
  if (found !== undefined) return { ...indexed, value: found };
  const newest = await search(api, `project = "${place.project}" ORDER BY key DESC`, 1);
  if (newest.kind !== 'ok') return newest;
  return lookAtNewest(api, place.project, numberOf(newest.value[0]?.key), isOurs);
}

/** Issues of ours, in the language of Jira's search. */
export function ours({ project }: JiraPlace): string {
  return `project = "${project}" AND creator = currentUser()`;
}

async function search(api: JiraApi, jql: string, maxResults: number): Promise<Asked<readonly Found[]>> {
  const asked = await api.question('search', '/rest/api/3/search/jql', { jql, fields, maxResults }, answer);
  return asked.kind === 'ok' ? { ...asked, value: asked.value.issues } : asked;
}

function numberOf(key: string | undefined): number {
  const number = Number(key?.slice(key.lastIndexOf('-') + 1) ?? 0);
  return Number.isNaN(number) ? 0 : number;
}

/** Issues need not get into the index in the order of their keys. */
const before = 20;
/** As many as Jira gives at once. */
const atOnce = 100;

async function lookAtNewest(
  api: JiraApi,
  project: string,
  newest: number,
  isOurs: (found: Found) => boolean,
): Promise<Asked<JiraIssue | null>> {
  for (let from = Math.max(1, newest - before + 1); ; from += atOnce) {
    const keys = Array.from({ length: atOnce }, (_, index) => `${project}-${from + index}`);
    const asked = await api.question(
      'issues',
      '/rest/api/3/issue/bulkfetch',
      { issueIdsOrKeys: keys, fields },
      answer,
    );
    if (asked.kind !== 'ok') return asked;
    const found = asked.value.issues.find(isOurs);
    if (found !== undefined) return { ...asked, value: found };
    // Deleted issues leave gaps, but not as long as half of the keys that were asked for.
    const isEnd = asked.value.issues.every(({ key }) => numberOf(key) < from + atOnce / 2);
    if (isEnd) return { ...asked, value: null };
  }
}
