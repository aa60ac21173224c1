import type { Logger } from 'pino';
import { cloudOf } from './bot/clouds.ts';
import type { Config } from './config.ts';
import { openApiDocument } from './notices-api/openapi.ts';
import type { ApiParts } from './notices-api/operation.ts';
import { type Api, createApi } from './notices-api/serve.ts';
import { type ApiIssuer, createTokenCheck } from './notices-api/token.ts';
import type { Database } from './storage/connection.ts';
import { createRequestMemory } from './storage/request-memory.ts';

export type NoticesApiParts = ApiParts & {
  readonly config: Config;
  readonly database: Database;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn' | 'error'>;
};

/** The HTTP API for notices; null without API_AUDIENCE, and in local mode, where there is no tenant to sign in to. */
export function createNoticesApi(parts: NoticesApiParts): Api | null {
  const { config, database } = parts;
  const issuer = config.mode === 'teams' ? issuerOf(config) : null;
  if (issuer === null) return null;
  return createApi({
    ...parts,
    checkToken: createTokenCheck(issuer),
    memory: createRequestMemory(database),
    document: JSON.stringify(openApiDocument()),
  });
}

function issuerOf(config: Extract<Config, { mode: 'teams' }>): ApiIssuer | null {
  const { tenantId, notices } = config;
  if (notices.apiAudience === null) return null;
  const authority = `${cloudOf(config).authorityHost.replace(/\/$/, '')}/${tenantId}`;
  return {
    issuer: `${authority}/v2.0`,
    keysUrl: `${authority}/discovery/v2.0/keys`,
    tenantId,
    audience: notices.apiAudience,
  };
}
