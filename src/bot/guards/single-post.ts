import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ConnectorClient } from 'botframework-connector';

/** The part of the HTTP pipeline that this guard changes; the SDK keeps it private. */
type Pipeline = {
  removePolicy(policy: { readonly name: string }): unknown;
  addPolicy(
    policy: {
      readonly name: string;
      sendRequest(
        request: PipelineRequest,
        next: (request: PipelineRequest) => Promise<unknown>,
      ): Promise<unknown>;
    },
    options?: { readonly phase?: 'Sign' },
  ): void;
};
type PipelineRequest = { timeout: number; agent?: HttpAgent | HttpsAgent; readonly url: string };

/** Connections are kept for the next message, but not so long that a firewall has forgotten them. */
const keepAlive = { keepAlive: true, maxSockets: 64, timeout: 30_000 } as const;

export type Agents = { readonly http: HttpAgent; readonly https: HttpsAgent };

export function createAgents(): Agents {
  return { http: new HttpAgent(keepAlive), https: new HttpsAgent(keepAlive) };
}

/**
 * One POST a message, within a deadline. The SDK's client repeats a POST up to three times after a reset, 5xx
 * or 429, though the Bot Connector has no idempotency key: people would see the message four times. It also
 * waits for ever, and follows redirects.
 */
export function sendOnce(
  client: ConnectorClient,
  agents: Agents,
  timeoutMilliseconds: number,
): ConnectorClient {
  const pipeline = pipelineOf(client);
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.removePolicy({ name: 'redirectPolicy' });
  pipeline.addPolicy({
    name: 'deadline',
    sendRequest: (request, next) => {
      request.timeout = timeoutMilliseconds;
      request.agent = request.url.startsWith('https:') ? agents.https : agents.http;
      return next(request);
    },
  });
  return client;
}

function pipelineOf(client: ConnectorClient): Pipeline {
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  if (typeof pipeline?.removePolicy !== 'function') {
    throw new Error('The connector client has no pipeline any more; its retries cannot be switched off.');
  }
  return pipeline;
}
