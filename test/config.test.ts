import assert from 'node:assert/strict';
import { findDoubts, readConfig } from '../src/config.ts';
import { app, type Env, faults, readTeams, refusal, teams, tenant } from './config-builders.ts';

const identity = '99999999-0000-1111-2222-cccccccccccc';

describe('settings without any app', () => {
  it('make a local bot that only this machine can reach', () => {
    assert.deepEqual(readConfig({}), {
      mode: 'local',
      host: '127.0.0.1',
      port: 3978,
      trustedProxyHops: 0,
      databaseUrl: 'pglite:.data/db',
      publicUrl: 'http://127.0.0.1:3978',
      logLevel: 'info',
      attachmentHosts: [],
      connectorSettings: {},
      helpdesk: { name: null, contact: null },
      helpdeskChannel: null,
      helpdeskTimes: { hours: null, patience: { remindAfter: 240, closeAfter: 7_200 } },
      organisation: null,
      policyFile: null,
      scriptsFolder: null,
      notices: {
        approvalAbove: 50,
        rate: 25,
        timeZone: 'UTC',
        pace: { haltShare: 0.1, haltAtLeast: 3, watchSeconds: 300 },
        roles: { author: [], approver: [], auditor: [] },
        apiAudience: null,
        installedApp: null,
        watchedHosts: [],
      },
    });
  });

  it('count empty and blank values as missing', () => {
    assert.deepEqual(readConfig({ PORT: '', HOST: '  ', MICROSOFT_APP_ID: '' }), readConfig({}));
  });

  it('name the address of another port and of IPv6', () => {
    assert.equal(readConfig({ PORT: '4000' }).publicUrl, 'http://127.0.0.1:4000');
    assert.equal(readConfig({ HOST: '::1' }).publicUrl, 'http://[::1]:3978');
  });

  for (const host of ['0.0.0.0', '::', '192.168.1.5', '10.0.0.1', 'example.org', '127.0.0.1.example.org']) {
    it(`refuse to listen on ${host}, where others could reach a bot without sign-in`, () => {
      assert.deepEqual(faults({ HOST: host }), ['HOST']);
    });
  }
  for (const host of ['127.0.0.1', '127.8.9.1', '::1', 'localhost']) {
    it(`may listen on ${host}`, () => assert.equal(readConfig({ HOST: host }).host, host));
  }
});

describe('settings of a bot in Teams', () => {
  it('are complete with app, tenant, allowed tenants, one proof of identity and the public address', () => {
    const { mode, host, appId, tenantId, allowedTenants, identity, cloud, testChannel } = readTeams();
    assert.deepEqual(
      { mode, host, appId, tenantId, allowedTenants, identity, cloud, testChannel },
      {
        mode: 'teams',
        host: '0.0.0.0',
        appId: app,
        tenantId: tenant,
        allowedTenants: [tenant],
        identity: { kind: 'secret', secret: 'canary-secret' },
        cloud: 'public',
        testChannel: null,
      },
    );
  });

  it('are refused in production with the list of what is missing', () => {
    assert.deepEqual(faults({ NODE_ENV: 'production' }), [
      'PUBLIC_URL',
      'MICROSOFT_APP_ID',
      'MICROSOFT_APP_TENANT_ID',
      'ALLOWED_TENANTS',
      'MICROSOFT_APP_PASSWORD',
    ]);
  });

  for (const name of [
    'MICROSOFT_APP_ID',
    'MICROSOFT_APP_TENANT_ID',
    'MICROSOFT_APP_PASSWORD',
    'ALLOWED_TENANTS',
  ]) {
    it(`are refused when only ${name} is given: half a set is no local mode`, () => {
      const given = { [name]: teams[name as keyof typeof teams] };
      const missing = Object.keys(teams).filter((key) => key !== name && key !== 'NODE_ENV');
      assert.deepEqual(faults(given).toSorted(), missing.toSorted());
    });
    it(`are refused in production without ${name}`, () => {
      assert.deepEqual(faults({ ...teams, [name]: undefined }), [name]);
    });
  }

  it('compare ids without regard to case, and tenants once', () => {
    const config = readTeams({
      MICROSOFT_APP_ID: app.toUpperCase(),
      ALLOWED_TENANTS: ` ${tenant.toUpperCase()}, ${app} ,,${tenant}`,
    });
    assert.equal(config.appId, app);
    assert.deepEqual(config.allowedTenants, [tenant, app]);
  });

  it('refuse a misspelt name, which nobody would read', () => {
    assert.deepEqual(faults({ ...teams, MICROSOFT_APP_TENANTID: tenant }), ['MICROSOFT_APP_TENANTID']);
  });

  it('refuse the test channel in production', () => {
    assert.deepEqual(faults({ ...teams, TEST_CHANNEL: testChannel('http://127.0.0.1:1') }), ['TEST_CHANNEL']);
  });

  it('take a test channel elsewhere, on loopback and complete only', () => {
    const env = { ...teams, NODE_ENV: 'test' };
    const local = testChannel('http://127.0.0.1:4000');
    assert.deepEqual(readTeams({ ...env, TEST_CHANNEL: local }).testChannel, JSON.parse(local));
    for (const wrong of ['{}', 'no json', testChannel('https://evil.example')]) {
      assert.deepEqual(faults({ ...env, TEST_CHANNEL: wrong }), ['TEST_CHANNEL'], wrong);
    }
  });
});

describe('the proof of identity', () => {
  const none = { MICROSOFT_APP_PASSWORD: undefined };
  const managed = { MICROSOFT_APP_MANAGED_IDENTITY: identity };
  const pem = { MICROSOFT_APP_CERTIFICATE_PATH: '/etc/bot.pem' };

  it('can be a certificate', () => {
    assert.deepEqual(readTeams({ ...none, ...pem }).identity, { kind: 'certificate', path: '/etc/bot.pem' });
  });
  it('can be the managed identity of the app itself', () => {
    const config = readTeams({ ...none, MICROSOFT_APP_TYPE: 'UserAssignedMSI' });
    assert.deepEqual(config.identity, { kind: 'managed-identity', clientId: app });
  });
  it('can be a managed identity that the app trusts', () => {
    const config = readTeams({ ...none, ...managed, MICROSOFT_APP_TYPE: 'Federated' });
    assert.deepEqual(config.identity, { kind: 'federated', clientId: identity });
  });

  const wrong: readonly [string, Env, readonly string[]][] = [
    [
      'a misspelt type, which the SDK would take for multi-tenant',
      { MICROSOFT_APP_TYPE: 'SingelTenant' },
      ['MICROSOFT_APP_TYPE'],
    ],
    ['a type that is no more', { MICROSOFT_APP_TYPE: 'MultiTenant' }, ['MICROSOFT_APP_TYPE']],
    ['secret and certificate at once', pem, ['MICROSOFT_APP_PASSWORD and MICROSOFT_APP_CERTIFICATE_PATH']],
    [
      'a secret beside a managed identity',
      { MICROSOFT_APP_TYPE: 'UserAssignedMSI' },
      ['MICROSOFT_APP_PASSWORD'],
    ],
    [
      'Federated without its identity',
      { ...none, MICROSOFT_APP_TYPE: 'Federated' },
      ['MICROSOFT_APP_MANAGED_IDENTITY'],
    ],
    ['an identity that nothing uses', managed, ['MICROSOFT_APP_MANAGED_IDENTITY']],
  ];
  for (const [what, env, settings] of wrong) {
    it(`is refused: ${what}`, () => assert.deepEqual(faults({ ...teams, ...env }), settings));
  }
});

describe('a refusal of settings', () => {
  const error = refusal({
    NODE_ENV: 'production',
    PORT: 'canary-port',
    DATABASE_URL: 'mysql://user:canary-secret@host/db',
    MICROSOFT_APP_ID: 'canary-secret',
    MICROSOFT_APP_TYPE: 'canary-secret',
    MICROSOFT_APP_PASSWORD: 'canary-secret',
    ALLOWED_TENANTS: 'canary-secret',
    PUBLIC_URL: 'http://canary-secret.example',
  });

  it('names everything that is wrong at once, each on a line', () => {
    for (const { setting } of error.problems)
      assert.match(error.message, new RegExp(`^ {2}${setting}: `, 'm'));
    assert.equal(error.problems.length, 7);
  });
  it('says what was expected, what came and what to do', () => {
    assert.match(error.message, /PORT: expected a number from 0 to 65535, got "canary-port"/);
    assert.match(error.message, /MICROSOFT_APP_TENANT_ID: missing; expected the directory/);
    assert.match(error.message, /\.env\.example/);
  });
  it('quotes nothing that could be a secret, even in the wrong line', () => {
    assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}`, /canary-secret/);
  });
});

function testChannel(base: string): string {
  return JSON.stringify({
    ToChannelFromBotLoginUrl: `${base}/login`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: `${base}/oauth`,
    ToBotFromChannelOpenIdMetadataUrl: `${base}/channel/keys`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${base}/emulator/keys`,
    CallerId: 'urn:botframework:azure',
  });
}

describe('settings that can be used, at a price', () => {
  it('are pointed out: without hosts for attachments, no file in Teams is fetched', () => {
    const [doubt, ...others] = findDoubts(readTeams());
    assert.deepEqual([doubt?.setting, others], ['ATTACHMENT_HOSTS', []]);
    assert.match(doubt?.problem ?? '', /every file that people attach is refused/);
  });

  it('are not complained about when the hosts are named, nor in local mode, where files are local', () => {
    assert.deepEqual(findDoubts(readTeams({ ATTACHMENT_HOSTS: 'contoso-my.sharepoint.com' })), []);
    assert.deepEqual(findDoubts(readConfig({})), []);
  });
});
