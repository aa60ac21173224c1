/** What a Jira site keeps, and how it changes; test/doubles/jira.ts puts the REST API before it. */

export type JiraStatus = { readonly id: string; readonly name: string; readonly category: string };

/** A workflow like the one that service management comes with: `closed` and `canceled` lead nowhere. */
export const workflow: readonly JiraStatus[] = [
  { id: '10001', name: 'Waiting for support', category: 'indeterminate' },
  { id: '3', name: 'In progress', category: 'indeterminate' },
  { id: '10002', name: 'Waiting for customer', category: 'indeterminate' },
  { id: '5', name: 'Resolved', category: 'done' },
  { id: '6', name: 'Closed', category: 'done' },
  { id: '10003', name: 'Canceled', category: 'done' },
];

export type JiraPerson = { readonly account: string; readonly name: string };

export type StoredComment = {
  readonly id: string;
  readonly author: JiraPerson;
  readonly body: unknown;
  readonly created: number;
  readonly isPublic: boolean;
  readonly properties: readonly unknown[];
};

export type StoredFile = { readonly id: string; readonly name: string; readonly content: Buffer };

export type StoredHistory = {
  readonly id: string;
  readonly author: JiraPerson;
  readonly created: number;
  readonly field: 'status' | 'assignee';
  readonly to: { readonly id: string; readonly name: string };
};

export type StoredIssue = {
  readonly id: string;
  readonly key: string;
  readonly creator: JiraPerson;
  summary: string;
  readonly description: unknown;
  readonly priority: string | null;
  status: JiraStatus;
  resolution: string | null;
  updated: number;
  readonly comments: StoredComment[];
  readonly files: StoredFile[];
  readonly histories: StoredHistory[];
};

/** What the search knows of an issue: how it was when the index read it. */
export type Indexed = Pick<StoredIssue, 'id' | 'key' | 'creator' | 'summary' | 'status' | 'updated'>;

export type JiraState = {
  readonly project: string;
  readonly now: () => number;
  readonly statuses: readonly JiraStatus[];
  readonly issues: StoredIssue[];
  index: readonly Indexed[];
  readonly temporary: Map<string, { readonly name: string; readonly content: Buffer }>;
  /** What the transitions to the end ask for; empty when they ask for none. */
  resolutions: readonly string[];
  made: number;
};

export function createJiraState(
  project: string,
  now: () => number,
  statuses: readonly JiraStatus[],
): JiraState {
  return { project, now, statuses, issues: [], index: [], temporary: new Map(), resolutions: [], made: 0 };
}

export function nextId(state: JiraState): string {
  state.made += 1;
  return String(20_000 + state.made);
}

type Draft = Pick<StoredIssue, 'creator' | 'summary' | 'description' | 'priority'>;

export function openIssue(state: JiraState, draft: Draft): StoredIssue {
  const [status] = state.statuses;
  if (status === undefined) throw new Error('a workflow has to begin somewhere');
  const key = `${state.project}-${state.issues.length + 1}`;
  const empty = { resolution: null, comments: [], files: [], histories: [] };
  const issue = { ...draft, id: nextId(state), key, status, updated: state.now(), ...empty };
  state.issues.push(issue);
  return issue;
}

export function addComment(
  state: JiraState,
  issue: StoredIssue,
  comment: Pick<StoredComment, 'author' | 'body' | 'isPublic' | 'properties'>,
): StoredComment {
  const stored = { ...comment, id: nextId(state), created: state.now() };
  issue.comments.push(stored);
  issue.updated = state.now();
  return stored;
}

export function change(
  state: JiraState,
  issue: StoredIssue,
  author: JiraPerson,
  to: { readonly status: JiraStatus } | { readonly assignee: JiraPerson },
): void {
  const item =
    'status' in to
      ? { field: 'status' as const, to: to.status }
      : { field: 'assignee' as const, to: { id: to.assignee.account, name: to.assignee.name } };
  if ('status' in to) issue.status = to.status;
  issue.histories.push({ ...item, id: nextId(state), author, created: state.now() });
  issue.updated = state.now();
}

/** The search catches up, with all issues but one. */
export function indexAll(state: JiraState, but: string): void {
  const indexed = state.issues.filter(({ id }) => id !== but);
  state.index = indexed.map(({ id, key, creator, summary, status, updated }) => ({
    id,
    key,
    creator,
    summary,
    status,
    updated,
  }));
}

/** Of JQL, what our connector uses; anything else is an error of the connector. */
export function searchIndex(state: JiraState, jql: string, me: JiraPerson): readonly Indexed[] {
  const [where = '', order = ''] = jql.split(' ORDER BY ');
  const found = where.split(' AND ').reduce((rest, part) => {
    const holds = readCondition(part, state, me);
    return rest.filter(holds);
  }, state.index);
  const sorted = [...found].sort((a, b) => Number(a.id) - Number(b.id));
  return order === 'key DESC' ? sorted.reverse() : sorted;
}

function readCondition(part: string, state: JiraState, me: JiraPerson): (one: Indexed) => boolean {
  if (part === `project = "${state.project}"`) return () => true;
  if (part === 'creator = currentUser()') return ({ creator }) => creator.account === me.account;
  const text = /^text ~ "\\"(.+)\\""$/.exec(part)?.[1];
  // Jira's text search cuts words at signs: it finds HS-41 in more than `[HS-41]`.
  if (text !== undefined) return ({ summary }) => summary.includes(text);
  const minutes = /^updated >= "-(\d+)m"$/.exec(part)?.[1];
  if (minutes !== undefined) return ({ updated }) => updated >= state.now() - Number(minutes) * 60_000;
  throw new Error(`not a condition that is known here: ${part}`);
}
