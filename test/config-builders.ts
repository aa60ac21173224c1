import assert from 'node:assert/strict';
import { type Config, ConfigInvalid, readConfig, type TeamsConfig } from '../src/config.ts';

export const app = '11111111-2222-3333-4444-aaaaaaaaaaaa';
export const tenant = '55555555-6666-7777-8888-bbbbbbbbbbbb';

/** The least that a bot in Teams needs. */
export const teams = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://bot.contoso.example',
  MICROSOFT_APP_ID: app,
  MICROSOFT_APP_TENANT_ID: tenant,
  MICROSOFT_APP_PASSWORD: 'canary-secret',
  ALLOWED_TENANTS: tenant,
};

export type Env = Record<string, string | undefined>;

export function readTeams(env: Env = {}): TeamsConfig {
  const config = readConfig({ ...teams, ...env });
  assert.ok(config.mode === 'teams');
  return config;
}

/** The settings that are found wrong. */
export function faults(env: Env): readonly string[] {
  return refusal(env).problems.map(({ setting }) => setting);
}

export function refusal(env: Env): ConfigInvalid {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigInvalid);
    return error;
  }
  assert.fail(`expected a refusal, got ${JSON.stringify(config)}`);
}
