import { type Activity, type ConversationReference, TurnContext } from 'botbuilder';
import type { NoticeChannel, Reference, SendOutcome } from '../notices/send-outcome.ts';
import type { Adapter } from './adapter.ts';
import { outcomeOf } from './outcome.ts';

export type NoticeChannelParts = {
  readonly adapter: Pick<Adapter, 'connect'>;
  readonly appId: string;
  readonly tenantId: string;
  /** Where conversations are created, such as `https://smba.trafficmanager.net/teams/`. */
  readonly serviceUrl: string;
};

/** Sends notices through the guarded connector, one request each, and creates conversations by Entra id. */
export function createNoticeChannel(parts: NoticeChannelParts): NoticeChannel {
  return {
    send: (reference, message) => send(parts, reference, message),
    create: (person) => create(parts, person),
  };
}

async function send(
  { adapter }: NoticeChannelParts,
  reference: Reference,
  message: Readonly<Record<string, unknown>>,
): Promise<SendOutcome> {
  try {
    const place = reference as Partial<ConversationReference>;
    const { activityId: _, ...to } = place;
    const { id, ...activity } = TurnContext.applyConversationReference(
      { ...message } as Partial<Activity>,
      to,
    );
    const { conversations } = await adapter.connect(reference.serviceUrl ?? '');
    const sent = await conversations.sendToConversation(reference.conversation?.id ?? '', activity);
    return { kind: 'sent', activityId: sent.id ?? null };
  } catch (error) {
    return sendOutcomeOf(error);
  }
}

async function create(
  { adapter, appId, tenantId: own, serviceUrl }: NoticeChannelParts,
  person: { readonly entraId: string; readonly tenantId: string | null },
): Promise<SendOutcome> {
  const tenantId = person.tenantId ?? own;
  const bot = { id: `28:${appId}`, name: '' };
  const user = { id: person.entraId, name: '' };
  try {
    const { conversations } = await adapter.connect(serviceUrl);
    const parameters = {
      isGroup: false,
      bot,
      members: [user],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    };
    // The SDK's type wants an activity that the channel does not.
    const made = await conversations.createConversation(
      parameters as unknown as Parameters<typeof conversations.createConversation>[0],
    );
    if (!made.id) return { kind: 'unknown', reason: 'no-id' };
    const conversation = { id: made.id, isGroup: false, conversationType: 'personal', tenantId };
    return { kind: 'created', reference: { channelId: 'msteams', serviceUrl, bot, user, conversation } };
  } catch (error) {
    return sendOutcomeOf(error);
  }
}

/** As for replies; and tells the limit, which is everybody's, from what concerns one conversation. */
export function sendOutcomeOf(error: unknown): SendOutcome {
  const outcome = outcomeOf(error);
  if (outcome.kind === 'later') {
    const isLimit = (error as { statusCode?: unknown }).statusCode === 429;
    return { ...outcome, kind: isLimit ? 'throttled' : 'later' };
  }
  if (outcome.kind !== 'refused') return outcome;
  const [status, ...code] = outcome.reason.split(' ');
  return /^\d{3}$/.test(status ?? '')
    ? { kind: 'refused', status: Number(status), code: code.join(' ') || null }
    : { kind: 'refused', status: null, code: outcome.reason };
}
