import { request } from 'undici';
import type { z } from 'zod';
import type { Delivery } from './connector.ts';

export type Failure = Exclude<Delivery, { kind: 'done' }>;

/** By names in small letters. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type HttpCall = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole call, in milliseconds. */
  readonly within: number;
};

export type HttpAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfterSeconds: number | null;
      readonly headers: Headers;
      /** At most `longestBody` bytes of it, read as UTF-8. */
      readonly body: string;
    }
  /** No connection came about, so nothing can have happened over there. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** It went out, and nobody knows what became of it. */
  | { readonly kind: 'no-answer'; readonly reason: string };

const longestBody = 4 * 1024 * 1024;

/** One request, without redirects and without repeats. Never throws; reasons are codes, without the address. */
export async function callOnce(url: URL, { within, ...call }: HttpCall): Promise<HttpAnswer> {
  try {
    const response = await request(url, { ...call, signal: AbortSignal.timeout(within) });
    const body = await readBody(response.body);
    if (body === null) return { kind: 'no-answer', reason: 'answer-too-long' };
    const retryAfterSeconds = readRetryAfter(response.headers['retry-after'], Date.now());
    return {
      kind: 'answer',
      status: response.statusCode,
      retryAfterSeconds,
      headers: response.headers,
      body,
    };
  } catch (error) {
    const reason = codeOf(error);
    return { kind: isBeforeSending(reason) ? 'not-sent' : 'no-answer', reason };
  }
}

/** Null when it is longer than anybody should send. */
async function readBody(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a call that did not end in 2xx means for a delivery (reliability: only 429 proves that nothing was done). */
export function failureOf(answer: HttpAnswer): Failure {
  switch (answer.kind) {
    case 'not-sent':
      return { kind: 'later', retryAfterSeconds: null, reason: answer.reason };
    case 'no-answer':
      return { kind: 'unknown', reason: answer.reason };
    case 'answer':
      return failureOfStatus(answer.status, answer.retryAfterSeconds);
  }
}

function failureOfStatus(status: number, retryAfterSeconds: number | null): Failure {
  const reason = `http-${status}`;
  if (status === 429) return { kind: 'later', retryAfterSeconds, reason };
  // Whoever mends the credentials should not have to revive every ticket that waited for it.
  if (status === 401 || status === 403) return { kind: 'later', retryAfterSeconds: null, reason };
  if (status === 408 || status >= 500) return { kind: 'unknown', reason };
  return { kind: 'refused', reason };
}

const longestWait = 24 * 3600;

/** Seconds, at most a day; null when it says nothing that can be read. It is a number or a date. */
function readRetryAfter(value: string | readonly string[] | undefined, now: number): number | null {
  const text = (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 0), longestWait);
}

/** The code of the innermost cause that has one; messages may quote addresses. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return 'no-answer-in-time';
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? 'failed' : codeOf(error.cause);
}

const beforeSending: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

function isBeforeSending(code: string): boolean {
  return beforeSending.has(code) || code.startsWith('CERT_') || code.startsWith('ERR_TLS_');
}

/** What came of one request: what it asked for, or how a delivery that needed it ends. */
export type Asked<T> = { readonly kind: 'ok'; readonly value: T; readonly headers: Headers } | Failure;

export type RestCall = HttpCall & {
  readonly url: URL;
  /** Names the request in reasons, such as `incident`. */
  readonly name: string;
  /** A request that changes nothing may be repeated, however it ended. */
  readonly changes: boolean;
  /** For answers that will never be another one, where the status alone does not say so. */
  readonly isFinal?: (status: number, body: string) => boolean;
};

/** One request whose answer has to fit `shape`. Never throws; reasons hold names and codes alone. */
export async function askFor<T>(call: RestCall, shape: z.ZodType<T>): Promise<Asked<T>> {
  const asked = await askForText(call);
  if (asked.kind !== 'ok') return asked;
  const parsed = shape.safeParse(parseJson(asked.value));
  if (parsed.success) return { ...asked, value: parsed.data };
  return named(call, { kind: 'unknown', reason: 'answer-not-understood' });
}

/** The body as it comes, such as the bytes of a file, read as UTF-8. */
export async function askForText(call: RestCall): Promise<Asked<string>> {
  const { url, name: _, changes: __, isFinal, ...http } = call;
  const answer = await callOnce(url, http);
  if (answer.kind !== 'answer') return named(call, failureOf(answer));
  const { status, body, headers } = answer;
  if (status >= 200 && status < 300) return { kind: 'ok', value: body, headers };
  if (isFinal?.(status, body)) return named(call, { kind: 'refused', reason: `http-${status}` });
  return named(call, failureOf(answer));
}

function named({ name, changes }: RestCall, failure: Failure): Failure {
  const reason = `${name}: ${failure.reason}`;
  if (failure.kind === 'unknown' && !changes) return { kind: 'later', retryAfterSeconds: null, reason };
  return { ...failure, reason };
}

/** Undefined for what is no JSON; an empty body is what many answers to a change have. */
export function parseJson(text: string): unknown {
  try {
    return text.trim() === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `base` may have a path of its own, as a gateway in front of the other system has. */
export function addressOf(base: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${base.origin}${base.pathname.replace(/\/$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Of the same name and the same bytes: then it need not be sent again. */
export function isSameText(content: Uint8Array, text: string): boolean {
  return Buffer.from(content).toString('utf8') === text;
}
