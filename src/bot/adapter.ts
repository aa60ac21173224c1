import {
  type Activity,
  ActivityTypes,
  CloudAdapter,
  type ConversationReference,
  type InvokeResponse,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { Logger } from 'pino';
import type { LocalConfig, TeamsConfig } from '../config.ts';
import { type Border, GuardedAuthentication } from './authentication.ts';
import { cloudOf, loopbackOnly } from './clouds.ts';
import { createCredential, createTokenSource, SignWithToken } from './credentials.ts';
import { newFailureReference } from './fresh-ids.ts';
import { createInboundCheck, KeysUnavailable, TokenRefused } from './guards/inbound-token.ts';
import { UntrustedServiceUrl } from './guards/service-url.ts';
import { createAgents } from './guards/single-post.ts';
import { TenantRefused } from './guards/tenant.ts';
import { createOnce } from './once.ts';
import { outcomeOf } from './outcome.ts';
import { sayOutside } from './say-outside.ts';
import type { ReplyOutcome } from './turn-store.ts';

export type AdapterConfig =
  | Pick<LocalConfig, 'mode'>
  | Pick<
      TeamsConfig,
      'mode' | 'appId' | 'tenantId' | 'allowedTenants' | 'identity' | 'cloud' | 'testChannel'
    >;

export type OnTurn = (context: TurnContext) => Promise<void>;

/** What the server answers to the channel. */
export type Answer = { readonly status: number; readonly body?: unknown };

export type Adapter = {
  /** The SDK's own adapter, for the parts that need a TurnContext of it. */
  readonly cloud: CloudAdapter;
  /** Checks who sent an activity, runs the turn and answers; never throws. */
  receive(authorization: string, activity: Activity, onTurn: OnTurn): Promise<Answer>;
  /**
   * Runs a turn that no activity of the channel began, in the conversation of the reference. Rejects with what the
   * turn throws, and for a serviceUrl that is not trusted.
   */
  continueConversation(
    reference: Partial<ConversationReference>,
    activity: Partial<Activity>,
    onTurn: OnTurn,
  ): Promise<void>;
  /** A client for calls besides messages. Rejects for a serviceUrl that is not trusted. */
  connect(serviceUrl: string): Promise<ConnectorClient>;
  /** Sends outside a turn, in reply to the reference's activity if it names one. The reference's serviceUrl is checked before any token is attached. */
  sendActivity(reference: Partial<ConversationReference>, activity: Partial<Activity>): Promise<ReplyOutcome>;
  /** Edits outside a turn the message that `activity.id` names. */
  updateActivity(
    reference: Partial<ConversationReference>,
    activity: Partial<Activity>,
  ): Promise<ReplyOutcome>;
  /** Ends the connections that were kept for later. */
  close(): void;
};

export type AdapterOptions = {
  readonly timeoutMilliseconds?: number;
  /** What a person hears when their turn failed, with the reference that finds it in the log; null: nothing. */
  readonly sayFailed?: ((reference: string) => string) | null;
};

/** Long enough for a slow channel, short enough to answer the person's own message in time. */
const sendDeadline = 10_000;

export function createAdapter(
  config: AdapterConfig,
  log: Pick<Logger, 'warn' | 'error'>,
  { timeoutMilliseconds = sendDeadline, sayFailed = null }: AdapterOptions = {},
): Adapter {
  const border = borderOf(config, timeoutMilliseconds);
  const cloud = new GuardedAdapter(new GuardedAuthentication(border), log, sayFailed);
  return {
    cloud,
    receive: (authorization, activity, onTurn) => cloud.receive(authorization, activity, onTurn),
    continueConversation: (reference, activity, onTurn) => cloud.continueIn(reference, activity, onTurn),
    connect: (serviceUrl) => cloud.clientFor(serviceUrl),
    sendActivity: (reference, activity) => cloud.deliver(reference, activity, 'send'),
    updateActivity: (reference, activity) => cloud.deliver(reference, activity, 'update'),
    close() {
      border.agents.http.destroy();
      border.agents.https.destroy();
    },
  };
}

function borderOf(config: AdapterConfig, timeoutMilliseconds: number): Border {
  const common = { agents: createAgents(), timeoutMilliseconds };
  if (config.mode === 'local') {
    return {
      ...common,
      appId: '',
      audience: '',
      trusted: loopbackOnly,
      signing: new SignWithToken('', null),
      admission: { kind: 'anyone' },
    };
  }
  const cloud = cloudOf(config);
  const token = createTokenSource(createCredential(config), `${cloud.audience}/.default`);
  return {
    ...common,
    appId: config.appId,
    audience: cloud.audience,
    trusted: cloud,
    signing: new SignWithToken(config.appId, token),
    admission: {
      kind: 'channel',
      verify: createInboundCheck(cloud, config.appId),
      allowedTenants: config.allowedTenants,
    },
  };
}

class GuardedAdapter extends CloudAdapter {
  readonly #authentication: GuardedAuthentication;
  readonly #log: Pick<Logger, 'warn' | 'error'>;
  readonly #sayFailed: ((reference: string) => string) | null;
  /** The channel may send a failed activity again; nobody wants to be told again. */
  readonly #isFirstFailure = createOnce(1_000);

  constructor(
    authentication: GuardedAuthentication,
    log: Pick<Logger, 'warn' | 'error'>,
    sayFailed: ((reference: string) => string) | null,
  ) {
    super(authentication);
    this.#authentication = authentication;
    this.#log = log;
    this.#sayFailed = sayFailed;
    // Never rethrow here: the SDK would hand the error's text to the caller.
    this.onTurnError = async (_context, error) => log.error({ err: error }, 'turn failed');
  }

  /** Takes the place of `process`, which puts the text of errors into its answers. */
  async receive(authorization: string, activity: Activity, onTurn: OnTurn): Promise<Answer> {
    const ids = { activity: activity.id, type: activity.type, conversation: activity.conversation?.id };
    let authenticated: Awaited<ReturnType<GuardedAuthentication['authenticateRequest']>>;
    try {
      authenticated = await this.#authentication.authenticateRequest(activity, authorization);
    } catch (error) {
      this.#log.warn({ ...ids, code: codeOf(error) }, 'request refused');
      return { status: statusOf(error) };
    }
    let failed = false;
    const turn = async (context: TurnContext) => {
      try {
        await onTurn(context);
      } catch (error) {
        failed = true;
        await this.#reportFailure(activity, error);
      }
    };
    try {
      const invoke = await this.processActivity(authenticated, activity, turn);
      return failed ? { status: 500 } : answerOf(invoke);
    } catch (error) {
      this.#log.error({ ...ids, err: error }, 'activity failed');
      return { status: 500 };
    }
  }

  /** Best effort: a message that was answered 5xx is lost for good as a rule, so the person must hear of it. */
  async #reportFailure(activity: Activity, error: unknown): Promise<void> {
    const reference = newFailureReference();
    const { id, type, conversation } = activity;
    const ids = { activity: id, type, conversation: conversation.id, reference };
    this.#log.error({ ...ids, err: error }, 'turn failed');
    const isWaiting = type === ActivityTypes.Message || type === ActivityTypes.Invoke;
    if (this.#sayFailed === null || !isWaiting) return;
    if (!this.#isFirstFailure(`${conversation.id} ${id ?? reference}`)) return;
    const text = this.#sayFailed(reference);
    const outcome = await sayOutside((to, reply) => this.deliver(to, reply.activity, 'send'), activity, text);
    if (outcome.kind !== 'sent') this.#log.warn({ reference, outcome }, 'failure not told');
  }

  async continueIn(
    reference: Partial<ConversationReference>,
    activity: Partial<Activity>,
    onTurn: OnTurn,
  ): Promise<void> {
    const { activityId: _, ...place } = reference;
    const addressed = TurnContext.applyConversationReference({ ...activity }, place, true);
    let failure: { readonly error: unknown } | null = null;
    await this.processProactive(this.#authentication.identity(), addressed, undefined, async (context) => {
      // The SDK would hand it to onTurnError and go on as if nothing was.
      await onTurn(context).catch((error: unknown) => {
        failure = { error };
      });
    });
    if (failure !== null) throw (failure as { readonly error: unknown }).error;
  }

  clientFor(serviceUrl: string): Promise<ConnectorClient> {
    return this.#authentication.createConnectorFactory().create(serviceUrl);
  }

  async deliver(
    reference: Partial<ConversationReference>,
    activity: Partial<Activity>,
    kind: 'send' | 'update',
  ): Promise<ReplyOutcome> {
    try {
      const addressed = TurnContext.applyConversationReference({ ...activity }, reference);
      const { id: conversation = '' } = reference.conversation ?? {};
      const { conversations } = await this.clientFor(reference.serviceUrl ?? '');
      const { id: _, ...fresh } = addressed;
      const sent: ResourceResponse =
        kind === 'update'
          ? await conversations.updateActivity(conversation, activity.id ?? '', addressed)
          : reference.activityId === undefined
            ? await conversations.sendToConversation(conversation, fresh)
            : await conversations.replyToActivity(conversation, reference.activityId, fresh);
      return { kind: 'sent', activityId: sent.id ?? activity.id ?? null };
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

function answerOf(invoke: InvokeResponse | undefined): Answer {
  return invoke === undefined ? { status: 200 } : { status: invoke.status, body: invoke.body };
}

function statusOf(error: unknown): number {
  if (error instanceof TokenRefused) return 401;
  if (error instanceof TenantRefused || error instanceof UntrustedServiceUrl) return 403;
  return error instanceof KeysUnavailable ? 503 : 500;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
}
