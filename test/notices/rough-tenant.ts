import type { NoticeChannel } from '../../src/notices/send-outcome.ts';
import type { ForbiddenReason } from '../doubles/connector-faults.ts';
import { createTenant, type Mishap } from '../doubles/tenant.ts';
import type { SimulatedTime } from './simulated-time.ts';

type Random = () => number;

/** Of a thousand requests, so many each; the rest goes well. */
const mishaps: readonly (readonly [number, Mishap])[] = [
  [10, { kind: 'precondition' }],
  [5, { kind: 'no-connection' }],
  [2, { kind: 'not-found' }],
  [5, { kind: 'unclear', reason: '502', accepted: false }],
  [5, { kind: 'unclear', reason: '503', accepted: true }],
  [2, { kind: 'unclear', reason: 'timeout', accepted: false }],
  [2, { kind: 'unclear', reason: 'timeout', accepted: true }],
  [3, { kind: 'unclear', reason: 'reset', accepted: false }],
  [3, { kind: 'unclear', reason: 'reset', accepted: true }],
  ...(
    [
      'BotDisabledByAdmin',
      'BotNotInConversationRoster',
      'ConversationBlockedByUser',
      'MessageWritesBlocked',
      'ForbiddenOperationException',
      'InvalidBotApiHost',
    ] satisfies ForbiddenReason[]
  ).map((reason) => [1, { kind: 'forbidden', reason }] as const),
];

/** Bursts take so much of the time, and last 2 to 10 seconds each. */
const shareOfBursts = 0.3;
const burstSeconds = [2, 10] as const;
const timeoutMs = 10_000;

/**
 * A tenant of any size that throttles in bursts, refuses for each reason, and answers unclearly before and after it took
 * the message. Requests take their time both ways, so that they do not come in the order of their tokens.
 */
export function createRoughTenant(time: SimulatedTime, random: Random) {
  const { clock } = time;
  let burst = { from: -1, to: clock.now() };
  function burstNow(): { readonly from: number; readonly to: number } {
    while (burst.to <= clock.now()) {
      const [least, most] = burstSeconds;
      const length = (least + random() * (most - least)) * 1_000;
      const gap = ((length * (1 - shareOfBursts)) / shareOfBursts) * (0.5 + random());
      burst = { from: burst.to + gap, to: burst.to + gap + length };
    }
    return burst;
  }
  let throttled = 0;
  function mishap(): Mishap | null {
    const { from, to } = burstNow();
    if (clock.now() >= from) {
      throttled += 1;
      const rest = Math.ceil((to - clock.now()) / 1_000);
      // Every other one says too little, as a limit that is still exceeded does.
      return { kind: 'throttled', retryAfterSeconds: random() < 0.5 ? rest : Math.ceil(rest * random()) };
    }
    let place = random() * 1_000;
    for (const [share, fault] of mishaps) {
      place -= share;
      if (place < 0) return fault;
    }
    return null;
  }
  const tenant = createTenant({ clock, mishap });
  async function late<T extends { readonly kind: string }>(work: () => Promise<T>): Promise<T> {
    await time.sleep(5 + random() * 145);
    const outcome = await work();
    const isHung = 'reason' in outcome && outcome.reason === 'timeout';
    await time.sleep(isHung ? timeoutMs : 20 + random() * 230);
    return outcome;
  }
  const channel: NoticeChannel = {
    send: (reference, message) => late(() => tenant.send(reference, message)),
    create: (person) => late(() => tenant.create(person)),
  };
  return { tenant, channel, throttled: () => throttled };
}
