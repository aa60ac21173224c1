import assert from 'node:assert/strict';
import { ClientSecretCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

describe('The token issuer of our own', () => {
  let issuer: TokenIssuer;
  before(async () => {
    issuer = await startTokenIssuer();
  });
  after(() => issuer.close());

  const ask = () => fetch(`${issuer.url}/oauth2/v2.0/token`, { method: 'POST', body: 'x' });

  it('signs as the channel does', async () => {
    const token = await issuer.token({ appId: 'app', serviceUrl: 'https://smba.trafficmanager.net/emea/' });
    const { iss, aud, serviceurl } = decodeJwt(token);
    assert.deepEqual(
      { iss, aud, serviceurl },
      {
        iss: 'https://api.botframework.com',
        aud: 'app',
        serviceurl: 'https://smba.trafficmanager.net/emea/',
      },
    );
  });

  it('publishes its keys, with endorsements, by the metadata', async () => {
    const metadata = await readJson<{ jwks_uri: string }>(await fetch(issuer.metadataUrl));
    const { keys } = await readJson<{ keys: { d?: string; endorsements?: string[] }[] }>(
      await fetch(metadata.jwks_uri),
    );
    assert.deepEqual(keys[0]?.endorsements, ['msteams']);
    assert.ok(keys.every((key) => key.d === undefined));
  });

  it('knows the tokens that it gave to the bot, and no others', async () => {
    const { access_token: token } = await readJson<{ access_token: string }>(await ask());
    assert.equal(await issuer.isBotToken(`Bearer ${token}`), true);
    const channels = await issuer.token({ appId: 'app', serviceUrl: 'x' });
    assert.equal(await issuer.isBotToken(`Bearer ${channels}`), false);
    assert.equal(await issuer.isBotToken(''), false);
  });

  it('counts what it gives, and fails as often as told', async () => {
    const before = issuer.counts.tokens;
    issuer.failTokens(1);
    assert.deepEqual([(await ask()).status, (await ask()).status], [503, 200]);
    assert.equal(issuer.counts.tokens - before, 2);
  });

  it('gives all seven settings, since one alone would drop the others', () => {
    assert.equal(Object.keys(issuer.settings()).length, 7);
  });

  it('is there because @azure/identity takes no authority without https', async () => {
    const credential = () =>
      new ClientSecretCredential('tenant', 'app', 'secret', { authorityHost: issuer.url });
    await assert.rejects(async () => credential().getToken('x/.default'), /https|insecure/i);
  });
});

async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}
