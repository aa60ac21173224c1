import { json, type WireAnswer } from './http-double.ts';
import { attach, download, upload } from './jira-files.ts';
import { isDocument, problem, showComment, showIssue, showWay, stamp } from './jira-shapes.ts';
import {
  addComment,
  change,
  createJiraState,
  indexAll,
  type JiraPerson,
  type JiraState,
  type JiraStatus,
  openIssue,
  type StoredIssue,
  searchIndex,
  workflow,
} from './jira-state.ts';

/** A Jira Cloud site with one service desk, kept in memory. Its search knows nothing new until `index` is called. */
export type JiraDouble = {
  answer(request: JiraRequest, lockedOut: boolean): Promise<WireAnswer>;
  /** Whether a request changes something; Jira takes some questions by POST. */
  changes(request: JiraRequest): boolean;
  /** One of its people writes a comment. */
  comment(issue: string, by: string, text: string, isPublic: boolean): void;
  move(issue: string, by: string, status: string): void;
  assign(issue: string, by: string): void;
  /** Somebody else's request, which has nothing to do with us. */
  openOther(summary: string): void;
  rename(issue: string, summary: string): void;
  /** From now on, transitions to the end ask for one of these. */
  askForResolution(names: readonly string[]): void;
  /** The search catches up, though perhaps not with one issue. */
  index(left?: { readonly but: string }): void;
  readonly issues: readonly StoredIssue[];
  /** How many requests came in. */
  requests(): number;
};

export type JiraRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly json: unknown;
};

export type JiraSetup = {
  readonly user: string;
  readonly token: string;
  readonly now: () => number;
  readonly statuses?: readonly JiraStatus[];
};

const me: JiraPerson = { account: '5b10-handshake', name: 'Handshake' };
const project = 'HELP';

export function createJiraDouble({ user, token, now, statuses = workflow }: JiraSetup): JiraDouble {
  const state = createJiraState(project, now, statuses);
  const pass = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  let requests = 0;
  const held = (id: string) => {
    const issue = state.issues.find((one) => one.id === id);
    if (issue === undefined) throw new Error(`no issue ${id}`);
    return issue;
  };
  const person = (name: string): JiraPerson => ({ account: `557-${name}`, name: `${name} Example` });
  return {
    async answer(request, lockedOut) {
      requests += 1;
      // Source: developer.atlassian.com, "Basic auth for REST APIs".
      const isKnown = !lockedOut && request.headers.authorization === pass;
      return isKnown ? answer(state, request) : problem(401, 'Client must be authenticated');
    },
    changes: ({ method, path }) => method !== 'GET' && !/\/(search\/jql|bulkfetch)$/.test(path),
    comment(id, by, text, isPublic) {
      const paragraph = { type: 'paragraph', content: [{ type: 'text', text }] };
      const body = { type: 'doc', version: 1, content: [paragraph] };
      addComment(state, held(id), { author: person(by), body, isPublic, properties: [] });
    },
    move(id, by, name) {
      const status = statuses.find((one) => one.name === name);
      if (status === undefined) throw new Error(`no status ${name}`);
      change(state, held(id), person(by), { status });
    },
    assign: (id, by) => change(state, held(id), person(by), { assignee: person(by) }),
    openOther: (summary) =>
      void openIssue(state, { creator: person('Otto'), summary, description: null, priority: null }),
    rename(id, summary) {
      held(id).summary = summary;
    },
    askForResolution(names) {
      state.resolutions = names;
    },
    index: (left) => indexAll(state, left?.but ?? ''),
    issues: state.issues,
    requests: () => requests,
  };
}

/**
 * Shapes and codes: the OpenAPI documents of Jira Cloud (developer.atlassian.com/cloud/jira/platform/rest/v3) and of
 * Jira Service Management (…/jira/service-desk/rest), by the path of each route.
 */
async function answer(state: JiraState, request: JiraRequest): Promise<WireAnswer> {
  const { method, path, json: body } = request;
  const desk = '/rest/servicedeskapi/servicedesk/4';
  switch (`${method} ${path}`) {
    case `GET ${desk}`:
      return json(200, { id: '4', projectId: '11001', projectName: 'Help', projectKey: project });
    case `GET ${desk}/requesttype/17`:
      return json(200, { id: '17', name: 'Get IT help', serviceDeskId: '4' });
    case 'GET /rest/api/3/myself':
      return json(200, {
        accountId: me.account,
        displayName: me.name,
        active: true,
        accountType: 'atlassian',
      });
    case 'POST /rest/servicedeskapi/request':
      return createRequest(state, body as RequestBody);
    case 'POST /rest/api/3/search/jql':
      return search(state, body as SearchBody);
    case 'POST /rest/api/3/issue/bulkfetch':
      return bulkFetch(state, body as { issueIdsOrKeys: string[] });
    case `POST ${desk}/attachTemporaryFile`:
      return upload(state, request);
  }
  const file = /^\/rest\/api\/3\/attachment\/content\/(\d+)$/.exec(path)?.[1];
  if (file !== undefined) return download(state, file);
  const [, id = '', part = ''] =
    /^\/rest\/(?:api\/3\/issue|servicedeskapi\/request)\/(\d+)\/?(\w*)$/.exec(path) ?? [];
  const issue = state.issues.find((one) => one.id === id);
  if (issue === undefined)
    return problem(404, 'Issue does not exist or you do not have permission to see it.');
  return answerIssue(state, issue, `${method} ${part}`, request);
}

function answerIssue(
  state: JiraState,
  issue: StoredIssue,
  route: string,
  { query, json: body }: JiraRequest,
): WireAnswer {
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Number(query.get('maxResults') ?? 50);
  const pageOf = <T>(all: readonly T[]) => all.slice(startAt, startAt + maxResults);
  switch (route) {
    case 'GET ':
      return json(200, showIssue(issue));
    case 'GET comment': {
      const newest = query.get('orderBy') === '-created' ? issue.comments.toReversed() : issue.comments;
      const comments = pageOf(newest).map((one) => showComment(one, query.get('expand') === 'properties'));
      return json(200, { startAt, maxResults, total: newest.length, comments });
    }
    case 'POST comment':
      return comment(state, issue, body as CommentBody);
    case 'GET transitions':
      return json(200, { transitions: waysFrom(state, issue).map((to) => showWay(to, state.resolutions)) });
    case 'POST transitions':
      return move(state, issue, body as MoveBody);
    case 'GET changelog': {
      const values = pageOf(issue.histories).map(({ id, author, created, field, to }) => {
        const items = [{ field, fieldId: field, from: null, to: to.id, toString: to.name }];
        return {
          id,
          author: { accountId: author.account, displayName: author.name },
          created: stamp(created),
          items,
        };
      });
      return json(200, { startAt, maxResults, total: issue.histories.length, values });
    }
    case 'POST attachment':
      return attach(state, issue, me, body as { temporaryAttachmentIds: string[]; public: boolean });
  }
  throw new Error(`not a route that is known here: ${route}`);
}

type RequestBody = {
  serviceDeskId: string;
  requestTypeId: string;
  isAdfRequest: boolean;
  requestFieldValues: { summary: string; description: unknown; priority?: { name: string } };
};

function createRequest(state: JiraState, body: RequestBody): WireAnswer {
  const { summary, description, priority } = body.requestFieldValues;
  if (summary.length > 255 || summary.includes('\n')) return problem(400, 'The summary is invalid.');
  if (!body.isAdfRequest || !isDocument(description)) return problem(400, 'The description is invalid.');
  const issue = openIssue(state, { creator: me, summary, description, priority: priority?.name ?? null });
  const { serviceDeskId, requestTypeId } = body;
  return json(201, { issueId: issue.id, issueKey: issue.key, serviceDeskId, requestTypeId });
}

type SearchBody = { jql: string; maxResults: number; nextPageToken?: string };

/** Source also: developer.atlassian.com/cloud/jira/platform/search-and-reconcile. */
function search(state: JiraState, { jql, maxResults, nextPageToken = '0' }: SearchBody): WireAnswer {
  const found = searchIndex(state, jql, me);
  const from = Number(nextPageToken);
  const next = from + maxResults;
  const issues = found.slice(from, next).map(showIssue);
  const isLast = next >= found.length;
  return json(200, { issues, isLast, ...(isLast ? {} : { nextPageToken: String(next) }) });
}

function bulkFetch(state: JiraState, { issueIdsOrKeys: keys }: { issueIdsOrKeys: string[] }): WireAnswer {
  if (keys.length > 100) return problem(400, 'A maximum of 100 issues can be requested.');
  const issues = state.issues.filter(({ key }) => keys.includes(key)).map(showIssue);
  return json(200, { issues, issueErrors: [] });
}

type CommentBody = { body: unknown; properties: { key: string; value: { internal?: boolean } }[] };

function comment(state: JiraState, issue: StoredIssue, { body, properties }: CommentBody): WireAnswer {
  if (!isDocument(body)) return problem(400, 'The comment is invalid.');
  const isInternal = properties.some(({ key, value }) => key === 'sd.public.comment' && value.internal);
  const stored = addComment(state, issue, { author: me, body, isPublic: !isInternal, properties });
  return json(201, showComment(stored, false));
}

/** Every status leads to every other, but those at the very end lead nowhere. */
function waysFrom(state: JiraState, { status }: StoredIssue): readonly JiraStatus[] {
  if (status.name === 'Closed' || status.name === 'Canceled') return [];
  return state.statuses.filter(({ id }) => id !== status.id);
}

type MoveBody = { transition: { id: string }; fields?: { resolution?: { name: string } } };

function move(state: JiraState, issue: StoredIssue, { transition, fields }: MoveBody): WireAnswer {
  const status = waysFrom(state, issue).find(({ id }) => `t${id}` === transition.id);
  if (status === undefined) return problem(400, 'It is not on the current workflow.');
  const resolution = fields?.resolution?.name ?? null;
  const isAsked = status.category === 'done' && state.resolutions.length > 0;
  if (isAsked !== (resolution !== null)) return problem(400, 'Resolution');
  issue.resolution = resolution;
  change(state, issue, me, { status });
  return json(204, null);
}
