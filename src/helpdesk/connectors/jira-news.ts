import { z } from 'zod';
import type { News } from '../connector.ts';
import type { Asked } from '../http-call.ts';
import { openWindow, type Reading, withoutRepeats } from '../window.ts';
import type { JiraApi, JiraPlace } from './jira-api.ts';
import { readComments } from './jira-comments.ts';
import { ours } from './jira-look.ts';
import { isDone, isNamed, type JiraStatuses, jiraStatus } from './jira-status.ts';

const issue = z.object({
  id: z.string(),
  fields: z.object({ summary: z.string().nullable(), status: jiraStatus, updated: z.string() }),
});
type Issue = z.infer<typeof issue>;
const searchPage = z.object({ issues: z.array(issue), nextPageToken: z.string().nullish() });

const history = z.object({
  id: z.string(),
  author: z.object({ accountId: z.string(), displayName: z.string() }).optional(),
  created: z.string(),
  items: z.array(z.object({ field: z.string(), to: z.string().nullish(), toString: z.unknown().optional() })),
});
type History = z.infer<typeof history>;
const historyPage = z.object({ total: z.number(), values: z.array(history) });

/** Minutes until the search surely finds a change; Jira says seconds to minutes. */
const overlap = 15;

/** News with the time by which it is put in order. */
type Dated = { readonly at: number; readonly news: News };

export function createJiraPoll(api: JiraApi, statuses: JiraStatuses, now: () => number) {
  return withoutRepeats(async (cursor, known): Promise<Reading> => {
    const window = openWindow(cursor, now(), overlap);
    const place = await api.place();
    if (place.kind !== 'ok') return { kind: 'failed', reason: place.reason };
    const changed = await searchChanged(api, place.value, window.minutes);
    if (changed.kind !== 'ok') return { kind: 'failed', reason: changed.reason };
    const dated: Dated[] = [];
    const unread = changed.value.filter((one) => !known.has(nameOf(one)));
    for (const one of unread) {
      const news = await newsOf(api, one, { place: place.value, statuses, since: window.since });
      if (news.kind !== 'ok') return { kind: 'failed', reason: news.reason };
      dated.push(...news.value);
    }
    dated.sort((a, b) => a.at - b.at);
    const news = dated.map((one) => one.news);
    return { kind: 'news', news, cursor: window.cursor, read: unread.map(nameOf) };
  });
}

/** An issue as it was at some time: what comes into the search later has another one. */
function nameOf({ id, fields }: Issue): string {
  return `issue/${id}/${fields.updated}`;
}

/** Our issues that changed in the last minutes; a relative time, because JQL reads others in the account's zone. */
async function searchChanged(
  api: JiraApi,
  place: JiraPlace,
  minutes: number,
): Promise<Asked<readonly Issue[]>> {
  const jql = `${ours(place)} AND updated >= "-${minutes}m" ORDER BY updated ASC`;
  const found: Issue[] = [];
  for (let token: string | undefined; ; ) {
    const body = { jql, fields: ['summary', 'status', 'updated'], maxResults: 100, nextPageToken: token };
    const asked = await api.question('search', '/rest/api/3/search/jql', body, searchPage);
    if (asked.kind !== 'ok') return asked;
    found.push(...asked.value.issues);
    token = asked.value.nextPageToken ?? undefined;
    if (token === undefined) return { ...asked, value: found };
  }
}

type About = { readonly place: JiraPlace; readonly statuses: JiraStatuses; readonly since: number };

async function newsOf(api: JiraApi, one: Issue, about: About): Promise<Asked<readonly Dated[]>> {
  const comments = await readComments(api, one.id, about.since);
  if (comments.kind !== 'ok') return comments;
  const histories = await readHistories(api, one.id);
  if (histories.kind !== 'ok') return histories;
  const ticket = { ticketId: ticketIn(one.fields.summary ?? ''), remoteId: one.id };
  const said = comments.value
    .filter(({ isPublic, event, text }) => isPublic && event === null && text !== '')
    .filter(({ author }) => author.account !== about.place.account)
    .map(({ id, author, text, at }) => ({
      at,
      news: { ...ticket, id: `comment/${id}`, by: author.name, what: { kind: 'comment' as const, text } },
    }));
  const recent = histories.value.filter(({ created }) => Date.parse(created) >= about.since);
  return { ...histories, value: [...said, ...changeNews(one, recent, ticket, about)] };
}

/** The ticket's id, with which the summary began; people may have changed it since. */
function ticketIn(summary: string): string | null {
  return /^\[([A-Za-z0-9-]{1,40})\] /.exec(summary)?.[1] ?? null;
}

/** What the last change of assignee and of status by somebody else means, if they still hold. */
function changeNews(
  { fields: { status } }: Issue,
  histories: readonly History[],
  ticket: Pick<News, 'ticketId' | 'remoteId'>,
  { place, statuses }: About,
): readonly Dated[] {
  const told = (change: History | undefined, by: string | undefined, what: News['what'] | null) => {
    if (change?.author === undefined || by === undefined || what === null) return [];
    if (change.author.accountId === place.account) return [];
    const news = { ...ticket, id: `change/${change.id}/${what.kind}`, by, what };
    return [{ at: Date.parse(change.created), news }];
  };
  const assigned = histories.findLast(({ items }) => items.some(({ field }) => field === 'assignee'));
  const assignee = assigned?.items.find(({ field }) => field === 'assignee');
  const isTaken = assignee?.to != null && assignee.to !== place.account && !isDone(status);
  const name = typeof assignee?.toString === 'string' ? assignee.toString : assigned?.author?.displayName;
  const moved = histories.findLast(({ items }) => items.some((item) => isMoveTo(item, status.id)));
  return [
    ...told(assigned, name, isTaken ? { kind: 'taken' } : null),
    ...told(moved, moved?.author?.displayName, meaningOf(status, statuses)),
  ];
}

function isMoveTo({ field, to }: History['items'][number], status: string): boolean {
  return field === 'status' && to === status;
}

function meaningOf(status: z.infer<typeof jiraStatus>, statuses: JiraStatuses): News['what'] | null {
  if (isNamed(status, statuses.withdrawn)) return { kind: 'rejected', text: '' };
  if (isDone(status)) return { kind: 'solved', text: '' };
  return isNamed(status, statuses.waiting) ? { kind: 'waiting' } : null;
}

/** All changes of an issue, the oldest first. */
async function readHistories(api: JiraApi, id: string): Promise<Asked<readonly History[]>> {
  const found: History[] = [];
  for (let startAt = 0; ; startAt += 100) {
    const query = { startAt: `${startAt}`, maxResults: '100' };
    const asked = await api.get('changelog', `/rest/api/3/issue/${id}/changelog`, query, historyPage);
    if (asked.kind !== 'ok') return asked;
    found.push(...asked.value.values);
    if (startAt + 100 >= asked.value.total) return { ...asked, value: found };
  }
}
