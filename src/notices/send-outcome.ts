import type { Reach } from './people.ts';

/** How one request to the channel ended. A conversation that was created has sent nothing yet. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly activityId: string | null }
  | { readonly kind: 'created'; readonly reference: Reference }
  /** Nothing was sent: the person is getting the app, which the channel needs a moment to know. */
  | { readonly kind: 'installing'; readonly waitSeconds: number }
  /** 429: nothing happened, and nobody may send before. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** Nothing happened: 412, or no byte left. */
  | { readonly kind: 'later'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** `code` is the channel's own, such as `BotDisabledByAdmin`. */
  | { readonly kind: 'refused'; readonly status: number | null; readonly code: string | null };

/** Where to write to, as the channel wants it; opaque but for these two. */
export type Reference = {
  readonly serviceUrl?: string;
  readonly conversation?: { readonly id: string };
} & Readonly<Record<string, unknown>>;

export type NoticeChannel = {
  /** Sends one message, once; never throws. */
  send(reference: Reference, message: Readonly<Record<string, unknown>>): Promise<SendOutcome>;
  /** Makes the conversation with somebody to whom the app is installed; `created` or why not; never throws. */
  create(person: { readonly entraId: string; readonly tenantId: string | null }): Promise<SendOutcome>;
};

/** What becomes of the delivery and of what is known about the person. Absent parts stay as they are. */
export type Consequence = {
  readonly state: 'sent' | 'queued' | 'held' | 'failed' | 'blocked' | 'skipped' | 'unknown';
  readonly reason?: string;
  readonly activityId?: string;
  /** Seconds until it is tried again, with `queued`. */
  readonly wait?: number;
  /** With `held`. */
  readonly dueAt?: Date;
  readonly reach?: Reach;
  /** The stored reference leads nowhere any more. */
  readonly forget?: boolean;
  readonly reference?: Reference;
};

export type Attempted = {
  /** Counts from 1. */
  readonly attempts: number;
  readonly reference: Reference | null;
  readonly entraId: string | null;
};

const gccHost = 'https://smba.infra.gcc.teams.microsoft.com/teams/';
/** So often a conversation is asked for, or one is looked for under another id, before it is given up. */
const mostCreates = 4;
const longestWait = 300;

/** Only what proves that nothing happened is repeated, however often; what may have arrived never is. */
export function consequenceOf(outcome: SendOutcome, attempted: Attempted): Consequence {
  switch (outcome.kind) {
    case 'sent':
      return outcome.activityId === null
        ? { state: 'sent' }
        : { state: 'sent', activityId: outcome.activityId };
    case 'created':
      return { state: 'queued', wait: 0, reference: outcome.reference };
    case 'installing':
      return attempted.attempts < mostCreates
        ? { state: 'queued', wait: growing(outcome.waitSeconds, attempted.attempts) }
        : notInstalled;
    case 'throttled':
      return { state: 'queued', wait: outcome.retryAfterSeconds };
    case 'later':
      return { state: 'queued', wait: growing(outcome.retryAfterSeconds, attempted.attempts) };
    case 'unknown':
      // Creating what exists already gives the same conversation, and says nothing to anybody.
      if (attempted.reference !== null) return { state: 'unknown', reason: outcome.reason };
      return attempted.attempts < mostCreates
        ? { state: 'queued', wait: growing(5, attempted.attempts) }
        : { state: 'failed', reason: 'no-conversation' };
    case 'refused':
      return afterRefusal(outcome, attempted);
  }
}

function growing(seconds: number, attempts: number): number {
  return Math.min(seconds * 2 ** Math.min(attempts - 1, 6), Math.max(seconds, longestWait));
}

function afterRefusal(
  { status, code }: Extract<SendOutcome, { kind: 'refused' }>,
  attempted: Attempted,
): Consequence {
  const { reference, entraId, attempts } = attempted;
  if (status === 403) return afterForbidden(code, attempted);
  if (status === 404 && reference === null) return notInstalled;
  if (status === 404) {
    const isCreatable = entraId !== null && attempts < mostCreates;
    return isCreatable
      ? { state: 'queued', wait: 0, forget: true }
      : { state: 'failed', reason: code ?? '404', forget: true };
  }
  return { state: 'failed', reason: code ?? (status === null ? 'refused' : String(status)) };
}

const notInstalled: Consequence = { state: 'failed', reason: 'not-installed', reach: 'not-installed' };

/** Each of the channel's reasons has a meaning of its own: who shut the bot out, and what opens the way again. */
function afterForbidden(code: string | null, { reference }: Attempted): Consequence {
  switch (code) {
    case 'BotDisabledByAdmin':
      return { state: 'blocked', reason: code, reach: 'disabled' };
    case 'ConversationBlockedByUser':
    case 'MessageWritesBlocked':
      return { state: 'blocked', reason: code, reach: 'blocked', forget: true };
    case 'BotNotInConversationRoster':
      return { state: 'failed', reason: code, reach: 'removed', forget: true };
    case 'ForbiddenOperationException':
      return { ...notInstalled, reason: code };
    case 'InvalidBotApiHost':
      return reference === null || reference.serviceUrl?.startsWith(gccHost)
        ? { state: 'failed', reason: code }
        : { state: 'queued', wait: 0, reference: { ...reference, serviceUrl: gccHost } };
    default:
      return reference === null ? notInstalled : { state: 'failed', reason: code ?? '403' };
  }
}
