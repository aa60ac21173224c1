import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { sendOutcomeOf } from '../../src/bot/notice-channel.ts';
import { createCards } from '../../src/cards/cards.ts';
import { reasonText } from '../../src/cards/notice-desk-kit.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Reach, Unreachable } from '../../src/notices/people.ts';
import { consequenceOf } from '../../src/notices/send-outcome.ts';
import { type ForbiddenReason, forbidden } from '../doubles/connector-faults.ts';
import { textOf } from './card-parts.ts';
import { noEnd, noticeIn, progress } from './notice-samples.ts';
import { binding } from './samples.ts';

const wording = loadWording('en');

// Each list is whole by its type, or by the place that is named.
const forbiddenReasons: Readonly<Record<ForbiddenReason, true>> = {
  BotDisabledByAdmin: true,
  BotNotInConversationRoster: true,
  ConversationBlockedByUser: true,
  MessageWritesBlocked: true,
  ForbiddenOperationException: true,
  InvalidBotApiHost: true,
};
const skipped: Readonly<Record<Unreachable | Exclude<Reach, 'reachable'>, true>> = {
  'opted-out': true,
  removed: true,
  blocked: true,
  disabled: true,
  'not-installed': true,
  'unknown-person': true,
};
/** Of the rows themselves: begin_sends, settle_sends, keepJudged, giveUpLost; and of what is too big or broken. */
const own = ['no-conversation', 'cancelled', 'fixed', 'worker-lost', 'message-too-big', 'not-composed'];
const answered: readonly (readonly [status: number, code: string | null])[] = [
  [400, 'BadArgument'],
  [401, 'BotNotRegistered'],
  [404, 'ConversationNotFound'],
  [413, 'MessageSizeTooBig'],
  ...[400, 401, 403, 404, 408, 413, 500, 502, 503, 504].map((status) => [status, null] as const),
];
const broken = ['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'untrusted-service-url'];

describe('The reason why somebody got no notice', () => {
  it('has words, whichever the sender may have written down', () => {
    const reasons = [...Object.keys(skipped), ...own, ...recorded()];
    for (const one of ['BotDisabledByAdmin', 'InvalidBotApiHost', 'AbortError', '502', 'not-installed']) {
      ok(reasons.includes(one), one);
    }
    deepEqual(
      reasons.filter((reason) => reasonText(wording, reason) === reason),
      [],
    );
  });

  it('is shown as it came where nobody foresaw it', () => {
    equal(reasonText(wording, 'SomethingNew'), 'SomethingNew');
    equal(reasonText(wording, '__proto__'), '__proto__');
  });

  it('is in words on the card of whoever looks', () => {
    const reasons = [
      { state: 'failed', reason: 'MessageSizeTooBig', count: 8 },
      { state: 'failed', reason: 'SomethingNew', count: 2 },
    ] as const;
    const viewer = { id: 'a', roles: ['author'] as const, timeZone: null, binding };
    const cards = createCards(wording);
    const notice = noticeIn(cards, { status: { at: 'done' }, total: 1_204 });
    const text = textOf(cards.progressCard(notice, { ...progress, reasons }, noEnd, viewer).content);
    ok(text.includes('failed, the message is too big for Teams: 8'), text);
    ok(text.includes('failed, SomethingNew: 2'), text);
  });
});

/** What the sender writes down for everything that the channel may answer. */
function recorded(): readonly string[] {
  const failures = [
    ...answered.map(([status, code]) => failure(status, code === null ? '' : { error: { code } })),
    ...Object.keys(forbiddenReasons).map((reason) => {
      const answer = forbidden(reason as ForbiddenReason);
      return failure(403, answer.kind === 'json' ? answer.body : '');
    }),
    ...broken.map((code) => Object.assign(new Error('broken'), { code })),
    Object.assign(new Error('deadline'), { name: 'AbortError' }),
    'something thrown that is no error',
  ];
  const chats = [null, { serviceUrl: 'https://smba.infra.gcc.teams.microsoft.com/teams/' }];
  return failures.flatMap((failed) =>
    chats.flatMap((reference) => {
      const outcome = sendOutcomeOf(failed);
      notEqual(outcome.kind, 'sent');
      return consequenceOf(outcome, { attempts: 9, reference, entraId: null }).reason ?? [];
    }),
  );
}

function failure(statusCode: number, body: unknown): Error {
  const response = { bodyAsText: typeof body === 'string' ? body : JSON.stringify(body) };
  return Object.assign(new Error('answered'), { statusCode, response });
}
