import { z } from 'zod';
import type { ReplyOutcome } from './turn-store.ts';

const failure = z.object({
  code: z.unknown().optional(),
  statusCode: z.number().optional(),
  response: z.object({ headers: z.unknown(), bodyAsText: z.string().nullish() }).partial().optional(),
});
type Failure = z.infer<typeof failure>;

/** Failures of name look-up, connecting and proving who is there: no byte of the message has left. */
const beforeSend: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'token-unavailable',
]);

const shortWait = 5;
const defaultWait = 10;
const longestWait = 3600;

/**
 * What a failed send means. Only a refusal to take the message (429, 412) or a failure before it left proves
 * that it may be sent again; a time-out, reset or 5xx may have reached the person, so it is `unknown`.
 */
export function outcomeOf(error: unknown): ReplyOutcome {
  const parsed = failure.safeParse(error);
  if (!parsed.success) return { kind: 'unknown', reason: nameOf(error) };
  const { code, statusCode } = parsed.data;
  if (statusCode !== undefined) return outcomeOfStatus(statusCode, parsed.data);
  if (code === 'untrusted-service-url') return { kind: 'refused', reason: code };
  if (beforeSend.has(code)) return { kind: 'later', retryAfterSeconds: shortWait };
  return { kind: 'unknown', reason: typeof code === 'string' ? code : nameOf(error) };
}

function outcomeOfStatus(status: number, error: Failure): ReplyOutcome {
  // The channel took the message, but its answer could not be read.
  if (status >= 200 && status < 300) return { kind: 'sent', activityId: null };
  if (status === 429) return { kind: 'later', retryAfterSeconds: retryAfterOf(error) ?? defaultWait };
  if (status === 412) return { kind: 'later', retryAfterSeconds: retryAfterOf(error) ?? shortWait };
  if (status === 408 || status >= 500) return { kind: 'unknown', reason: String(status) };
  return { kind: 'refused', reason: [status, reasonOf(error)].filter(Boolean).join(' ') };
}

/** Seconds of the Retry-After header, which may also be a date; kept between 1 s and 1 h. */
function retryAfterOf(error: Failure): number | null {
  const headers = error.response?.headers as
    | { get?: (name: string) => string | null | undefined }
    | undefined;
  const text = headers?.get?.('retry-after')?.trim();
  if (!text) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), longestWait) : null;
}

const channelError = z.union([
  z.object({ error: z.object({ code: z.string() }) }).transform((body) => body.error.code),
  z.object({ errorCode: z.number(), message: z.string() }).transform((body) => subCodeOf(body.message)),
]);

/** The channel's own code for the refusal, such as `ConversationBlockedByUser`. */
function reasonOf(error: Failure): string | null {
  const parsed = channelError.safeParse(parseJson(error.response?.bodyAsText ?? ''));
  return parsed.success ? parsed.data : null;
}

function subCodeOf(message: string): string | null {
  const parsed = z.object({ subCode: z.string() }).safeParse(parseJson(message));
  return parsed.success ? parsed.data.subCode : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
