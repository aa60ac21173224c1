import type { z } from 'zod';
import {
  type HelpdeskChannelConfig,
  type HelpdeskTimesConfig,
  readHelpdeskChannel,
  readHelpdeskTimes,
} from './helpdesk-config.ts';
import { checkIdentity, type Identity, readIdentity } from './identity.ts';
import { type NoticesConfig, readNotices } from './notice-config.ts';
import {
  type CommonSettings,
  describeFault,
  isSetting,
  localSettings,
  type SettingProblem,
  type TeamsSettings,
  type TestChannel,
  teamsSettings,
} from './settings.ts';

type CommonConfig = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How many proxies of the operator's own stand in front and add to X-Forwarded-For. */
  readonly trustedProxyHops: number;
  /** `pglite:PATH` or a PostgreSQL URL, which may hold a password. */
  readonly databaseUrl: string;
  /** Base under which people's browsers reach this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly logLevel: CommonSettings['LOG_LEVEL'];
  /** Hosts, besides the channel's own, from which files may be fetched; lower case. */
  readonly attachmentHosts: readonly string[];
  /** Who takes over from the bot, and how and when they get back to people. */
  readonly helpdesk: { readonly name: string | null; readonly contact: string | null };
  /** Where the helpdesk's people work on tickets; null where they do not do so in Teams. */
  readonly helpdeskChannel: HelpdeskChannelConfig | null;
  readonly helpdeskTimes: HelpdeskTimesConfig;
  /** `HELPDESK_…` settings of connectors to other systems, which read them themselves; may hold secrets. */
  readonly connectorSettings: Readonly<Record<string, string>>;
  readonly organisation: string | null;
  /** A YAML file with the organisation's own rules on TLS; docs/policy.md. */
  readonly policyFile: string | null;
  /** A folder with signed scripts in place of the built-in ones; docs/scripts.md. */
  readonly scriptsFolder: string | null;
  readonly notices: NoticesConfig;
};

/** Without sign-in, on this machine alone. */
export type LocalConfig = CommonConfig & { readonly mode: 'local' };

export type TeamsConfig = CommonConfig & {
  readonly mode: 'teams';
  readonly appId: string;
  /** The tenant that the bot is registered in. */
  readonly tenantId: string;
  /** The tenants whose people may use it; lower case. */
  readonly allowedTenants: readonly string[];
  readonly identity: Identity;
  readonly cloud: TeamsSettings['BOT_CLOUD'];
  readonly testChannel: TestChannel | null;
};

export type Config = LocalConfig | TeamsConfig;

/** Settings are missing or wrong; the message names every one of them and quotes no secret. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  readonly code = 'config-invalid';
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[], advice: string) {
    const lines = problems.map(({ setting, problem }) => `  ${setting}: ${problem}`);
    super(['The settings cannot be used.', ...lines, advice].join('\n'));
    this.problems = problems;
  }
}

/** Settings that may stand as they are, but that the operator should know the price of. */
export function findDoubts(config: Config): readonly SettingProblem[] {
  if (config.mode === 'local' || config.attachmentHosts.length > 0) return [];
  const problem =
    'empty, so every file that people attach is refused and they have to paste its text; expected ' +
    'the OneDrive host of your tenant, such as contoso-my.sharepoint.com.';
  return [{ setting: 'ATTACHMENT_HOSTS', problem }];
}

type Given = Readonly<Record<string, string>>;

/** Reads the settings from environment variables; empty ones count as missing. Throws ConfigInvalid. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = dropEmpty(env);
  return isMeantForTeams(given) ? readTeamsConfig(given) : readLocalConfig(given);
}

function dropEmpty(env: Readonly<Record<string, string | undefined>>): Given {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** Half a Teams configuration must not quietly become a bot that answers anyone. */
function isMeantForTeams(given: Given): boolean {
  if (given.NODE_ENV === 'production' || given.ALLOWED_TENANTS !== undefined) return true;
  return Object.keys(given).some((name) => name.startsWith('MICROSOFT_APP_'));
}

function readLocalConfig(given: Given): LocalConfig {
  const parsed = localSettings.safeParse(given);
  if (!parsed.success) throw new ConfigInvalid(listFaults(parsed.error, given), advice.local);
  const { data } = parsed;
  const host = data.HOST.includes(':') ? `[${data.HOST}]` : data.HOST;
  return {
    mode: 'local',
    ...readCommon(data, given, data.HOST, data.PUBLIC_URL ?? `http://${host}:${data.PORT}`),
  };
}

function readTeamsConfig(given: Given): TeamsConfig {
  const parsed = teamsSettings.safeParse(given);
  const faults = parsed.success ? [] : listFaults(parsed.error, given);
  const problems = [...faults, ...checkIdentity(given), ...findMisspelt(given), ...findTestSettings(given)];
  if (!parsed.success || problems.length > 0) throw new ConfigInvalid(problems, advice.teams);
  const { data } = parsed;
  return {
    mode: 'teams',
    ...readCommon(data, given, data.HOST, data.PUBLIC_URL),
    appId: data.MICROSOFT_APP_ID,
    tenantId: data.MICROSOFT_APP_TENANT_ID,
    allowedTenants: [...new Set(data.ALLOWED_TENANTS)],
    identity: readIdentity(data),
    cloud: data.BOT_CLOUD,
    testChannel: data.TEST_CHANNEL ?? null,
  };
}

function readCommon(data: CommonSettings, given: Given, host: string, publicUrl: string): CommonConfig {
  return {
    host,
    port: data.PORT,
    trustedProxyHops: data.TRUSTED_PROXY_HOPS,
    databaseUrl: data.DATABASE_URL,
    publicUrl: publicUrl.replace(/\/$/, ''),
    logLevel: data.LOG_LEVEL,
    attachmentHosts: data.ATTACHMENT_HOSTS,
    helpdesk: { name: data.HELPDESK_NAME, contact: data.HELPDESK_CONTACT },
    helpdeskChannel: readHelpdeskChannel(data),
    helpdeskTimes: readHelpdeskTimes(data),
    connectorSettings: ofConnectors(given),
    organisation: data.ORGANISATION_NAME,
    policyFile: data.POLICY_FILE,
    scriptsFolder: data.SCRIPTS_DIR,
    notices: readNotices(data),
  };
}

function ofConnectors(given: Given): Given {
  const own = Object.entries(given).filter(([name]) => name.startsWith('HELPDESK_') && !isSetting(name));
  return Object.fromEntries(own);
}

/** MICROSOFT_APP_TENANTID would otherwise be read by nobody, and its owner would not know. */
function findMisspelt(given: Given): readonly SettingProblem[] {
  return Object.keys(given)
    .filter((name) => name.startsWith('MICROSOFT_APP_') && !isSetting(name))
    .map((setting) => ({ setting, problem: 'no setting has this name; look for a misspelling.' }));
}

function findTestSettings(given: Given): readonly SettingProblem[] {
  if (given.NODE_ENV !== 'production' || given.TEST_CHANNEL === undefined) return [];
  return [
    { setting: 'TEST_CHANNEL', problem: 'leave it out in production: it replaces the sign-in of Teams.' },
  ];
}

const advice = {
  local: 'Correct them in the environment or in .env; .env.example explains each.',
  teams: [
    'Correct them in the environment or in .env; .env.example explains each. To try the bot on this machine',
    'alone, leave out NODE_ENV=production, ALLOWED_TENANTS and everything that begins with MICROSOFT_APP_.',
  ].join('\n'),
};

function listFaults(error: z.ZodError, given: Given): readonly SettingProblem[] {
  const names = new Set(error.issues.map(({ path }) => String(path[0])));
  return [...names].filter(isSetting).map((setting) => ({
    setting,
    problem: describeFault(setting, given[setting]),
  }));
}
