import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import sinon from 'sinon';
import type { TokenIssuer } from './token-issuer.ts';

export const sdkToken = 'token-of-the-bot';

/** The SDK's adapter as it comes, without any guard of ours: what the guards are measured against. */
export function createSdkAdapter(issuer: TokenIssuer, appId: string): CloudAdapter {
  return new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(issuer.settings(), new FixedToken(appId)),
  );
}

export type SdkAnswer = { readonly status: number; readonly body: unknown; readonly turns: number };

/** Gives the adapter one request and tells what it answered and whether a turn ran. */
export async function askSdk(adapter: CloudAdapter, activity: unknown, token: string): Promise<SdkAnswer> {
  const answer = { status: 0, body: undefined as unknown, turns: 0 };
  const response = {
    socket: {},
    header: () => undefined,
    status: (status: number) => {
      answer.status = status;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    end: () => undefined,
  };
  const request = {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: activity as Record<string, unknown>,
  };
  // The SDK prints what it refuses.
  const silenced = sinon.stub(console, 'error');
  try {
    await adapter.process(request, response, async () => {
      answer.turns++;
    });
  } finally {
    silenced.restore();
  }
  return answer;
}

export function someActivity(serviceUrl: string, more: Partial<Activity> = {}): Partial<Activity> {
  const tenantId = '7c1b2f66-8d0e-4f0a-b1de-52c1d35f9e07';
  return {
    type: 'message',
    id: '1795507200001',
    channelId: 'msteams',
    serviceUrl,
    text: 'hello',
    from: { id: '29:1user-0001', name: 'Maria' },
    conversation: { id: 'a:1user-0001', conversationType: 'personal', tenantId } as Activity['conversation'],
    channelData: { tenant: { id: tenantId } },
    ...more,
  };
}

class FixedToken extends ServiceClientCredentialsFactory {
  readonly #appId: string;

  constructor(appId: string) {
    super();
    this.#appId = appId;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(): ReturnType<ServiceClientCredentialsFactory['createCredentials']> {
    return {
      async signRequest(request) {
        request.headers.set('authorization', `Bearer ${sdkToken}`);
        return request;
      },
    };
  }
}
