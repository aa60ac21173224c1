import { z } from 'zod';
import { isPeerAddress } from '../addresses.ts';
import type { HelpdeskConnector } from '../connector.ts';
import { defineConnector } from '../connector-kind.ts';
import { addressOf } from '../http-call.ts';
import { createServiceNowApi } from './servicenow-api.ts';
import type { ServiceNowAccess } from './servicenow-gate.ts';
import { bringOver, findOrOpen, type IncidentOptions } from './servicenow-incident.ts';
import { createServiceNowPoll } from './servicenow-news.ts';

const rowId = z.string().regex(/^[0-9a-f]{32}$/i);
const secret = z.string().min(1).max(500);

/** Tickets as incidents of ServiceNow, by its Table and Attachment APIs. */
export const serviceNow = defineConnector({
  name: 'servicenow',
  prefix: 'HELPDESK_SERVICENOW_',
  settings: z
    .object({
      URL: z.string().refine(isPeerAddress),
      USER: z.string().regex(/^[^\s^,]{1,100}$/),
      PASSWORD: secret.optional(),
      CLIENT_ID: secret.optional(),
      CLIENT_SECRET: secret.optional(),
      CALLER: rowId.optional(),
      GROUP: rowId.optional(),
      CLOSE_CODE: z.string().max(100).default('Solution provided'),
    })
    .superRefine(checkLogin),
  expectations: {
    URL: 'the https address of the instance, such as https://example.service-now.com',
    USER: 'the user id that Handshake signs in with, or that its client credentials act as',
    PASSWORD: 'the password of that user, or else CLIENT_ID and CLIENT_SECRET, not both',
    CLIENT_ID: 'the client id of an OAuth registry for client credentials',
    CLIENT_SECRET: 'the client secret of that registry',
    CALLER: 'the sys_id of the user in whose name incidents are opened, 32 hexadecimal digits',
    GROUP: 'the sys_id of the assignment group, 32 hexadecimal digits',
    CLOSE_CODE: 'a resolution code that the instance has, at most 100 characters',
  },
  create: ({ URL: url, USER: user, CLOSE_CODE: closeCode, CALLER: caller, GROUP: group, ...login }) =>
    createServiceNow({
      access: { url: new URL(url), user, login: readLogin(login), within: 10_000, now: Date.now },
      closeCode,
      caller: caller ?? null,
      group: group ?? null,
    }),
});

type Login = {
  PASSWORD?: string | undefined;
  CLIENT_ID?: string | undefined;
  CLIENT_SECRET?: string | undefined;
};

function checkLogin({ PASSWORD, CLIENT_ID, CLIENT_SECRET }: Login, context: z.RefinementCtx): void {
  const wrong = (key: keyof Login) => context.addIssue({ code: 'custom', path: [key] });
  const oauth = CLIENT_ID !== undefined || CLIENT_SECRET !== undefined;
  if ((PASSWORD !== undefined) === oauth) wrong('PASSWORD');
  if (oauth && CLIENT_ID === undefined) wrong('CLIENT_ID');
  if (oauth && CLIENT_SECRET === undefined) wrong('CLIENT_SECRET');
}

function readLogin({ PASSWORD, CLIENT_ID = '', CLIENT_SECRET = '' }: Login): ServiceNowAccess['login'] {
  if (PASSWORD !== undefined) return { kind: 'basic', password: PASSWORD };
  return { kind: 'oauth', clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
}

export type ServiceNowOptions = IncidentOptions & { readonly access: ServiceNowAccess };

export function createServiceNow({ access, ...options }: ServiceNowOptions): HelpdeskConnector {
  const api = createServiceNowApi(access);
  return {
    name: 'servicenow',
    async deliver(event, remote) {
      const opened = remote === null ? await findOrOpen(api, options, event.ticket) : remote.id;
      if (typeof opened !== 'string') return opened;
      const brought = await bringOver(api, options, event, opened);
      return brought ?? { kind: 'done', remote: remote ?? { id: opened, url: pageOf(access.url, opened) } };
    },
    poll: createServiceNowPoll(api, access.user, access.now),
    receive: null,
    async check() {
      const asked = await api.rows('incident', 'correlation_id=none', z.object({ sys_id: z.string() }));
      return asked.kind === 'ok' ? { kind: 'well' } : { kind: 'unwell', reason: asked.reason };
    },
  };
}

/** Where the helpdesk's people open the incident. */
function pageOf(base: URL, id: string): string {
  return addressOf(base, '/nav_to.do', { uri: `incident.do?sys_id=${id}` }).href;
}
