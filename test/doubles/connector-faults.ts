import { json, type WireAnswer } from './http-double.ts';

export type ForbiddenReason =
  | 'BotDisabledByAdmin'
  | 'BotNotInConversationRoster'
  | 'ConversationBlockedByUser'
  | 'MessageWritesBlocked'
  | 'ForbiddenOperationException'
  | 'InvalidBotApiHost';

/** What goes wrong with a request. `accepted` tells whether the message reached the user all the same. */
export type Fault =
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'precondition' }
  | { readonly kind: 'forbidden'; readonly reason: ForbiddenReason }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'status'; readonly status: number; readonly accepted: boolean }
  | { readonly kind: 'reset'; readonly accepted: boolean }
  | { readonly kind: 'hang'; readonly accepted: boolean };

const forbiddenTexts: Readonly<Record<Exclude<ForbiddenReason, 'MessageWritesBlocked'>, string>> = {
  BotDisabledByAdmin: 'The tenant admin disabled this bot',
  BotNotInConversationRoster: 'The bot is not part of the conversation roster.',
  ConversationBlockedByUser: 'User blocked the conversation with the bot.',
  ForbiddenOperationException: "Bot is not installed in user's personal scope",
  InvalidBotApiHost:
    'Invalid bot api host. For GCC tenants, please call https://smba.infra.gcc.teams.microsoft.com',
};

export function faultAnswer(fault: Fault): WireAnswer {
  switch (fault.kind) {
    case 'throttled':
      return throttled(fault.retryAfterSeconds);
    case 'precondition':
      return problem(412, 'PreconditionFailed', 'Precondition failed, please try again.');
    case 'forbidden':
      return forbidden(fault.reason);
    case 'not-found':
      return problem(404, 'ConversationNotFound', 'Conversation not found.');
    case 'redirect':
      return json(307, {}, { Location: fault.to });
    case 'status':
      return problem(fault.status, 'ServiceError', 'An error occurred while processing your request.');
    case 'reset':
    case 'hang':
      return { kind: fault.kind };
  }
}

export function throttled(retryAfterSeconds: number | null): WireAnswer {
  const headers: Record<string, string> =
    retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return json(429, errorBody('Throttled', 'API calls quota exceeded'), headers);
}

export function problem(status: number, code: string, message: string): WireAnswer {
  return json(status, errorBody(code, message));
}

export function forbidden(reason: ForbiddenReason): WireAnswer {
  if (reason !== 'MessageWritesBlocked') return problem(403, reason, forbiddenTexts[reason]);
  // Teams wraps this one differently: a number, and JSON inside the text.
  const inner = { subCode: 'MessageWritesBlocked', details: 'Thread is not writable', errorCode: 209 };
  return json(403, { errorCode: 209, message: JSON.stringify(inner) });
}

function errorBody(code: string, message: string): unknown {
  return { error: { code, message } };
}
