import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { GroupUnavailable } from '../notices/people.ts';
import type { KeptAnswer, RequestKey, RequestMemory } from './memory.ts';
import type { Answer, ApiParts, Operation, RawCall } from './operation.ts';
import { operations } from './operations.ts';
import { type Problem, problemBody, send, sendProblem } from './problem.ts';
import { readCall } from './read-call.ts';
import type { CheckToken } from './token.ts';

export type ApiOptions = ApiParts & {
  readonly checkToken: CheckToken;
  readonly memory: RequestMemory;
  /** The OpenAPI document, as JSON. */
  readonly document: string;
  readonly now: () => Date;
  readonly log: { warn(about: object, text: string): void; error(about: object, text: string): void };
  /** Requests of one caller within a minute. */
  readonly perMinute?: number;
};

export type Api = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const documentPath = '/api/openapi.json';
/** Under these, everything is answered by the API, unknown paths and methods too. */
export const apiPaths = ['/api/notices', '/api/notices/*', documentPath];

const requestsPerMinute = 300;

/** Answers every request below `apiPaths`; never throws. */
export function createApi(options: ApiOptions): Api {
  const limiter = new RateLimiterMemory({ points: options.perMinute ?? requestsPerMinute, duration: 60 });
  return async (request, response) => {
    try {
      await write(response, await answer(options, limiter, request));
    } catch (error) {
      options.log.error({ err: error }, 'a request of the API failed');
      if (response.headersSent) response.destroy();
      else sendProblem(response, { status: 500, code: 'internal', detail: 'The error is in the logs here.' });
    }
  };
}

async function answer(
  options: ApiOptions,
  limiter: RateLimiterMemory,
  request: IncomingMessage,
): Promise<Answer | KeptAnswer> {
  const url = new URL(request.url ?? '', 'http://api');
  if (url.pathname === documentPath && request.method === 'GET') return documentAnswer(options.document);
  const entrance = await options.checkToken(request.headers.authorization);
  if (entrance.kind !== 'in') return refuseEntrance(options, entrance);
  const { caller } = entrance;
  const wait = await secondsToWait(limiter, caller.actor.id);
  if (wait > 0) return problem({ ...tooMany, headers: { 'Retry-After': String(wait) } });
  const found = findOperation(request.method ?? '', url.pathname);
  if (found.kind === 'problem') return found;
  const { operation, id } = found;
  if (!operation.roles.some((role) => caller.actor.roles.includes(role)))
    return problem(roleMissing(operation));
  const read = await readCall(operation, request);
  if (read.kind === 'problem') return read;
  const call = { caller, id, query: Object.fromEntries(url.searchParams), ...read.call };
  return operation.idempotent && read.key !== null
    ? once(options, operation, call, { caller: caller.actor.id, key: read.key })
    : run(options, operation, call);
}

function documentAnswer(text: string): KeptAnswer {
  return { status: 200, type: 'application/json', text, headers: {} };
}

function refuseEntrance(
  { log }: ApiOptions,
  entrance: Exclude<Awaited<ReturnType<CheckToken>>, { kind: 'in' }>,
): Answer {
  if (entrance.kind === 'unavailable') {
    log.warn({ err: entrance.error }, 'the keys of Entra could not be read');
    const detail = 'The token cannot be checked just now. Try again in a minute.';
    return problem({ status: 503, code: 'keys-unavailable', detail, headers: { 'Retry-After': '60' } });
  }
  log.warn({ code: entrance.code }, 'a token for the API was refused');
  const detail =
    'Expected "Authorization: Bearer" with an access token (version 2.0) of the configured tenant for this API.';
  return problem({
    ...{ status: 401, code: 'token-refused', detail },
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  });
}

const tooMany = { status: 429, code: 'too-many-requests', detail: 'Wait as long as Retry-After says.' };

async function secondsToWait(limiter: RateLimiterMemory, id: string): Promise<number> {
  return limiter.consume(id).then(
    () => 0,
    (full: { readonly msBeforeNext?: number }) =>
      Math.max(1, Math.ceil((full.msBeforeNext ?? 1_000) / 1_000)),
  );
}

function roleMissing({ roles }: Operation): Problem {
  const names = roles.map((role) => `Notices.${role.charAt(0).toUpperCase()}${role.slice(1)}`).join(' or ');
  return { status: 403, code: 'role-missing', detail: `This needs the app role ${names} in the token.` };
}

type Found =
  | { readonly kind: 'found'; readonly operation: Operation; readonly id: string }
  | Extract<Answer, { kind: 'problem' }>;

/** Literal paths stand before those with an id, so `audit` is never one. */
function findOperation(method: string, path: string): Found {
  const parts = path.split('/');
  const matching = operations.filter((each) => matches(each.path.split('/'), parts));
  const literal = matching.filter((each) => each.path === path);
  const candidates = literal.length > 0 ? literal : matching;
  const operation = candidates.find((each) => each.method === method.toLowerCase());
  if (operation !== undefined) return { kind: 'found', operation, id: parts[3] ?? '' };
  const detail = 'GET /api/openapi.json says what there is.';
  if (candidates.length === 0) return problem({ status: 404, code: 'no-such-path', detail });
  const allow = candidates.map((each) => each.method.toUpperCase()).join(', ');
  return problem({ status: 405, code: 'method-not-allowed', detail, headers: { Allow: allow } });
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((part, at) =>
      part === '{id}' ? /^[\w-]{1,100}$/.test(parts[at] ?? '') : part === parts[at],
    )
  );
}

async function run(options: ApiOptions, operation: Operation, call: RawCall): Promise<Answer> {
  try {
    return await operation.run(options, call);
  } catch (error) {
    if (!(error instanceof GroupUnavailable)) throw error;
    options.log.warn({ err: error }, 'Microsoft Graph did not say who is in a group');
    const detail = 'Microsoft Graph did not say who is in a group. Try again later.';
    return problem({ status: 503, code: error.code, detail });
  }
}

/** The same request with the same key runs once; sent again, it gets the answer of the first time. */
async function once(
  options: ApiOptions,
  operation: Operation,
  call: RawCall,
  key: RequestKey,
): Promise<Answer | KeptAnswer> {
  const { memory, now } = options;
  const claim = await memory.claim(key, printOf(operation, call), now());
  switch (claim.kind) {
    case 'answered':
      return { ...claim.answer, headers: { ...claim.answer.headers, 'Idempotency-Replayed': 'true' } };
    case 'open':
      return problem(keyOpen);
    case 'other':
      return problem(keyOther);
    case 'new':
      break;
  }
  const given = await run(options, operation, call).catch(async (error: unknown) => {
    await memory.release(key);
    throw error;
  });
  const kept = toKept(given);
  if (kept === null || kept.status >= 500) await memory.release(key);
  else await memory.keep(key, kept);
  return given;
}

const keyOpen = {
  status: 409,
  code: 'request-under-way',
  detail:
    'A request with this Idempotency-Key has no answer yet. Look at the notices before you try another key.',
};
const keyOther = {
  status: 422,
  code: 'key-reused',
  detail: 'This Idempotency-Key was used for another request. Take a new one for each thing that you want.',
};

function printOf({ id }: Operation, call: RawCall): string {
  const { body, version } = call;
  return createHash('sha256')
    .update(JSON.stringify([id, call.id, version, body]))
    .digest('base64url');
}

function toKept(given: Answer): KeptAnswer | null {
  switch (given.kind) {
    case 'json': {
      const { status, body, headers = {} } = given;
      return { status, type: 'application/json', text: JSON.stringify(body), headers };
    }
    case 'problem': {
      const { status, headers = {} } = given.problem;
      const text = JSON.stringify(problemBody(given.problem));
      return { status, type: 'application/problem+json', text, headers };
    }
    case 'lines':
      return null;
  }
}

async function write(response: ServerResponse, given: Answer | KeptAnswer): Promise<void> {
  if (!('kind' in given)) return send(response, given.status, given.type, given.text, given.headers);
  if (given.kind === 'problem') return sendProblem(response, given.problem);
  const kept = toKept(given);
  if (kept !== null) return send(response, kept.status, kept.type, kept.text, kept.headers);
  if (given.kind !== 'lines') return;
  response.setHeader('Content-Type', given.type);
  response.setHeader('Content-Disposition', `attachment; filename="${given.fileName}"`);
  // A caller who goes away is no fault of ours.
  await pipeline(Readable.from(given.lines), response).catch((error: unknown) => {
    if (!response.destroyed) throw error;
  });
}

function problem(about: Problem): Extract<Answer, { kind: 'problem' }> {
  return { kind: 'problem', problem: about };
}
