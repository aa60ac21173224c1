import { z } from 'zod';
import { isPeerAddress } from '../addresses.ts';
import type { ConnectorHealth, HelpdeskConnector } from '../connector.ts';
import { defineConnector } from '../connector-kind.ts';
import { addressOf } from '../http-call.ts';
import {
  createRequestTrackerApi,
  type RequestTrackerAccess,
  type RequestTrackerApi,
} from './request-tracker-api.ts';
import { createRequestTrackerPoll } from './request-tracker-news.ts';
import { bringOver, findOrCreate, type TicketOptions } from './request-tracker-ticket.ts';

/** Tickets in a queue of Request Tracker 5, by its REST 2 API and a token. */
export const requestTracker = defineConnector({
  name: 'request-tracker',
  prefix: 'HELPDESK_RT_',
  settings: z.object({
    URL: z.string().refine(isPeerAddress),
    TOKEN: z.string().regex(/^\d{1,9}-\d{1,12}-[0-9a-f]{16,128}$/),
    QUEUE: z.string().regex(/^[^/]{1,200}$/),
    REQUESTOR: z.email().optional(),
  }),
  expectations: {
    URL: 'the https address at which people open Request Tracker',
    TOKEN: 'an authentication token as Request Tracker shows it once, such as 1-14- and hexadecimal digits',
    QUEUE: 'the name or the number of a queue; a name with a slash in it has to be given by its number',
    REQUESTOR: 'one e-mail address that stands as requestor in every ticket',
  },
  create: ({ URL: url, TOKEN: token, QUEUE: queue, REQUESTOR: requestor }) =>
    createRequestTracker({
      access: { url: new URL(url), token, within: 20_000 },
      queue,
      requestor: requestor ?? null,
    }),
});

export type RequestTrackerOptions = TicketOptions & { readonly access: RequestTrackerAccess };

export function createRequestTracker({ access, ...options }: RequestTrackerOptions): HelpdeskConnector {
  const api = createRequestTrackerApi(access);
  return {
    name: 'request-tracker',
    async deliver(event, remote) {
      const id = remote === null ? await findOrCreate(api, options, event.ticket) : remote.id;
      if (typeof id !== 'string') return id;
      const failure = await bringOver(api, event, id);
      return failure ?? { kind: 'done', remote: remote ?? { id, url: pageOf(access.url, id) } };
    },
    poll: createRequestTrackerPoll(api),
    receive: null,
    check: () => check(api, options.queue),
  };
}

/** Where the helpdesk's people open the ticket. */
function pageOf(base: URL, id: string): string {
  return addressOf(base, '/Ticket/Display.html', { id }).href;
}

const queueShown = z.object({ _hyperlinks: z.array(z.object({ ref: z.string() })) });

/** RT shows the way to create a ticket in the queue to those who may. */
async function check(api: RequestTrackerApi, queue: string): Promise<ConnectorHealth> {
  const asked = await api.get('queue', `/queue/${encodeURIComponent(queue)}`, {}, queueShown);
  if (asked.kind !== 'ok') return { kind: 'unwell', reason: asked.reason };
  const may = asked.value._hyperlinks.some(({ ref }) => ref === 'create');
  return may ? { kind: 'well' } : { kind: 'unwell', reason: 'queue: the right CreateTicket is missing' };
}
