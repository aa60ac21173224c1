import { createCredential, createTokenSource } from './bot/credentials.ts';
import { graphOf } from './bot/helpdesk/group.ts';
import type { TeamsConfig } from './config.ts';

export type GraphAccess = {
  /** Base address of Microsoft Graph. */
  readonly graph: string;
  readonly token: () => Promise<string>;
};

/** Microsoft Graph of the bot's own cloud, asked as the bot. */
export function graphAccess(config: TeamsConfig): GraphAccess {
  const graph = graphOf(config.cloud);
  return { graph, token: createTokenSource(createCredential(config), `${graph}/.default`) };
}
