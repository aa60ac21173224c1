import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  AuthenticationError,
  type BotFrameworkClient,
  ClaimsIdentity,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { type ConnectorOptions, GuardedConnectors } from './connectors.ts';
import type { VerifyInbound } from './guards/inbound-token.ts';
import { requireTrusted } from './guards/service-url.ts';
import { requireAllowedTenant } from './guards/tenant.ts';

/** Whom the bot listens to. `anyone` is for local mode, where the server hears only this machine. */
export type Admission =
  | { readonly kind: 'anyone' }
  | {
      readonly kind: 'channel';
      readonly verify: VerifyInbound;
      readonly allowedTenants: readonly string[];
    };

export type Border = ConnectorOptions & {
  readonly appId: string;
  readonly audience: string;
  readonly admission: Admission;
};

/** Stands in for the SDK's checks of what comes in, and for its clients for what goes out. */
export class GuardedAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #border: Border;
  readonly #connectors: GuardedConnectors;
  #userTokens: Promise<UserTokenClient> | null = null;

  constructor(border: Border) {
    super({ MicrosoftAppId: border.appId }, border.signing);
    this.#border = border;
    this.#connectors = new GuardedConnectors(border);
  }

  /** Throws TokenRefused, KeysUnavailable, UntrustedServiceUrl or TenantRefused. */
  override async authenticateRequest(
    activity: Activity,
    authorization: string,
  ): Promise<AuthenticateRequestResult> {
    const { admission, audience, trusted } = this.#border;
    if (admission.kind === 'channel') {
      await admission.verify(authorization, activity);
      requireAllowedTenant(activity, admission.allowedTenants);
    }
    requireTrusted(activity.serviceUrl, trusted);
    return { audience, claimsIdentity: this.identity(), connectorFactory: this.#connectors };
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors;
  }

  /** Made once: the bot signs nobody in, but the SDK wants one in every turn. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(identity);
    return this.#userTokens;
  }

  override authenticateChannelRequest(): Promise<ClaimsIdentity> {
    return Promise.reject(new AuthenticationError('Skills are not served.', 401));
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new AuthenticationError('Streaming is not served.', 401));
  }

  override createBotFrameworkClient(): BotFrameworkClient {
    throw new AuthenticationError('Skills are not called.', 401);
  }

  /** Whoever is let in speaks as the channel; turns of the bot's own do too. */
  identity(): ClaimsIdentity {
    const { appId, admission } = this.#border;
    if (admission.kind === 'anyone') return new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType);
    return new ClaimsIdentity([{ type: AuthenticationConstants.AudienceClaim, value: appId }], true);
  }
}
