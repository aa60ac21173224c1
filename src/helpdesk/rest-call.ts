import type { z } from 'zod';
import type { Delivery } from './connector.ts';
import { callOnce, failureOf, type HttpAnswer, type HttpCall } from './http-call.ts';

export type Failure = Exclude<Delivery, { kind: 'done' }>;

/** What came of one request: what it asked for, or how a delivery that needed it ends. */
export type Asked<T> = { readonly kind: 'ok'; readonly value: T; readonly headers: Headers } | Failure;

type Headers = Extract<HttpAnswer, { kind: 'answer' }>['headers'];

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
