import assert from 'node:assert/strict';
import { openSecrets, SecretUnavailable } from '../../src/helpdesk/key-vault.ts';
import { type HttpDouble, listen } from '../doubles/http-double.ts';

describe('A setting that names a secret in Key Vault', () => {
  let vault: HttpDouble;
  let asked: string[];
  beforeEach(async () => {
    asked = [];
    vault = await listen(async (request, response) => {
      asked.push(`${request.headers.authorization} ${request.url}`);
      const found = request.url?.startsWith('/secrets/mail?') === true;
      response.statusCode = found ? 200 : 403;
      response.end(JSON.stringify(found ? { value: 'canary-password' } : { error: { code: 'Forbidden' } }));
    });
  });
  afterEach(() => vault.close());

  const open = (value: string, allowLoopback = true) =>
    openSecrets(
      { HELPDESK_EMAIL_PASSWORD: value, HELPDESK_EMAIL_HOST: 'mail.example' },
      { token: async (scope) => `token-for-${scope}`, allowLoopback },
    );

  it('is replaced by the secret, asked for with a token of the app for vaults', async () => {
    assert.deepEqual(await open(`keyvault:${vault.url}/secrets/mail`), {
      HELPDESK_EMAIL_PASSWORD: 'canary-password',
      HELPDESK_EMAIL_HOST: 'mail.example',
    });
    assert.deepEqual(asked, [
      'Bearer token-for-https://vault.azure.net/.default /secrets/mail?api-version=7.4',
    ]);
  });

  it('that may not be read says which role is needed, and shows nothing', async () => {
    await assert.rejects(open(`keyvault:${vault.url}/secrets/other`), (error) => {
      assert.ok(error instanceof SecretUnavailable);
      assert.match(error.message, /^HELPDESK_EMAIL_PASSWORD: .*http-403.*Key Vault Secrets User/);
      assert.doesNotMatch(error.message, /token-for|127\.0\.0\.1/);
      return true;
    });
  });

  it('cannot be read without a token', async () => {
    const token = async () => assert.fail('no identity');
    const given = { HELPDESK_EMAIL_PASSWORD: `keyvault:${vault.url}/secrets/mail` };
    await assert.rejects(openSecrets(given, { token, allowLoopback: true }), /got no token/);
    assert.deepEqual(asked, []);
  });

  for (const address of [
    'https://vault.azure.net.evil.example/secrets/mail',
    'https://evilvault.azure.net/secrets/mail',
    'http://contoso.vault.azure.net/secrets/mail',
    'https://contoso.vault.azure.net:8443/secrets/mail',
    'https://contoso.vault.azure.net/keys/mail',
    'https://contoso.vault.azure.net/secrets/mail?api-version=1',
    'contoso/mail',
  ]) {
    it(`sends no token to ${address}`, async () => {
      await assert.rejects(open(`keyvault:${address}`), /expected keyvault:https/);
    });
  }

  it('is on this machine in local mode and tests alone', async () => {
    await assert.rejects(open(`keyvault:${vault.url}/secrets/mail`, false), /expected keyvault:https/);
    assert.deepEqual(asked, []);
  });
});
