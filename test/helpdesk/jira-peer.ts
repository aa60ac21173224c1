import type { HelpdeskConnector } from '../../src/helpdesk/connector.ts';
import { createJira, type JiraOptions } from '../../src/helpdesk/connectors/jira.ts';
import { usualStatuses } from '../../src/helpdesk/connectors/jira-status.ts';
import { json } from '../doubles/http-double.ts';
import { createJiraDouble, type JiraDouble, type JiraSetup } from '../doubles/jira.ts';
import { documentText } from '../doubles/jira-shapes.ts';
import type { StoredIssue } from '../doubles/jira-state.ts';
import type { Peer, PeerTicket } from './connector-peer.ts';
import { busyAnswer, type PeerRequest, retryAfterSeconds, startFaultyPeer } from './faulty-peer.ts';

export type JiraPeer = Peer & {
  readonly double: JiraDouble;
  /** The same site through a connector with other options. */
  connect(options: Partial<Omit<JiraOptions, 'access'>>): HelpdeskConnector;
  /** From now on only requests to a path with this in it are struck by faults. */
  aimAt(path: string): void;
};

export const morning = Date.parse('2026-11-24T09:30:00Z');

const account = { user: 'handshake@contoso.example', token: 'token-of-the-bot' };

/** A site whose search finds nothing new, until minutes go by: that is between two polls. */
export async function startJiraPeer(setup: Partial<JiraSetup> = {}): Promise<JiraPeer> {
  let ticks = 0;
  const now = setup.now ?? (() => morning + ticks++);
  const double = createJiraDouble({ ...account, ...setup, now });
  let target = '';
  const server = await startFaultyPeer({
    answer: double.answer,
    changes: (request: PeerRequest) => double.changes(request) && request.path.includes(target),
    // Source: developer.atlassian.com/cloud/jira/platform/rate-limiting.
    busy: busyAnswer({ errorMessages: ['Rate limit exceeded.'] }),
    broken: json(500, { errorMessages: ['Internal server error'], errors: {} }),
    refusal: json(400, { errorMessages: [], errors: { summary: 'The field is not on the screen.' } }),
  });
  const access = { url: new URL(server.url), ...account, serviceDesk: '4', within: 1_000, now };
  const usual: JiraOptions = { access, requestType: '17', statuses: usualStatuses, priorities: null };
  const connector = createJira(usual);
  return {
    double,
    connect: (options) => createJira({ ...usual, ...options }),
    aimAt: (path) => {
      target = path;
    },
    connector: {
      ...connector,
      poll: (cursor) => {
        double.index();
        return connector.poll?.(cursor) ?? Promise.reject(new Error('jira polls'));
      },
    },
    secrets: [account.token, Buffer.from(`${account.user}:${account.token}`).toString('base64')],
    retryAfterSeconds,
    tickets: async () => double.issues.map(shownOf),
    setFault: server.setFault,
    comment: async (id, by, text) => double.comment(id, by, text, true),
    note: async (id, by, text) => double.comment(id, by, text, false),
    solve: async (id, by) => double.move(id, by, 'Resolved'),
    calls: async () => [],
    close: server.close,
  };
}

function shownOf({ id, summary, description, status, comments, files }: StoredIssue): PeerTicket {
  const isWaiting = status.name === 'Waiting for customer';
  return {
    id,
    title: summary,
    description: documentText(description),
    stage: status.category === 'done' ? 'done' : isWaiting ? 'waiting' : 'open',
    comments: comments.filter(({ isPublic }) => isPublic).map(({ body }) => documentText(body)),
    files,
  };
}
