import type { Logger } from 'pino';
import { createGroupCheck } from './bot/helpdesk/group.ts';
import type { Config } from './config.ts';
import { graphAccess } from './graph-access.ts';
import { createRolesOf, type RolesOf } from './notices/roles.ts';

export type NoticeRolesParts = {
  readonly config: Config;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
};

/** Roles as the settings give them; groups are asked of Microsoft Graph, which local mode does without. */
export function createNoticeRoles({ config, now, log }: NoticeRolesParts): RolesOf {
  return createRolesOf({
    holders: config.notices.roles,
    inGroup: config.mode === 'local' ? async () => false : groupCheck(config),
    now,
    unanswered: (group, error) => log.warn({ err: error, group }, 'a group of notices could not be asked'),
  });
}

function groupCheck(config: Extract<Config, { mode: 'teams' }>) {
  const access = graphAccess(config);
  return (group: string, entraId: string) => createGroupCheck({ ...access, group })(entraId);
}
