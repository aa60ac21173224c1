import type { Pace } from './domain/notice-pace.ts';
import type { RoleParts } from './notices/roles.ts';
import type { CommonSettings } from './settings.ts';

export type NoticesConfig = {
  /** To more people than this, a second person approves; 0 is always. */
  readonly approvalAbove: number;
  /** Messages a second, of all processes together. */
  readonly rate: number;
  /** IANA; of people whose own zone is not known. */
  readonly timeZone: string;
  readonly pace: Pace;
  /** Who has which role; nobody where it is empty. */
  readonly roles: RoleParts['holders'];
  /** The app's id in the tenant's catalogue, to install it for whoever lacks it; null installs it for nobody. */
  readonly installedApp: string | null;
  /** Whom access tokens for the HTTP API are made out to, a client id; null where the API is off. */
  readonly apiAudience: string | null;
  /** Hosts (`name` or `name:port`) whose TLS is looked at once a day; empty is never. */
  readonly watchedHosts: readonly string[];
};

const haltAtLeast = 3;

export function readNotices(data: CommonSettings): NoticesConfig {
  return {
    approvalAbove: data.NOTICE_APPROVAL_ABOVE,
    rate: data.NOTICE_RATE,
    timeZone: data.NOTICE_TIME_ZONE ?? data.HELPDESK_TIME_ZONE,
    pace: { haltShare: data.NOTICE_HALT_ABOVE / 100, haltAtLeast, watchSeconds: data.NOTICE_WATCH * 60 },
    roles: {
      author: data.NOTICE_AUTHORS,
      approver: data.NOTICE_APPROVERS,
      auditor: data.NOTICE_AUDITORS,
    },
    installedApp: data.NOTICE_INSTALL_APP,
    apiAudience: data.API_AUDIENCE,
    watchedHosts: data.POLICY_WATCH_HOSTS,
  };
}

/** Where nobody has a role and the API is off, there are no notices to send, and no queue is kept. */
export function hasNotices({ roles, apiAudience }: Pick<NoticesConfig, 'roles' | 'apiAudience'>): boolean {
  return apiAudience !== null || Object.values(roles).some((holders) => holders.length > 0);
}
