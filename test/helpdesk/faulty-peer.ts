import type { IncomingMessage } from 'node:http';
import { bodyOf, json, jsonOf, send, type WireAnswer } from '../doubles/http-double.ts';
import type { Fault } from './connector-peer.ts';
import { startServer } from './restartable-server.ts';

/** A request as the double of a REST API reads it. */
export type PeerRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The body, where it is JSON. */
  readonly json: unknown;
};

/** What the double says by itself, and in which words it fails. */
export type FaultyApi = {
  /** `lockedOut`: no credentials count. */
  answer(request: PeerRequest, lockedOut: boolean): WireAnswer | Promise<WireAnswer>;
  /** Faults strike what changes something. */
  changes(request: PeerRequest): boolean;
  readonly busy: WireAnswer;
  readonly broken: WireAnswer;
  readonly refusal: WireAnswer;
};

export type FaultyPeer = {
  readonly url: string;
  setFault(fault: Fault | null): Promise<void>;
  close(): Promise<void>;
};

export const retryAfterSeconds = 7;

/** Serves a double on loopback, with the faults of the contract between it and whoever calls. */
export async function startFaultyPeer(api: FaultyApi): Promise<FaultyPeer> {
  let fault: Fault | null = null;
  const server = await startServer(async (request, response) => {
    send(await answerUnder(fault, api, await read(request)), response);
  });
  return {
    url: server.url,
    async setFault(next) {
      fault = next;
      await (next === 'no-connection' ? server.pause() : server.resume());
    },
    close: server.close,
  };
}

async function read(request: IncomingMessage): Promise<PeerRequest> {
  const url = new URL(request.url ?? '/', 'http://peer');
  const body = await bodyOf(request);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    json: jsonOf(body),
  };
}

async function answerUnder(fault: Fault | null, api: FaultyApi, request: PeerRequest): Promise<WireAnswer> {
  if (fault === null || fault === 'no-connection') return api.answer(request, false);
  if (fault === 'locked-out') return api.answer(request, true);
  if (!api.changes(request)) return api.answer(request, false);
  switch (fault) {
    case 'lost-request':
      return { kind: 'hang' };
    case 'lost-answer':
      await api.answer(request, false);
      return { kind: 'reset' };
    case 'busy':
      return api.busy;
    case 'broken':
      return api.broken;
    case 'refusal':
      return api.refusal;
  }
}

export function busyAnswer(body: unknown): WireAnswer {
  return json(429, body, { 'Retry-After': String(retryAfterSeconds) });
}
