import { createRequestTracker } from '../../src/helpdesk/connectors/request-tracker.ts';
import { json, jsonOf, type WireAnswer } from '../doubles/http-double.ts';
import type { Peer } from './connector-peer.ts';
import { busyAnswer, type PeerRequest, retryAfterSeconds, startFaultyPeer } from './faulty-peer.ts';
import { createAgent } from './request-tracker-agent.ts';
import type { RequestTrackerServer } from './request-tracker-server.ts';

/** The real Request Tracker without tickets, behind a proxy that has the faults of the contract. */
export async function connectRequestTracker(server: RequestTrackerServer): Promise<Peer> {
  server.clear();
  const agent = createAgent(server);
  const proxy = await startFaultyPeer({
    answer: (request, lockedOut) => forward(server.url, request, lockedOut),
    changes: ({ method }) => method !== 'GET',
    busy: busyAnswer({ message: 'too many requests' }),
    broken: json(500, { message: 'Internal Server Error' }),
    // As RT answers what it does not understand.
    refusal: json(400, { message: 'JSON object must be a HASH' }),
  });
  const { handshake: token } = server.tokens;
  // More than a second: a busy machine needs it for an answer of the real program.
  const access = { url: new URL(proxy.url), token, within: 5_000 };
  return {
    connector: createRequestTracker({ access, queue: 'IT Support', requestor: null }),
    secrets: [token, proxy.url],
    retryAfterSeconds,
    tickets: agent.tickets,
    setFault: proxy.setFault,
    comment: (id, _by, text) => agent.correspond(id, text),
    note: (id, _by, text) => agent.comment(id, text),
    solve: (id) => agent.change(id, { Status: 'resolved' }),
    calls: async () => [],
    close: proxy.close,
  };
}

async function forward(
  to: string,
  { method, path, query, headers, body }: PeerRequest,
  lockedOut: boolean,
): Promise<WireAnswer> {
  const type = headers['content-type'];
  const answer = await fetch(`${to}${path}?${query}`, {
    method,
    headers: {
      authorization: lockedOut ? 'token 1-99-0123456789abcdef' : (headers.authorization ?? ''),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
  const text = Buffer.from(await answer.arrayBuffer());
  return json(answer.status, jsonOf(text) ?? text.toString('utf8'));
}
