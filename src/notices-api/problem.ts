import type { ServerResponse } from 'node:http';
import type { NoticeRefusal } from '../domain/notice.ts';

/** RFC 9457. `detail` says what was expected and what to do; nothing of the request is quoted. */
export type Problem = {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly detail: string;
  /** Parts of the body or query that cannot be used. */
  readonly faults?: readonly { readonly at: string; readonly expected: string }[];
  readonly headers?: Readonly<Record<string, string>>;
};

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be used',
  401: 'No valid access token',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  406: 'No such form',
  409: 'It does not apply now',
  412: 'Changed meanwhile',
  413: 'Too long',
  415: 'JSON expected',
  422: 'It does not apply',
  428: 'The version is missing',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not available now',
};

const base = 'https://handshake.invalid/problems/';

export function problemBody({ status, code, detail, faults }: Problem) {
  const title = titles[status] ?? 'Refused';
  return { type: `${base}${code}`, title, status, detail, code, ...(faults && { faults }) };
}

const statusOfRefusal: Readonly<Record<NoticeRefusal, number>> = {
  'not-found': 404,
  'role-missing': 403,
  'own-notice': 403,
  'out-of-place': 409,
  'changed-meanwhile': 412,
  'audience-empty': 422,
  'audience-unlimited': 422,
  'text-missing': 422,
  'placeholder-unknown': 422,
  'reason-missing': 422,
  'schedule-invalid': 422,
  'group-unavailable': 503,
  'nothing-failed': 409,
};

export function problemOfRefusal(why: NoticeRefusal, says: string): Problem {
  return { status: statusOfRefusal[why], code: why, detail: says };
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(text);
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', bytes.byteLength);
  response.end(bytes);
}

export function sendProblem(response: ServerResponse, problem: Problem): void {
  // What is left of a body that was refused must not be read as the next request.
  if (problem.status === 413) response.setHeader('Connection', 'close');
  const text = JSON.stringify(problemBody(problem));
  send(response, problem.status, 'application/problem+json', text, problem.headers);
}
