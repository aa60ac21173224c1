import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { type Hours, readWeek } from './domain/hours.ts';
import { noticeExpectations, noticeSettings } from './notice-settings.ts';
import { duration, guid, splitList, timeZone, wholeNumber } from './setting-forms.ts';

/** The environment variables that the program reads: their form, and the words for it. */

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const words = z.string().max(300).nullable().default(null);
const conversationId = z.string().regex(/^[A-Za-z0-9:@._-]{1,200}$/);
const minutes = z.number().int().min(1).max(525_600);
const targets = z.strictObject({ high: minutes, normal: minutes, low: minutes });
const usualTargets: z.infer<typeof targets> = { high: 120, normal: 480, low: 1_440 };
const week = z.custom<Hours['week']>((value) => value !== null);
const hostName = z
  .string()
  .toLowerCase()
  .regex(/^([a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}$/);
const listenAddress = z.string().refine((host) => isIP(host) !== 0 || host === 'localhost');
const loopbackUrl = z.string().refine((text) => isLoopback(parseUrl(text)?.hostname ?? ''));
const testChannel = z.object({
  ToChannelFromBotLoginUrl: loopbackUrl,
  ToChannelFromBotOAuthScope: z.string(),
  ToBotFromChannelTokenIssuer: z.string(),
  OAuthUrl: loopbackUrl,
  ToBotFromChannelOpenIdMetadataUrl: loopbackUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: loopbackUrl,
  CallerId: z.string(),
});

/** Stands in for Microsoft's endpoints in tests; the SDK drops every default as soon as one is given. */
export type TestChannel = z.infer<typeof testChannel>;

const commonSettings = z.object({
  PORT: wholeNumber(0, 65_535).default(3978),
  TRUSTED_PROXY_HOPS: z.string().regex(/^\d$/).transform(Number).default(0),
  DATABASE_URL: z.string().refine(isDatabaseUrl).default('pglite:.data/db'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  ATTACHMENT_HOSTS: z.string().transform(splitList).pipe(z.array(hostName)).default([]),
  HELPDESK_NAME: words,
  HELPDESK_CONTACT: words,
  HELPDESK_HOURS: z.string().transform(readWeek).pipe(week).nullable().default(null),
  HELPDESK_TIME_ZONE: timeZone.default('UTC'),
  HELPDESK_HOLIDAYS: z.string().transform(splitList).pipe(z.array(z.iso.date())).default([]),
  HELPDESK_REMIND_AFTER: duration.default(240),
  HELPDESK_CLOSE_AFTER: duration.default(7_200),
  HELPDESK_CHANNEL: conversationId.nullable().default(null),
  HELPDESK_GROUP: guid.nullable().default(null),
  HELPDESK_THREADS: z.enum(['conversation', 'reply']).default('conversation'),
  HELPDESK_NOTE_MARKER: z
    .string()
    .regex(/^[^\sA-Za-z0-9<>&]{1,5}$/)
    .default('//'),
  HELPDESK_TARGETS: z.string().transform(readTargets).pipe(targets).default(usualTargets),
  HELPDESK_DIGEST_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable()
    .default(null),
  HELPDESK_MANY_ALIKE: wholeNumber(2, 9_999).default(5),
  ORGANISATION_NAME: words,
  POLICY_FILE: z.string().nullable().default(null),
  SCRIPTS_DIR: z.string().nullable().default(null),
  ...noticeSettings,
});

export const localSettings = commonSettings.extend({
  HOST: listenAddress.refine(isLoopback).default('127.0.0.1'),
  PUBLIC_URL: z
    .string()
    .refine((text) => isBaseUrl(text, ['http:', 'https:']))
    .optional(),
});

export const teamsSettings = commonSettings.extend({
  HOST: listenAddress.default('0.0.0.0'),
  PUBLIC_URL: z.string().refine((text) => isBaseUrl(text, ['https:'])),
  MICROSOFT_APP_ID: guid,
  MICROSOFT_APP_TYPE: z.enum(['SingleTenant', 'UserAssignedMSI', 'Federated']).default('SingleTenant'),
  MICROSOFT_APP_TENANT_ID: guid,
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_CERTIFICATE_PATH: z.string().optional(),
  MICROSOFT_APP_MANAGED_IDENTITY: guid.optional(),
  ALLOWED_TENANTS: z.string().transform(splitList).pipe(z.array(guid).min(1)),
  HELPDESK_CHANNEL: conversationId
    .regex(/^19:[A-Za-z0-9_-]{1,150}@thread\.(tacv2|skype)$/)
    .nullable()
    .default(null),
  BOT_CLOUD: z.enum(['public', 'gcc', 'gcc-high', 'dod']).default('public'),
  TEST_CHANNEL: z.string().transform(parseJson).pipe(testChannel).optional(),
});

export type CommonSettings = z.infer<typeof commonSettings>;
export type TeamsSettings = z.infer<typeof teamsSettings>;

const expectations: Readonly<Record<keyof TeamsSettings, string>> = {
  HOST: 'an IP address to listen on; in local mode nobody signs in, so only 127.0.0.1 or ::1',
  PORT: 'a number from 0 to 65535',
  TRUSTED_PROXY_HOPS: 'a number from 0 to 9: how many proxies of yours stand in front of this server',
  DATABASE_URL: 'pglite:PATH or postgres://USER:PASSWORD@HOST/DATABASE',
  PUBLIC_URL: 'the https address under which people reach this server, without query',
  LOG_LEVEL: `one of ${logLevels.join(', ')}`,
  ATTACHMENT_HOSTS: 'host names in full, separated by commas, such as contoso-my.sharepoint.com',
  HELPDESK_NAME: 'at most 300 characters',
  HELPDESK_CONTACT: 'at most 300 characters',
  HELPDESK_HOURS: 'days and times, such as Mon-Fri 08:00-17:00, Sat 09:00-12:00',
  HELPDESK_TIME_ZONE: 'the time zone of HELPDESK_HOURS, such as Europe/Zurich',
  HELPDESK_HOLIDAYS: 'days on which nobody is there, such as 2026-12-25,2026-12-26',
  HELPDESK_REMIND_AFTER: 'a time such as 30m, 4h or 2d',
  HELPDESK_CLOSE_AFTER: 'a time such as 30m, 4h or 5d',
  HELPDESK_CHANNEL: "the id of the helpdesk's channel, such as 19:abc@thread.tacv2",
  HELPDESK_GROUP: "the object id of the Entra group of the helpdesk's people, a GUID",
  HELPDESK_THREADS: 'conversation or reply',
  HELPDESK_NOTE_MARKER: 'up to five signs, such as //, that are no letters, digits, blanks, <, > or &',
  HELPDESK_TARGETS: 'minutes for each urgency, such as high=120,normal=480,low=1440',
  HELPDESK_DIGEST_AT: 'a time of day, such as 08:00',
  HELPDESK_MANY_ALIKE: 'a number from 2 to 9999',
  ORGANISATION_NAME: 'at most 300 characters',
  SCRIPTS_DIR: 'the folder that npm run scripts:sign wrote the scripts to',
  POLICY_FILE: "the path of a YAML file with your organisation's rules, see docs/policy.md",
  ...noticeExpectations,
  MICROSOFT_APP_ID: 'the application (client) id of the bot, a GUID',
  MICROSOFT_APP_TYPE: 'SingleTenant, UserAssignedMSI or Federated',
  MICROSOFT_APP_TENANT_ID: 'the directory (tenant) id that the bot is registered in, a GUID',
  MICROSOFT_APP_PASSWORD: 'the client secret, or else MICROSOFT_APP_CERTIFICATE_PATH',
  MICROSOFT_APP_CERTIFICATE_PATH: 'the path of a PEM file with the certificate and its private key',
  MICROSOFT_APP_MANAGED_IDENTITY: 'the client id of the managed identity that the app trusts, a GUID',
  ALLOWED_TENANTS: 'the tenants whose people may use the bot, GUIDs separated by commas',
  BOT_CLOUD: 'public, gcc, gcc-high or dod',
  TEST_CHANNEL: 'for tests only: JSON of all seven channel settings, on loopback',
};

export type Setting = keyof TeamsSettings;

export type SettingProblem = { readonly setting: string; readonly problem: string };

export const settingNames: readonly string[] = Object.keys(expectations);

export function isSetting(name: string): name is Setting {
  return Object.hasOwn(expectations, name);
}

/** Values of these may be quoted; anything else could be, or hold, a secret put into the wrong line. */
const quotable: ReadonlySet<string> = new Set(['HOST', 'PORT', 'LOG_LEVEL', 'BOT_CLOUD']);

/** What is wrong with a setting that is missing (`value` undefined) or malformed. */
export function describeFault(name: Setting, value: string | undefined): string {
  if (value === undefined) return `missing; expected ${expectations[name]}.`;
  const came = quotable.has(name) ? `, got "${value}"` : '';
  return `expected ${expectations[name]}${came}.`;
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  return bare === 'localhost' || (family !== 0 && loopback.check(bare, family === 6 ? 'ipv6' : 'ipv4'));
}

function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('pglite:')) return text.length > 'pglite:'.length;
  const url = parseUrl(text);
  return url !== null && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1;
}

function isBaseUrl(text: string, protocols: readonly string[]): boolean {
  const url = parseUrl(text);
  if (url === null || !protocols.includes(url.protocol)) return false;
  return url.search === '' && url.hash === '' && url.username === '' && url.password === '';
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** `high=60,low=900`: what is left out keeps its usual value; anything else is no object of minutes. */
function readTargets(text: string): unknown {
  const pairs = splitList(text).map((part) => part.split('='));
  return { ...usualTargets, ...Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
