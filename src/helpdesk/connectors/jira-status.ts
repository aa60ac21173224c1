import { z } from 'zod';
import type { TicketState } from '../../domain/handoff.ts';
import type { Failure } from '../http-call.ts';
import type { JiraApi } from './jira-api.ts';

export const jiraStates = ['queued', 'assigned', 'waiting', 'solved', 'closed', 'withdrawn'] as const;

/** Names of statuses in the workflow, by what they mean here. */
export type JiraStatuses = Readonly<Record<(typeof jiraStates)[number], string>>;

/** Those of the workflow that service management comes with. */
export const usualStatuses: JiraStatuses = {
  queued: 'Waiting for support',
  assigned: 'In progress',
  waiting: 'Waiting for customer',
  solved: 'Resolved',
  closed: 'Closed',
  withdrawn: 'Canceled',
};

export const jiraStatus = z.object({
  id: z.string(),
  name: z.string(),
  statusCategory: z.object({ key: z.string() }),
});
export type JiraStatus = z.infer<typeof jiraStatus>;

/** Whoever renames statuses keeps their category: `new`, `indeterminate` or `done`. */
export function isDone({ statusCategory }: JiraStatus): boolean {
  return statusCategory.key === 'done';
}

export function isNamed({ name }: JiraStatus, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}

const issueStatus = z.object({ fields: z.object({ status: jiraStatus }) });
const resolutionField = z.object({ allowedValues: z.array(z.object({ name: z.string() })).default([]) });
const transition = z.object({
  id: z.string(),
  to: jiraStatus,
  fields: z.object({ resolution: resolutionField.optional() }).optional(),
});
type Transition = z.infer<typeof transition>;
const transitionsOfIssue = z.object({ transitions: z.array(transition) });

/** Moves a request to where its ticket is, by a transition that its workflow has; null when it is there. */
export async function moveTo(
  api: JiraApi,
  request: string,
  state: TicketState,
  statuses: JiraStatuses,
): Promise<Failure | null> {
  const path = `/rest/api/3/issue/${encodeURIComponent(request)}`;
  const wanted = statuses[nameOf(state)];
  const now = await api.get('issue', path, { fields: 'status' }, issueStatus);
  if (now.kind !== 'ok') return now;
  const { status } = now.value.fields;
  if (isNamed(status, wanted)) return null;
  const query = { expand: 'transitions.fields' };
  const asked = await api.get('transitions', `${path}/transitions`, query, transitionsOfIssue);
  if (asked.kind !== 'ok') return asked;
  const { transitions } = asked.value;
  const isNear = isDone(status) === isEnd(state);
  const named = transitions.find(({ to }) => isNamed(to, wanted));
  const chosen = named ?? transitions.find(({ to }) => !isNear && isDone(to) === isEnd(state));
  if (chosen !== undefined) return post(api, `${path}/transitions`, chosen);
  // A workflow may lack a status for each step, but whether a ticket is done has to be the same on both sides.
  return isNear ? null : { kind: 'refused', reason: 'transition: the workflow has none that leads there' };
}

async function post(api: JiraApi, path: string, chosen: Transition): Promise<Failure | null> {
  const moved = await api.post('transition', path, bodyOf(chosen), z.unknown());
  return moved.kind === 'ok' ? null : moved;
}

function nameOf(state: TicketState): keyof JiraStatuses {
  switch (state) {
    case 'new':
      return 'queued';
    case 'waiting-for-user':
      return 'waiting';
    case 'queued':
    case 'assigned':
    case 'solved':
    case 'closed':
    case 'withdrawn':
      return state;
  }
}

function isEnd(state: TicketState): boolean {
  return state === 'solved' || state === 'closed' || state === 'withdrawn';
}

/** Some workflows ask for a resolution on the way. */
function bodyOf({ id, fields }: Transition): unknown {
  const allowed = fields?.resolution?.allowedValues ?? [];
  const resolution = allowed.find(({ name }) => name === 'Done') ?? allowed[0];
  if (resolution === undefined) return { transition: { id } };
  return { transition: { id }, fields: { resolution: { name: resolution.name } } };
}
