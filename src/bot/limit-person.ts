import { type Activity, ActivityTypes, INVOKE_RESPONSE_KEY } from 'botbuilder';
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Deliver } from './deliver.ts';
import { sayOutside } from './say-outside.ts';
import type { Turn } from './turn.ts';

export type PersonLimit = { readonly activities: number; readonly seconds: number };

export type PersonLimitDependencies = {
  readonly deliver: Deliver;
  readonly slowDown: (seconds: number) => string;
  readonly log: Pick<Logger, 'warn'>;
};

/** More than anyone types or presses; each process counts for itself. */
const usual: PersonLimit = { activities: 60, seconds: 10 };

/**
 * Runs the turns of a person only as long as they stay within the limit. Beyond it nothing runs, and they hear so
 * once until they may go on. For activities whose sender was checked: a made-up one would have a limit of its own.
 */
export function limitPerson(turn: Turn, deps: PersonLimitDependencies, limit = usual): Turn {
  const limiter = new RateLimiterMemory({ points: limit.activities, duration: limit.seconds });
  return async (context, onSaved) => {
    const { activity, turnState } = context;
    const over = await limiter.consume(personOf(activity)).then(() => null, overLimit);
    if (over === null) return turn(context, onSaved);
    if (activity.type === ActivityTypes.Invoke)
      turnState.set(INVOKE_RESPONSE_KEY, { value: { status: 429 } });
    if (over.consumedPoints > limit.activities + 1) return;
    deps.log.warn({ person: activity.from.id, type: activity.type }, 'too many activities of one person');
    await sayOutside(deps.deliver, activity, deps.slowDown(Math.ceil(over.msBeforeNext / 1000)));
  };
}

function overLimit(rejection: unknown): RateLimiterRes {
  if (rejection instanceof RateLimiterRes) return rejection;
  throw rejection;
}

function personOf({ conversation, channelData, from }: Activity): string {
  return `${conversation.tenantId ?? channelData?.tenant?.id ?? ''}/${from.id}`;
}
