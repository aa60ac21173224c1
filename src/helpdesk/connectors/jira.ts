import { z } from 'zod';
import { isPeerAddress } from '../addresses.ts';
import type { HelpdeskConnector } from '../connector.ts';
import { defineConnector } from '../connector-kind.ts';
import { addressOf } from '../http-call.ts';
import { createJiraApi, type JiraAccess } from './jira-api.ts';
import { createJiraPoll } from './jira-news.ts';
import { bringOver, findOrCreate, type RequestOptions } from './jira-request.ts';
import { usualStatuses } from './jira-status.ts';

const number = z.string().regex(/^\d{1,18}$/);
const statusName = z.string().trim().min(1).max(100);
const statuses = z.strictObject({
  queued: statusName.default(usualStatuses.queued),
  assigned: statusName.default(usualStatuses.assigned),
  waiting: statusName.default(usualStatuses.waiting),
  solved: statusName.default(usualStatuses.solved),
  closed: statusName.default(usualStatuses.closed),
  withdrawn: statusName.default(usualStatuses.withdrawn),
});
const priorities = z.strictObject({ high: statusName, normal: statusName, low: statusName });

/** Tickets as requests of Jira Service Management Cloud. */
export const jira = defineConnector({
  name: 'jira',
  prefix: 'HELPDESK_JIRA_',
  settings: z.object({
    URL: z.string().refine(isPeerAddress),
    USER: z.email(),
    TOKEN: z.string().min(1).max(1_000),
    SERVICE_DESK: number,
    REQUEST_TYPE: number,
    STATUSES: z.string().default('').transform(readPairs).pipe(statuses),
    PRIORITIES: z.string().transform(readPairs).pipe(priorities).optional(),
  }),
  expectations: {
    URL: 'the https address of the site, such as https://example.atlassian.net',
    USER: 'the e-mail address of the account that Handshake signs in with',
    TOKEN: 'an API token of that account',
    SERVICE_DESK: 'the number of the service desk',
    REQUEST_TYPE: 'the number of the request type',
    STATUSES: `pairs of ${Object.keys(usualStatuses).join(', ')} and your workflow's name, such as solved=Done`,
    PRIORITIES: 'a name for each of the three, such as high=High,normal=Medium,low=Low',
  },
  create: (settings) =>
    createJira({
      access: {
        url: new URL(settings.URL),
        user: settings.USER,
        token: settings.TOKEN,
        serviceDesk: settings.SERVICE_DESK,
        within: 10_000,
        now: Date.now,
      },
      requestType: settings.REQUEST_TYPE,
      statuses: settings.STATUSES,
      priorities: settings.PRIORITIES ?? null,
    }),
});

/** `solved=Done,closed=Done`; what is no pair fails the schema behind it. */
function readPairs(text: string): unknown {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const pairs = parts.map((part) => part.split('=').map((side) => side.trim()));
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

export type JiraOptions = Omit<RequestOptions, 'serviceDesk'> & { readonly access: JiraAccess };

export function createJira({ access, ...options }: JiraOptions): HelpdeskConnector {
  const api = createJiraApi(access);
  const about = { ...options, serviceDesk: access.serviceDesk };
  return {
    name: 'jira',
    async deliver(event, remote) {
      if (remote !== null) return (await bringOver(api, about, event, remote.id)) ?? { kind: 'done', remote };
      const issue = await findOrCreate(api, about, event.ticket);
      if (issue.kind !== 'ok') return issue;
      const { id, key } = issue.value;
      const url = addressOf(access.url, `/browse/${key}`).href;
      return (await bringOver(api, about, event, id)) ?? { kind: 'done', remote: { id, url } };
    },
    poll: createJiraPoll(api, options.statuses, access.now),
    receive: null,
    async check() {
      const path = `/rest/servicedeskapi/servicedesk/${access.serviceDesk}/requesttype/${options.requestType}`;
      const asked = await api.get('request-type', path, {}, z.object({ id: z.string() }));
      return asked.kind === 'ok' ? { kind: 'well' } : { kind: 'unwell', reason: asked.reason };
    },
  };
}
