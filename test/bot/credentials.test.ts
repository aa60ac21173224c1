import assert from 'node:assert/strict';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { createCredential, createTokenSource, TokenUnavailable } from '../../src/bot/credentials.ts';

const scope = 'https://api.botframework.com/.default';
const minute = 60_000;

describe("The bot's own token", () => {
  it('is asked for once by many turns at a time', async () => {
    const issuer = createIssuer();
    const token = createTokenSource(issuer, scope, () => 0);
    const tokens = await Promise.all([token(), token(), token()]);
    assert.deepEqual(tokens, ['token-1', 'token-1', 'token-1']);
    assert.deepEqual(issuer.scopes, [scope]);
  });

  it('is kept until five minutes before its end, then renewed', async () => {
    let now = 0;
    const token = createTokenSource(createIssuer(), scope, () => now);
    assert.equal(await token(), 'token-1');
    now = 55 * minute - 1;
    assert.equal(await token(), 'token-1');
    now = 55 * minute;
    assert.equal(await token(), 'token-2');
  });

  it('is used to its end while a new one cannot be had', async () => {
    let now = 0;
    const issuer = createIssuer();
    const token = createTokenSource(issuer, scope, () => now);
    await token();
    issuer.broken = true;
    now = 59 * minute;
    assert.equal(await token(), 'token-1');
    now = 60 * minute;
    await assert.rejects(token(), TokenUnavailable);
  });

  it('is asked for again after a failure', async () => {
    const issuer = createIssuer();
    const token = createTokenSource(issuer, scope, () => 0);
    issuer.broken = true;
    await assert.rejects(token(), { code: 'token-unavailable' });
    issuer.broken = false;
    assert.equal(await token(), 'token-2');
  });
});

describe('An app registration with a secret', () => {
  it('signs in to its own tenant, for the scope of the channel, and nowhere else', async () => {
    const asked: string[] = [];
    const credential = createCredential(
      {
        appId: '0b07f9c2-5d1e-4f3a-9a51-3a8f0e6c7d21',
        tenantId: '7c1b2f66-8d0e-4f0a-b1de-52c1d35f9e07',
        identity: { kind: 'secret', secret: 'known to nobody' },
        cloud: 'public',
        testChannel: null,
      },
      { httpClient: recorder(asked) },
    );
    const token = await credential.getToken(scope);
    assert.equal(token?.token, 'token-of-entra');
    const login = 'https://login.microsoftonline.com/7c1b2f66-8d0e-4f0a-b1de-52c1d35f9e07/oauth2/v2.0/token';
    const [request] = asked.filter((one) => one.startsWith('POST'));
    assert.ok(request?.startsWith(`POST ${login}`), request);
    assert.match(request ?? '', /scope=https%3A%2F%2Fapi\.botframework\.com%2F\.default/);
    assert.ok(asked.every((one) => one.includes(' https://login.microsoft')));
  });
});

type FakeIssuer = TokenCredential & { broken: boolean; readonly scopes: unknown[] };

/** Answers token-1, token-2 … each good for the hour that began at 0. */
function createIssuer(): FakeIssuer {
  const issuer: FakeIssuer = {
    broken: false,
    scopes: [],
    async getToken(scopes): Promise<AccessToken> {
      issuer.scopes.push(scopes);
      if (issuer.broken) throw new Error('out of order');
      const expiresOnTimestamp = 60 * minute * issuer.scopes.length;
      return { token: `token-${issuer.scopes.length}`, expiresOnTimestamp };
    },
  };
  return issuer;
}

type HttpClient = NonNullable<NonNullable<Parameters<typeof createCredential>[1]>['httpClient']>;

/** Stands in for Microsoft Entra: writes down what is asked, and grants it. */
function recorder(asked: string[]): HttpClient {
  return {
    async sendRequest(request) {
      asked.push(`${request.method} ${request.url} ${typeof request.body === 'string' ? request.body : ''}`);
      const tenant = 'https://login.microsoftonline.com/7c1b2f66-8d0e-4f0a-b1de-52c1d35f9e07';
      const body =
        request.method === 'POST'
          ? { token_type: 'Bearer', expires_in: 3600, access_token: 'token-of-entra' }
          : {
              issuer: `${tenant}/v2.0`,
              token_endpoint: `${tenant}/oauth2/v2.0/token`,
              authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
              jwks_uri: `${tenant}/discovery/v2.0/keys`,
              tenant_discovery_endpoint: `${tenant}/v2.0/.well-known/openid-configuration`,
              metadata: [],
            };
      return { request, status: 200, headers: request.headers, bodyAsText: JSON.stringify(body) };
    },
  };
}
