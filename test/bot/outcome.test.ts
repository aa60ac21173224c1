import assert from 'node:assert/strict';
import { outcomeOf } from '../../src/bot/outcome.ts';
import type { ReplyOutcome } from '../../src/bot/turn-store.ts';

describe('Sending a message failed', () => {
  const table: readonly (readonly [string, unknown, ReplyOutcome])[] = [
    ['429 with seconds', answered(429, { 'retry-after': '17' }), later(17)],
    [
      '429 with a date long past',
      answered(429, { 'retry-after': 'Tue, 01 Jan 2019 00:00:00 GMT' }),
      later(1),
    ],
    ['429 with nonsense', answered(429, { 'retry-after': 'soon' }), later(10)],
    ['429 with a year', answered(429, { 'retry-after': '31536000' }), later(3600)],
    ['429 with zero', answered(429, { 'retry-after': '0' }), later(1)],
    ['429 alone', answered(429), later(10)],
    ['412', answered(412), later(5)],
    ['412 with seconds', answered(412, { 'retry-after': '2' }), later(2)],
    ['408', answered(408), { kind: 'unknown', reason: '408' }],
    ['500', answered(500), { kind: 'unknown', reason: '500' }],
    [
      '503, though it names a time',
      answered(503, { 'retry-after': '1' }),
      { kind: 'unknown', reason: '503' },
    ],
    ['an answer that nobody can read', answered(201, {}, '<html>'), { kind: 'sent', activityId: null }],
    ['400', answered(400, {}, '{"error":{"code":"BadArgument"}}'), refused('400 BadArgument')],
    ['401 without a body', answered(401), refused('401')],
    [
      '403 with a code',
      answered(403, {}, '{"error":{"code":"BotDisabledByAdmin"}}'),
      refused('403 BotDisabledByAdmin'),
    ],
    [
      '403 with JSON in its text',
      answered(403, {}, wrapped('MessageWritesBlocked')),
      refused('403 MessageWritesBlocked'),
    ],
    [
      '403 with a number and plain text',
      answered(403, {}, '{"errorCode":209,"message":"no"}'),
      refused('403'),
    ],
    [
      '404',
      answered(404, {}, '{"error":{"code":"ConversationNotFound"}}'),
      refused('404 ConversationNotFound'),
    ],
    ['413', answered(413, {}, '{"error":{"code":"MessageSizeTooBig"}}'), refused('413 MessageSizeTooBig')],
    ['no such name', withCode('ENOTFOUND'), later(5)],
    ['no answer of the name server', withCode('EAI_AGAIN'), later(5)],
    ['connection refused', withCode('ECONNREFUSED'), later(5)],
    ['a certificate of somebody else', withCode('ERR_TLS_CERT_ALTNAME_INVALID'), later(5)],
    ['no token', withCode('token-unavailable'), later(5)],
    ['reset', withCode('ECONNRESET'), { kind: 'unknown', reason: 'ECONNRESET' }],
    ['time-out of the connection', withCode('ETIMEDOUT'), { kind: 'unknown', reason: 'ETIMEDOUT' }],
    ['deadline', named('AbortError'), { kind: 'unknown', reason: 'AbortError' }],
    ['untrusted serviceUrl', withCode('untrusted-service-url'), refused('untrusted-service-url')],
    ['something thrown that is no error', 'oops', { kind: 'unknown', reason: 'unknown' }],
    ['nothing', undefined, { kind: 'unknown', reason: 'unknown' }],
  ];
  for (const [what, error, outcome] of table) {
    it(`${what}: ${outcome.kind}`, () => {
      assert.deepEqual(outcomeOf(error), outcome);
    });
  }

  it('never tells the text of the answer, which may quote the message', () => {
    const error = answered(400, {}, '{"error":{"message":"secret words"}}');
    assert.ok(!JSON.stringify(outcomeOf(error)).includes('secret'));
  });
});

/** As the SDK's HTTP client throws it. */
function answered(statusCode: number, headers: Record<string, string> = {}, bodyAsText = ''): Error {
  const response = { headers: new Headers(headers), bodyAsText };
  return Object.assign(new Error('answered'), { statusCode, response });
}

function withCode(code: string): Error {
  return Object.assign(new Error('failed'), { code });
}

function named(name: string): Error {
  return Object.assign(new Error('failed'), { name });
}

function later(retryAfterSeconds: number): ReplyOutcome {
  return { kind: 'later', retryAfterSeconds };
}

function refused(reason: string): ReplyOutcome {
  return { kind: 'refused', reason };
}

function wrapped(subCode: string): string {
  return JSON.stringify({ errorCode: 209, message: JSON.stringify({ subCode }) });
}
