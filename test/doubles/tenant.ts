import type { Reference, SendOutcome } from '../../src/notices/send-outcome.ts';
import type { Clock } from './clock.ts';
import type { ForbiddenReason } from './connector-faults.ts';
import { appLimits, createLimiter, sendLimits } from './connector-limits.ts';

/** What the channel does with one request; `accepted` tells whether the person got the message all the same. */
export type Mishap =
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'precondition' }
  | { readonly kind: 'no-connection' }
  | { readonly kind: 'forbidden'; readonly reason: ForbiddenReason }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unclear'; readonly reason: string; readonly accepted: boolean };

export type TenantOptions = {
  readonly clock: Clock;
  /** What goes wrong with this request; null is nothing. */
  readonly mishap?: ((conversation: string) => Mishap | null) | undefined;
};

export type Tenant = ReturnType<typeof createTenant>;

/**
 * A tenant of any size in memory and simulated time: the twin of the Teams connector on loopback, with the same limits.
 * It knows what really arrived, whatever it answered.
 */
export function createTenant({ clock, mishap = () => null }: TenantOptions) {
  const limiter = createLimiter();
  const received = new Map<string, number>();
  const requests: number[] = [];
  let overLimit = 0;
  let ids = 0;

  /** Counts against the limits; a request beyond them is a fault of the bot. */
  function admit(thread: string): number {
    requests.push(clock.now());
    const wait = limiter.take('app', appLimits, clock.now()) || limiter.take(thread, sendLimits, clock.now());
    if (wait > 0) overLimit += 1;
    return wait;
  }

  function answer(conversation: string, accept: () => SendOutcome): SendOutcome {
    const wait = admit(conversation);
    if (wait > 0) return { kind: 'throttled', retryAfterSeconds: wait };
    const fault = mishap(conversation);
    if (fault === null) return accept();
    switch (fault.kind) {
      case 'throttled':
        return { kind: 'throttled', retryAfterSeconds: fault.retryAfterSeconds };
      case 'precondition':
      case 'no-connection':
        return { kind: 'later', retryAfterSeconds: 5 };
      case 'forbidden':
        return { kind: 'refused', status: 403, code: fault.reason };
      case 'not-found':
        return { kind: 'refused', status: 404, code: 'ConversationNotFound' };
      case 'unclear':
        if (fault.accepted) accept();
        return { kind: 'unknown', reason: fault.reason };
    }
  }

  return {
    /** How often each conversation got a message. */
    received,
    /** When each request came, in milliseconds. */
    requests,
    overLimit: () => overLimit,
    async send(
      { conversation }: Reference,
      _message: Readonly<Record<string, unknown>>,
    ): Promise<SendOutcome> {
      const to = conversation?.id ?? '';
      return answer(to, () => {
        received.set(to, (received.get(to) ?? 0) + 1);
        return { kind: 'sent', activityId: `a-${++ids}` };
      });
    },
    async create({ entraId }: { readonly entraId: string }): Promise<SendOutcome> {
      return answer(`new-${entraId}`, () => ({
        kind: 'created',
        reference: {
          serviceUrl: 'https://smba.trafficmanager.net/teams/',
          conversation: { id: `chat-${entraId}` },
        },
      }));
    },
  };
}
