import { AzureAuthorityHosts } from '@azure/identity';
import { AuthenticationConstants, GovernmentConstants } from 'botframework-connector';
import type { TeamsConfig } from '../config.ts';

/** Where a cloud's channel signs, and where the bot's own token comes from and may go. */
export type Cloud = {
  /** Issuer of the channel's tokens, exactly. */
  readonly issuer: string;
  readonly metadataUrl: string;
  /** Audience of the bot's own tokens. */
  readonly audience: string;
  readonly authorityHost: string;
  /** Hosts of the Bot Connector, exactly: anybody can register a name below trafficmanager.net. */
  readonly hosts: readonly string[];
  readonly loopback: boolean;
};

const commercial = {
  issuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
  metadataUrl: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
  audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
  authorityHost: AzureAuthorityHosts.AzurePublicCloud,
  loopback: false,
} as const;

const government = {
  issuer: GovernmentConstants.ToBotFromChannelTokenIssuer,
  metadataUrl: GovernmentConstants.ToBotFromChannelOpenIdMetadataUrl,
  audience: GovernmentConstants.ToChannelFromBotOAuthScope,
  authorityHost: AzureAuthorityHosts.AzureGovernment,
  loopback: false,
} as const;

const clouds: Readonly<Record<TeamsConfig['cloud'], Cloud>> = {
  public: { ...commercial, hosts: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'] },
  gcc: { ...commercial, hosts: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'] },
  'gcc-high': { ...government, hosts: ['smba.infra.gov.teams.microsoft.us'] },
  dod: { ...government, hosts: ['smba.infra.dod.teams.microsoft.us'] },
};

export function cloudOf({ cloud, testChannel }: Pick<TeamsConfig, 'cloud' | 'testChannel'>): Cloud {
  if (testChannel === null) return clouds[cloud];
  return {
    issuer: testChannel.ToBotFromChannelTokenIssuer,
    metadataUrl: testChannel.ToBotFromChannelOpenIdMetadataUrl,
    audience: testChannel.ToChannelFromBotOAuthScope,
    authorityHost: testChannel.ToChannelFromBotLoginUrl,
    hosts: clouds[cloud].hosts,
    loopback: true,
  };
}

/** Local mode: no tokens either way, and nobody but this machine. */
export const loopbackOnly: Pick<Cloud, 'hosts' | 'loopback'> = { hosts: [], loopback: true };
