import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { readConfig, type TeamsConfig } from '../src/config.ts';
import { connectorKinds } from '../src/helpdesk/registry.ts';
import { isSetting, settingNames } from '../src/settings.ts';
import { app, type Env, faults, readTeams, teams, tenant } from './config-builders.ts';

describe('a single setting', () => {
  const refused: Record<string, readonly string[]> = {
    PORT: ['-1', '65536', '80a', '1e3', '3.5', '0x50'],
    DATABASE_URL: ['pglite:', 'mysql://h/d', 'postgres://h', 'data', 'postgres:/'],
    LOG_LEVEL: ['INFO', 'verbose'],
    TRUSTED_PROXY_HOPS: ['-1', '10', '1.5', 'all', '0x1'],
    PUBLIC_URL: [
      'http://bot.example',
      'bot.example',
      'https://u:p@bot.example',
      'https://bot.example/?a=1',
      'https://bot.example/#a',
    ],
    ATTACHMENT_HOSTS: [
      '*.sharepoint.com',
      'https://a.sharepoint.com',
      'localhost',
      '10.0.0.1',
      'a.example:443',
      'a..b.example',
    ],
    MICROSOFT_APP_ID: ['bot', `${app}0`, `{${app}}`],
    MICROSOFT_APP_TENANT_ID: ['common', 'contoso.onmicrosoft.com'],
    ALLOWED_TENANTS: [',', '*', `${tenant} ${app}`, `${tenant},common`],
    BOT_CLOUD: ['Public', 'china'],
    HELPDESK_CONTACT: ['x'.repeat(301)],
    HELPDESK_CHANNEL: [
      'general',
      '19:a@thread.tacv2;messageid=1',
      'https://teams.microsoft.com/l/channel/19',
    ],
    HELPDESK_HOURS: ['9 to 5', 'Mon-Fri 17:00-08:00', 'Mon-Fri 08:00-17:00;Sat 09:00-10:00'],
    HELPDESK_TIME_ZONE: ['Zurich', 'Europe/Nowhere'],
    HELPDESK_HOLIDAYS: ['25.12.2026', '2026-02-30'],
    HELPDESK_REMIND_AFTER: ['4', '0h', 'never', '1.5h'],
    HELPDESK_CLOSE_AFTER: ['5 days', '0d'],
    HELPDESK_GROUP: ['Helpdesk'],
    HELPDESK_THREADS: ['both'],
    HELPDESK_NOTE_MARKER: ['note', '<!', '//////'],
    HELPDESK_TARGETS: ['high', 'high=0', 'urgent=5', 'low=soon', 'high=1.5'],
    HELPDESK_DIGEST_AT: ['8:00', '24:00', 'morning'],
    HELPDESK_MANY_ALIKE: ['1', 'many'],
    NOTICE_APPROVAL_ABOVE: ['-1', 'all', '1.5'],
    NOTICE_RATE: ['0', '51', 'fast'],
    NOTICE_TIME_ZONE: ['Zurich'],
    NOTICE_HALT_ABOVE: ['0', '101', '10%'],
    NOTICE_WATCH: ['5', '0m'],
    NOTICE_AUTHORS: ['maria@contoso.example', `group ${app}`, `group:${app}0`, `${app};${tenant}`],
    NOTICE_APPROVERS: ['*', 'all'],
    NOTICE_AUDITORS: [`people:${app}`],
    API_AUDIENCE: ['api://handshake', '*'],
    POLICY_WATCH_HOSTS: ['https://login.example.com', 'login', '10.0.0.1', 'a.example:port'],
  };
  for (const [name, values] of Object.entries(refused)) {
    it(`${name} is refused when it is malformed`, () => {
      for (const value of values) assert.deepEqual(faults({ ...teams, [name]: value }), [name], value);
    });
  }

  const taken: readonly [string, Env, Partial<TeamsConfig>][] = [
    ['port 0, any free one', { PORT: '0' }, { port: 0 }],
    [
      'a PostgreSQL URL',
      { DATABASE_URL: 'postgresql://u:p@h:5433/d' },
      { databaseUrl: 'postgresql://u:p@h:5433/d' },
    ],
    [
      'a public address with a slash',
      { PUBLIC_URL: 'https://a.example/bot/' },
      { publicUrl: 'https://a.example/bot' },
    ],
    [
      'hosts',
      { ATTACHMENT_HOSTS: 'A.example.com, b.example' },
      { attachmentHosts: ['a.example.com', 'b.example'] },
    ],
    [
      'words',
      { HELPDESK_NAME: 'IT', HELPDESK_CONTACT: 'by chat', ORGANISATION_NAME: 'Contoso' },
      { helpdesk: { name: 'IT', contact: 'by chat' }, organisation: 'Contoso' },
    ],
    [
      'how notices go out',
      { NOTICE_APPROVAL_ABOVE: '0', NOTICE_HALT_ABOVE: '5', NOTICE_WATCH: '1h', NOTICE_RATE: '50' },
      {
        notices: {
          ...readTeams().notices,
          approvalAbove: 0,
          rate: 50,
          timeZone: 'UTC',
          pace: { haltShare: 0.05, haltAtLeast: 3, watchSeconds: 3_600 },
        },
      },
    ],
    [
      'people and groups who have a role',
      { NOTICE_AUTHORS: `${app.toUpperCase()}, group:${tenant}` },
      {
        notices: {
          ...readTeams().notices,
          roles: {
            author: [
              { kind: 'person', id: app },
              { kind: 'group', id: tenant },
            ],
            approver: [],
            auditor: [],
          },
        },
      },
    ],
    [
      "the organisation's time zone for notices, too",
      { HELPDESK_TIME_ZONE: 'Europe/Zurich' },
      { notices: readTeams({ NOTICE_TIME_ZONE: 'Europe/Zurich' }).notices },
    ],
  ];
  for (const [what, env, part] of taken) {
    it(`is taken: ${what}`, () => assert.partialDeepStrictEqual(readTeams(env), part));
  }
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  it('names every setting but the one for tests, and no other', () => {
    const named = Object.keys(parseEnv(example));
    assert.deepEqual(
      named.filter((name) => !isSetting(name)).toSorted(),
      connectorKinds.flatMap(({ settings }) => settings).toSorted(),
    );
    assert.deepEqual(
      settingNames.filter((name) => !named.includes(name)),
      ['TEST_CHANNEL'],
    );
  });
  it('leaves the bot in local mode when it is copied as it is', () => {
    assert.deepEqual(readConfig(parseEnv(example)), readConfig({}));
  });
});
